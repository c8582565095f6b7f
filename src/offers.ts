import { PROVIDERS, providerNamed } from './providers/registry.ts';

/** What a first Rollout must know of the provider that it is for. */
export interface OfferFacts {
  /** Whether hosts can be written, and whether one must be. */
  readonly hosts: 'none' | 'some' | 'needed';
  /** Whether it serves several ports. */
  readonly severalPorts: boolean;
}

/** Names of all providers, in the order of the registry. */
export const PROVIDER_NAMES: readonly string[] = PROVIDERS.map(({ name }) => name);

/** Facts of the provider of this name; of one that is not known, the widest. */
export function offerFacts(name: string): OfferFacts {
  const capabilities = providerNamed(name)?.capabilities;
  if (capabilities === undefined) return { hosts: 'some', severalPorts: true };
  const { features, needsHost = false } = capabilities;
  return {
    hosts: needsHost ? 'needed' : features['route.hosts'].can ? 'some' : 'none',
    severalPorts: features['ports.several'].can,
  };
}

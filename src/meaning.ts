import { identityOf, type KubeObject } from './model/kubernetes.ts';
import type { Recovered } from './model/recovered.ts';
import { type NamedVersion, podsSeen } from './pods-seen.ts';
import { providerNamed } from './providers/registry.ts';
import { readPods } from './workloads/read.ts';

/** Objects of one Rollout at one moment, and what must be known to read them. */
export interface Side {
  readonly rollout: string;
  readonly namespace: string;
  /** Name of the provider that routes; absent: there is no plan that tells, as where nothing is compiled yet. */
  readonly provider?: string;
  readonly versions: readonly NamedVersion[];
  /** Each identity once. */
  readonly objects: readonly KubeObject[];
}

/** What the objects say about traffic, by the reader of their provider; what cannot be read is among the `problems`. */
export function meaningOf(side: Side): Recovered {
  const provider = side.provider === undefined ? undefined : providerNamed(side.provider);
  if (provider === undefined) {
    return { ...NOTHING, problems: side.objects.length === 0 ? [] : [unknownProvider(side.provider)] };
  }
  const isRouting = (object: KubeObject): boolean => provider.links(object, side) !== undefined;
  const workloads = side.objects.filter(object => !isRouting(object));
  const running = [...new Set(readPods(workloads).map(({ version }) => version))];
  return provider.recover(side.objects.filter(isRouting), podsSeen({ ...side, running }, workloads));
}

const unknownProvider = (name: string | undefined): string =>
  name === undefined
    ? 'No plan.json says which provider routes.'
    : `The provider ${name} is unknown to this version of surefoot.`;

const NOTHING: Recovered = {
  hosts: [],
  gateways: [],
  ports: [],
  rules: [],
  addresses: [],
  policies: {},
  problems: [],
};

/** The objects by their identity, the first of each. */
export function byIdentity(objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  const known = new Map<string, KubeObject>();
  for (const object of objects) if (!known.has(identityOf(object))) known.set(identityOf(object), object);
  return known;
}

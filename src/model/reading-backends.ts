import { quote } from '../diagnostics/wording.ts';
import { strange } from './reading.ts';
import { endsOf, findsPods } from './reading-pods.ts';
import type { CoreService } from './reading-services.ts';
import { type Ends, nowhere, splitOf } from './reading-shares.ts';
import type { Pods, RecoveredPort, RecoveredPortion } from './recovered.ts';

/** What references to Services are looked up in. */
export interface Backends {
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, CoreService>;
  readonly pods: readonly Pods[];
}

/** A reference to one port of a Service; no port: the one that it has. */
export interface BackendRef {
  readonly namespace: string;
  readonly name: string;
  readonly port: number | undefined;
}

/** Where requests to a Service go: to the pods of its selector, or to the version that names it where somebody else keeps it. */
export function backendEnds({ services, pods }: Backends, { namespace, name, port }: BackendRef): Ends {
  const service = services.get(`${namespace}/${name}`);
  if (service === undefined) return foreignEnds(pods, { namespace, name, port });
  if (port !== undefined && !service.ports.some(known => known.port === port))
    return nowhere(`Service ${name} has no port ${port}`);
  return endsOf(pods, service);
}

/** Label of what stands for a Service that somebody else keeps. */
const FOREIGN_SERVICE = 'surefoot.dev/service';

function foreignEnds(pods: readonly Pods[], { namespace, name, port }: BackendRef): Ends {
  const foreign = pods.find(
    pod => pod.keeper === `/Service/${namespace}/${name}` && pod.labels[FOREIGN_SERVICE] === name,
  );
  if (foreign === undefined) return nowhere(`Service ${name} is not among these objects`);
  if (port !== undefined && foreign.ports !== undefined && !foreign.ports.includes(port))
    return nowhere(`Service ${name} has no port ${port}`);
  return [{ target: { version: foreign.version }, parts: 1 }];
}

/** Where calls of a Service by its own name go, past every route; absent where there is none. */
export const besideOf = (
  pods: readonly Pods[],
  root: CoreService | undefined,
): { readonly beside?: readonly RecoveredPortion[] } =>
  root === undefined ? {} : { beside: splitOf([{ ends: endsOf(pods, root), weight: 1 }]) };

/** The ports behind an entrance: those of the Service that clients call, else those that all Services of versions have. */
export function portsBehind(root: CoreService | undefined, services: readonly CoreService[]): readonly RecoveredPort[] {
  const [first, ...others] = services;
  if (root !== undefined || first === undefined) return root?.ports ?? [];
  for (const { spot, ports } of others)
    if (JSON.stringify(ports) !== JSON.stringify(first.ports))
      strange(spot, `its ports are not those of ${quote(first.name)}`);
  return first.ports;
}

/** Versions that an entrance may send requests to: those whose pods a Service finds, and Services of somebody else's that it names. */
export const versionsBehind = ({ services, pods }: Backends, named: (service: string) => boolean): readonly string[] =>
  pods.flatMap(pod => {
    const isForeign = pod.labels[FOREIGN_SERVICE] !== undefined;
    const found = isForeign
      ? named(pod.labels[FOREIGN_SERVICE]!)
      : [...services.values()].some(service => Object.keys(service.selector).length > 0 && findsPods([pod], service));
    return found ? [pod.version] : [];
  });

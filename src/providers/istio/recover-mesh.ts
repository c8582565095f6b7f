import type { Spot } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { endsOf } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import type { Ends } from '../../model/reading-shares.ts';
import { nowhere } from '../../model/reading-shares.ts';
import type { Pods, RecoveredPort } from '../../model/recovered.ts';
import type { DestinationRule } from './recover-destination-rule.ts';
import { serviceKey } from './recover-host.ts';

/** What routes are resolved against. Services and DestinationRules are found by `namespace/name` of the Service. */
export interface Mesh {
  readonly services: ReadonlyMap<string, CoreService>;
  readonly destinationRules: ReadonlyMap<string, DestinationRule>;
  readonly pods: readonly Pods[];
  /** Ports that clients call; absent: the Service that they call is not among the objects. */
  readonly ports?: readonly RecoveredPort[];
  /** Subsets that requests are sent to, as `namespace/name subset`. */
  readonly usedSubsets: Set<string>;
  /** Where requests end that were followed before, by host, subset and port. */
  readonly reached: Map<string, Ends>;
}

/** Where a route sends requests. */
export interface Destination {
  readonly host: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  readonly spot: Spot;
}

/** Label of the pods that stand for a Service which somebody else keeps. */
const FOREIGN_SERVICE = 'surefoot.dev/service';

/** Whose routes are followed: names are read within its namespace. */
export interface Follower {
  readonly namespace: string;
}

/** Follows a destination to the pods. */
export function reach(mesh: Mesh, destination: Destination, by: Follower): Ends {
  const key = `${destination.host}\n${destination.subset ?? ''}\n${destination.port ?? ''}`;
  const known = mesh.reached.get(key);
  if (known !== undefined) return known;
  const ends = follow(mesh, destination, by);
  mesh.reached.set(key, ends);
  return ends;
}

function follow(mesh: Mesh, destination: Destination, { namespace }: Follower): Ends {
  const { host, subset, port, spot } = destination;
  const key = serviceKey(host, namespace);
  if (key === undefined) return nowhere(`host ${host} is no Service of this cluster`);
  if (subset !== undefined) mesh.usedSubsets.add(`${key} ${subset}`);
  const service = mesh.services.get(key);
  if (service === undefined) return reachForeign(mesh, destination, key);
  if (port !== undefined && !service.ports.some(known => known.port === port)) {
    return nowhere(`Service ${service.name} has no port ${port}`);
  }
  if (port !== undefined && service.ports.filter(known => known.protocol !== 'tcp').length > 1) {
    strange(spot, `port ${port} takes the requests of every port of the Service`);
  }
  return subset === undefined ? endsOf(mesh.pods, service) : reachSubset(mesh, { key, subset }, service);
}

interface SubsetUse {
  /** `namespace/name` of the Service. */
  readonly key: string;
  readonly subset: string;
}

function reachSubset(mesh: Mesh, { key, subset }: SubsetUse, service: CoreService): Ends {
  const rule = mesh.destinationRules.get(key);
  const labels = rule?.subsets.get(subset)?.labels;
  if (rule === undefined) return nowhere(`no DestinationRule of Service ${service.name} is among these objects`);
  if (labels === undefined) return nowhere(`no subset ${subset} of Service ${service.name} is among these objects`);
  return endsOf(mesh.pods, service, labels);
}

/** A Service that is not among the objects, but that a version names. */
function reachForeign(mesh: Mesh, { subset, port, spot }: Destination, key: string): Ends {
  const version = foreignVersion(mesh.pods, key);
  const name = key.slice(key.indexOf('/') + 1);
  if (version === undefined) return nowhere(`Service ${name} is not among these objects`);
  if (subset !== undefined)
    return nowhere(`Service ${name} is kept by somebody else, its subset ${subset} is not known`);
  if (port !== undefined && mesh.ports?.some(known => known.port === port) === false) {
    strange(spot, `port ${port} is none that clients call`);
  }
  return [{ target: { version }, parts: 1 }];
}

/** The version that names this Service of somebody else's. */
export const foreignVersion = (pods: readonly Pods[], key: string): string | undefined =>
  pods.find(pod => pod.keeper === `/Service/${key}` && pod.labels[FOREIGN_SERVICE] === key.slice(key.indexOf('/') + 1))
    ?.version;

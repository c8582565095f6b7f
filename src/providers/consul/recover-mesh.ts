import { endsOf } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import type { Drawn, Ends } from '../../model/reading-shares.ts';
import { nowhere, splitOf } from '../../model/reading-shares.ts';
import type { Pods, RecoveredPortion } from '../../model/recovered.ts';
import type { Defaults } from './recover-defaults.ts';
import type { Resolver } from './recover-resolver.ts';
import type { Router } from './recover-router.ts';
import type { Splitter } from './recover-splitter.ts';

/** Everything read, by `namespace/name` of the Consul service that it is about. */
export interface Mesh {
  readonly services: Map<string, CoreService>;
  readonly defaults: Map<string, Defaults>;
  readonly resolvers: Map<string, Resolver>;
  readonly splitters: Map<string, Splitter>;
  readonly routers: Map<string, Router>;
  readonly pods: readonly Pods[];
}

/** A Consul service whose requests are followed. */
export interface Origin {
  readonly name: string;
  readonly namespace: string;
}

/**
 * Where requests to `service` end, sent there by an entry of `origin` that names `others` too: Consul takes no entry
 * before all services that it names speak one protocol of HTTP.
 */
export function portionsOf(
  mesh: Mesh,
  origin: Origin,
  service: string,
  others: readonly string[],
): readonly RecoveredPortion[] {
  const silent = silentOf(mesh, origin, others);
  if (silent !== undefined) return splitOf([{ ends: silent, weight: 1 }]);
  const splitter = service === origin.name ? mesh.splitters.get(`${origin.namespace}/${service}`) : undefined;
  if (splitter === undefined) return splitOf([{ ends: endsAt(mesh, origin.namespace, service), weight: 1 }]);
  return splitOf(sharesOf(mesh, splitter));
}

function sharesOf(mesh: Mesh, splitter: Splitter): readonly Drawn[] {
  const { namespace, splits } = splitter;
  const silent = silentOf(
    mesh,
    splitter,
    splits.map(({ service }) => service),
  );
  return splits
    .filter(({ weight }) => weight > 0)
    .map(({ service, weight }) => ({ weight, ends: silent ?? endsAt(mesh, namespace, service) }));
}

/** Why Consul does not take an entry; undefined where it does. */
function silentOf(mesh: Mesh, { name, namespace }: Origin, others: readonly string[]): Ends | undefined {
  const protocols = [name, ...others].map(service => ({
    service,
    protocol: mesh.defaults.get(`${namespace}/${service}`)?.protocol,
  }));
  const silent = protocols.find(({ protocol }) => protocol === undefined);
  if (silent !== undefined) return nowhere(`no ServiceDefaults says that ${silent.service} speaks HTTP`);
  const other = protocols.find(({ protocol }) => protocol !== protocols[0]!.protocol);
  return other && nowhere(`${other.service} and ${name} do not speak the same protocol`);
}

function endsAt({ services, pods }: Mesh, namespace: string, name: string): Ends {
  const service = services.get(`${namespace}/${name}`);
  return service === undefined ? nowhere(`Service ${name} is not among these objects`) : endsOf(pods, service);
}

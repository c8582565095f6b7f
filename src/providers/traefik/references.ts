import type { Json } from '../../model/kubernetes.ts';
import type { Plan } from '../../model/plan.ts';
import type { Split } from '../../model/traffic.ts';
import { serviceOf } from '../version-services.ts';

type JsonObject = { readonly [key: string]: Json };

/** How routes refer to the Service of a version, with all that Traefik would otherwise guess. */
export type Refer = (version: string) => JsonObject;

/** Words for ways of balancing: https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/ */
const STRATEGIES = { 'round-robin': 'wrr', 'least-request': 'p2c' } as const;

/** References to the Services of a plan's versions. The scheme is said because Traefik takes port 443 and names like `https` for TLS. */
export function references({ rollout, versions, ports, route }: Plan): Refer {
  const byName = new Map(versions.map(version => [version.name, version]));
  const { port, protocol } = ports[0]!;
  const { kind } = route.loadBalancing ?? { kind: 'round-robin' };
  return version => ({
    name: serviceOf({ rollout }, byName.get(version)!),
    port,
    scheme: protocol === 'http' ? 'http' : 'h2c',
    strategy: STRATEGIES[kind === 'least-request' ? kind : 'round-robin'],
  });
}

/**
 * Several versions with their weights: percents where all are whole, else basis points. A lone one gets everything, whatever
 * its weight. None is listed that gets nothing: one without pods would stop the whole route.
 */
export function weighted(split: Split, refer: Refer): readonly JsonObject[] {
  if (split.length === 1) return [refer(split[0]!.version)];
  const unit = split.every(({ share }) => share % 100 === 0) ? 100 : 1;
  return split.map(({ version, share }) => ({ ...refer(version), weight: share / unit }));
}

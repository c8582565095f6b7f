import { type Backends, backendEnds } from '../../model/reading-backends.ts';
import { type Drawn, type Ends, nowhere, splitOf } from '../../model/reading-shares.ts';
import type { RecoveredPortion } from '../../model/recovered.ts';
import type { Destination, Named, Weighed } from './recover-destination.ts';
import type { Route } from './recover-routes.ts';
import type { Upstream, UpstreamGroup } from './recover-upstream.ts';

/** What routes are resolved against. Upstreams and groups are found by `namespace/name`. */
export interface Cluster extends Backends {
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly groups: ReadonlyMap<string, UpstreamGroup>;
}

/** How an object is found. */
export const keyOf = ({ namespace, name }: Named): string => `${namespace}/${name}`;

/** Where requests to an Upstream end. */
export function upstreamEnds(cluster: Cluster, named: Named): Ends {
  const upstream = cluster.upstreams.get(keyOf(named));
  return upstream === undefined
    ? nowhere(`Upstream ${named.name} is not among these objects`)
    : backendEnds(cluster, upstream.service);
}

function endsOf(cluster: Cluster, destination: Destination | undefined): Ends {
  if (destination === undefined) return nowhere('no destination is named');
  return destination.kind === 'upstream'
    ? upstreamEnds(cluster, destination.upstream)
    : backendEnds(cluster, destination.service);
}

/** The shares that destinations really get. */
export const sharesIn = (cluster: Cluster, destinations: readonly Weighed[]): readonly RecoveredPortion[] =>
  splitOf(destinations.map(({ destination, weight }): Drawn => ({ ends: endsOf(cluster, destination), weight })));

/** Where the requests of a route end. */
export function splitIn(cluster: Cluster, { action }: Route): readonly RecoveredPortion[] {
  if (action.kind === 'weighed') return sharesIn(cluster, action.destinations);
  const group = cluster.groups.get(keyOf(action.group));
  if (group !== undefined) return sharesIn(cluster, group.destinations);
  const ends = nowhere(`UpstreamGroup ${action.group.name} is not among these objects`);
  return splitOf([{ ends, weight: 1 }]);
}

/** Where copies of the requests of a route end. */
export const copiesIn = (cluster: Cluster, { copied }: Route): readonly RecoveredPortion[] =>
  copied === undefined ? [] : splitOf([{ ends: upstreamEnds(cluster, copied.upstream), weight: 1 }], copied.share);

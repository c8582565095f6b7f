import type { KubeObject } from '../../model/kubernetes.ts';
import { strange } from '../../model/reading.ts';
import { besideOf } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import { type Cluster, copiesIn, keyOf, splitIn } from './recover-ends.ts';
import { checkIdle } from './recover-idle.ts';
import { policiesOf } from './recover-policies.ts';
import { type Route, type Routes, readRoutes } from './recover-routes.ts';
import { readGroup, readUpstream, type Upstream, type UpstreamGroup } from './recover-upstream.ts';

/**
 * Reads VirtualServices, RouteTables, Upstreams, UpstreamGroups and Services back: the first route that matches wins.
 * https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/translator/route_config.go
 */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const { services, upstreams, groups, routes: found, problems } = sort(objects);
  const cluster: Cluster = { services, upstreams, groups, pods };
  const routes = found.find(({ kind }) => kind === 'VirtualService') ?? found[0];
  for (const other of found) if (other !== routes) strange(other.spot, 'other routes are read already');
  const all = [...services.values()];
  const doors = doorsOf(all, [...(routes === undefined ? [] : [routes.name]), ...appNames(all, pods)], pods);
  for (const { ports, spot } of all)
    if (JSON.stringify(ports) !== JSON.stringify(all[0]!.ports)) strange(spot, 'its ports are not those of the others');
  if (routes !== undefined) checkIdle(cluster, routes, doors.root?.name);
  return {
    hosts: routes?.hosts ?? [],
    gateways: [],
    ports: (doors.root ?? all[0])?.ports ?? [],
    ...besideOf(pods, doors.root),
    rules: (routes?.list ?? []).map(route => ruleOf(cluster, route)),
    addresses: doors.addresses,
    policies: policiesOf(cluster, routes),
    problems,
  };
}

function ruleOf(cluster: Cluster, route: Route): RecoveredRule {
  const { action: _action, copied: _copied, hash: _hash, matches, ...rest } = route;
  return { matches, split: splitIn(cluster, route), mirror: copiesIn(cluster, route), ...rest };
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly upstreams: Map<string, Upstream>;
  readonly groups: Map<string, UpstreamGroup>;
  readonly routes: Routes[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const sorted: Sorted = { services: new Map(), upstreams: new Map(), groups: new Map(), routes: [], problems: [] };
  for (const object of objects) sortIn(sorted, object);
  return sorted;
}

function sortIn({ services, upstreams, groups, routes, problems }: Sorted, object: KubeObject): void {
  const kind = kindOf(object);
  switch (kind) {
    case '/Service':
      keep(services, readService(object, problems));
      break;
    case 'gloo.solo.io/Upstream':
      keep(upstreams, readUpstream(object, problems));
      break;
    case 'gloo.solo.io/UpstreamGroup':
      keep(groups, readGroup(object, problems));
      break;
    case 'gateway.solo.io/VirtualService':
    case 'gateway.solo.io/RouteTable': {
      const read = readRoutes(object, kind.endsWith('RouteTable') ? 'RouteTable' : 'VirtualService', problems);
      if (read !== undefined) routes.push(read);
      break;
    }
    default:
      noteStray(object, kind, problems);
  }
}

function keep<T extends CoreService | Upstream | UpstreamGroup>(map: Map<string, T>, read: T | undefined): void {
  if (read !== undefined) keepFirst(map, keyOf(read), read);
}

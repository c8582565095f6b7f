import type { KubeObject } from './kubernetes.ts';
import { strange } from './reading.ts';
import { type Backends, backendEnds, besideOf } from './reading-backends.ts';
import { appNames, doorsOf } from './reading-doors.ts';
import type { Route, RouteDialect } from './reading-http-route.ts';
import { readRoute } from './reading-http-route.ts';
import { type RouteRule, rulesOfRoute } from './reading-http-route-rules.ts';
import type { RouteTiming } from './reading-http-route-timing.ts';
import { keepFirst, kindOf, noteStray } from './reading-objects.ts';
import { endsOf, findsPods } from './reading-pods.ts';
import { type CoreService, readService } from './reading-services.ts';
import { nowhere, splitOf } from './reading-shares.ts';
import type { Pods, Recovered, RecoveredPortion, RecoveredRule } from './recovered.ts';

/** How a provider reads what its own annotations say of all rules; absent: nothing. */
export interface RouteReader extends RouteDialect {
  readonly ofRoute?: (route: Route) => RouteTiming;
}

/** Reads one route of the Gateway API and the Services that it is about. */
export function recoverRoute(objects: readonly KubeObject[], pods: readonly Pods[], reader: RouteReader): Recovered {
  const problems: string[] = [];
  const { services, routes } = sort(objects, reader, problems);
  const [route] = routes;
  const all = [...services.values()];
  const parent = route?.services[0];
  const names = appNames(all, pods);
  const doors = doorsOf(all, parent === undefined ? names : [nameIn(parent), ...names], pods);
  const { root, addresses } = doors;
  for (const service of all) {
    if (Object.keys(service.selector).length > 0 && pods.length > 0 && !findsPods(pods, service)) {
      strange(service.spot, 'its selector finds no pods');
    }
  }
  const ports = (root ?? all[0])?.ports ?? [];
  for (const service of root === undefined ? all : []) {
    if (JSON.stringify(service.ports) !== JSON.stringify(ports))
      strange(service.spot, 'its ports are not those of the others');
  }
  const takesOwnName = route === undefined || route.gateways.length === 0;
  return {
    hosts: hostsOf(route, root),
    gateways: route?.gateways ?? [],
    ports,
    ...(takesOwnName ? {} : besideOf(pods, root)),
    rules: route === undefined ? plainRules(root, pods) : rulesIn(route, reader, { services, pods }),
    addresses,
    policies: {},
    problems,
  };
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly routes: readonly Route[];
}

function sort(objects: readonly KubeObject[], reader: RouteReader, problems: string[]): Sorted {
  const services = new Map<string, CoreService>();
  const routes: Route[] = [];
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') {
      const service = readService(object, problems);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
    } else if (isRoute(kind)) {
      const route = readRoute(object, reader, problems);
      if (route !== undefined) routes.push(route);
    } else noteStray(object, kind, problems);
  }
  for (const { spot } of routes.slice(1)) strange(spot, 'which of two routes goes first depends on their age');
  return { services, routes };
}

/** Whether objects of a kind are routes that are read here. */
export const isRoute = (kind: string | undefined): boolean =>
  kind === 'gateway.networking.k8s.io/HTTPRoute' || kind === 'gateway.networking.k8s.io/GRPCRoute';

const nameIn = (named: string): string => named.slice(named.indexOf('/') + 1);

/** Callers of a Service use its name; those of a Gateway the hosts of the route. */
function hostsOf(route: Route | undefined, root: CoreService | undefined): readonly string[] {
  if (route === undefined) return root === undefined ? [] : [root.name];
  return route.gateways.length > 0
    ? route.hostnames
    : [...new Set([...route.services.map(nameIn), ...route.hostnames])];
}

/** Without a route requests are spread over all pods of the Service. */
const plainRules = (root: CoreService | undefined, pods: readonly Pods[]): readonly RecoveredRule[] =>
  root === undefined ? [] : [{ matches: [], split: splitOf([{ ends: endsOf(pods, root), weight: 1 }]), mirror: [] }];

function rulesIn(route: Route, reader: RouteReader, backends: Backends): readonly RecoveredRule[] {
  const told = reader.ofRoute?.(route);
  return rulesOfRoute(route, reader).map(rule => ({
    matches: rule.matches,
    split: splitOf(
      rule.backends.map(({ to, weight }) => ({
        ends: typeof to === 'string' ? nowhere(to) : backendEnds(backends, to),
        weight,
      })),
    ),
    mirror: mirrorOf(rule, route, backends),
    ...(told ?? rule.timing),
    ...(rule.rewrite === undefined ? {} : { rewrite: rule.rewrite }),
  }));
}

/** Unlike the parts of a split, copies are drawn each by itself: they may total anything. */
function mirrorOf({ copies }: RouteRule, { spot }: Route, backends: Backends): readonly RecoveredPortion[] {
  const drawn = copies.map(({ to, share }) => ({
    ends: typeof to === 'string' ? nowhere(to) : backendEnds(backends, to),
    weight: share,
  }));
  const merged = splitOf(
    drawn,
    copies.reduce((sum, { share }) => sum + share, 0),
  );
  if (merged.length < copies.length) strange(spot, 'one version gets copies twice');
  return merged;
}

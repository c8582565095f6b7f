import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import { strange } from '../../model/reading.ts';
import { besideOf, portsBehind } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { type CoreService, readService } from '../../model/reading-services.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import { byPriority, type IngressRoute, type Route, readIngressRoute } from './recover-ingress-route.ts';
import { policiesOf } from './recover-policies.ts';
import { reach, type World } from './recover-reach.ts';
import { readTraefikService, type TraefikService } from './recover-traefik-service.ts';

/** Reads IngressRoutes, TraefikServices and Services back: the route of the highest priority that matches wins. */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const { services, traefikServices, ingressRoutes, problems } = sort(objects);
  const all = [...services.values()];
  const { root, addresses } = doorsOf(all, appNames(all, pods), pods);
  const world: World = { services, traefikServices, pods, used: new Set() };
  const routes = routesOf(ingressRoutes);
  const rules = routes.map(route => ruleOf(world, route));
  expectIdle(world, rules);
  const references = [
    ...routes.flatMap(({ members }) => members),
    ...[...traefikServices.values()].flatMap(({ sent }) => [
      ...(sent?.members ?? []),
      ...(sent?.mirrors ?? []).map(({ to }) => to),
    ]),
  ];
  return {
    hosts: [...(routes[0]?.hosts ?? [])].sort(naturally),
    gateways: [...(ingressRoutes[0]?.entrances ?? [])].sort(naturally),
    ports: portsBehind(root, all),
    ...besideOf(pods, root),
    rules,
    addresses,
    policies: policiesOf(world, references),
    problems,
  };
}

/** The routes of all objects in one order. They must be for the same hosts and entrances, or they have no one meaning. */
function routesOf(ingressRoutes: readonly IngressRoute[]): readonly Route[] {
  const [first, ...others] = ingressRoutes;
  for (const { entrances, spot } of others)
    if (isOther(first?.entrances, entrances)) strange(spot, 'its entrances are not those of another IngressRoute');
  const routes =
    first === undefined || others.length === 0
      ? (first?.routes ?? [])
      : byPriority(ingressRoutes.flatMap(one => one.routes));
  for (const { hosts, spot } of routes)
    if (isOther(routes[0]?.hosts, hosts)) strange(spot, 'its hosts are not those of another route');
  return routes;
}

const isOther = (a: readonly string[] = [], b: readonly string[]): boolean =>
  [...a].sort().join('\n') !== [...b].sort().join('\n');

function ruleOf(world: World, { matches, members }: Route): RecoveredRule {
  const { split, mirror } = reach(world, { members, mirrors: [] });
  if (new Set(mirror.map(({ target }) => JSON.stringify(target))).size < mirror.length)
    strange(members[0]!.spot, 'one version gets copies twice');
  return { matches, split, mirror: mirror.toSorted((a, b) => naturally(nameOf(a), nameOf(b))) };
}

const nameOf = ({ target }: RecoveredRule['mirror'][number]): string => ('version' in target ? target.version : '');

/** Whichever is applied first, requests may pass through what the next routes use: it must send them where one of the rules does. */
function expectIdle(world: World, rules: readonly RecoveredRule[]): void {
  if (rules.length === 0) return;
  const splits = rules.map(({ split }) => JSON.stringify(split));
  const idle = [...world.traefikServices].filter(([key]) => !world.used.has(key));
  for (const [key, { name, namespace, sent, spot }] of idle) {
    const [main] = sent?.members ?? [];
    if (main?.kind === 'TraefikService' && name !== main.name.replace(/-split$/, '-mirror'))
      strange(spot, `no route uses it, and it is not named after ${quote(main.name)}`);
    if (sent?.members.some(({ weight }) => weight === 0) === true)
      strange(spot, 'no route uses it, and it names a part that gets nothing');
    const { split, mirror } = reach(world, {
      members: [{ kind: 'TraefikService', namespace, name, spot }],
      mirrors: [],
    });
    if (mirror.length > 0) strange(spot, `no route uses ${key}, and it copies requests`);
    if (!splits.includes(JSON.stringify(split)))
      strange(spot, 'no route uses it, and it sends requests as no rule does');
  }
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly traefikServices: Map<string, TraefikService>;
  readonly ingressRoutes: readonly IngressRoute[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const problems: string[] = [];
  const [services, traefikServices] = [new Map<string, CoreService>(), new Map<string, TraefikService>()];
  const ingressRoutes: IngressRoute[] = [];
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') keep(services, readService(object, problems));
    else if (kind === 'traefik.io/TraefikService') keep(traefikServices, readTraefikService(object, problems));
    else if (kind === 'traefik.io/IngressRoute') ingressRoutes.push(...listed(readIngressRoute(object, problems)));
    else noteStray(object, kind, problems);
  }
  return { services, traefikServices, ingressRoutes, problems };
}

const listed = <T>(read: T | undefined): readonly T[] => (read === undefined ? [] : [read]);

function keep<T extends CoreService | TraefikService>(map: Map<string, T>, read: T | undefined): void {
  if (read !== undefined) keepFirst(map, `${read.namespace}/${read.name}`, read);
}

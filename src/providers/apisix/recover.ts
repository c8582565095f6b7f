import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Draft } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { type BackendRef, backendEnds, besideOf, portsBehind } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { findsPods } from '../../model/reading-pods.ts';
import { type CoreService, readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredPort, RecoveredRule } from '../../model/recovered.ts';
import { inRealOrder, undecided } from './recover-order.ts';
import { type ApisixRoute, type Piece, readApisixRoute } from './recover-route.ts';
import { type ApisixUpstream, readApisixUpstream } from './recover-upstream.ts';

/** Reads ApisixRoutes, ApisixUpstreams and Services back: https://apisix.apache.org/docs/ingress-controller/reference/api-reference/ */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const world = sort(objects, pods, problems);
  const all = [...world.services.values()];
  const { root, addresses } = doorsOf(all, appNames(all, pods), pods);
  const ports = portsBehind(root, all);
  const pieces = inRealOrder(world.routes.flatMap(route => route.pieces));
  expectAlike(world, pieces);
  for (const piece of new Set(pieces.map(({ route }) => route))) expectSchemes(world, piece, ports);
  const { ingressClassName } = world.routes[0] ?? {};
  return {
    hosts: pieces[0]?.route.hosts ?? [],
    gateways: ingressClassName === undefined ? [] : [`class ${ingressClassName}`],
    ports,
    ...besideOf(pods, root),
    rules: pieces.map(piece => ruleOf(world, piece)),
    addresses,
    policies: policiesOf(world),
    problems,
  };
}

interface World {
  readonly services: Map<string, CoreService>;
  /** By the key of the Service whose name they bear. */
  readonly upstreams: Map<string, ApisixUpstream>;
  readonly routes: readonly ApisixRoute[];
  readonly pods: readonly Pods[];
}

function sort(objects: readonly KubeObject[], pods: readonly Pods[], problems: string[]): World {
  const [services, upstreams] = [new Map<string, CoreService>(), new Map<string, ApisixUpstream>()];
  const routes: ApisixRoute[] = [];
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') keep(services, readService(object, problems));
    else if (kind === 'apisix.apache.org/ApisixUpstream') keep(upstreams, readApisixUpstream(object, problems));
    else if (kind === 'apisix.apache.org/ApisixRoute') {
      const route = readApisixRoute(object, problems);
      if (route !== undefined) routes.push(route);
    } else noteStray(object, kind, problems);
  }
  return { services, upstreams, routes, pods };
}

function keep<T extends CoreService | ApisixUpstream>(map: Map<string, T>, read: T | undefined): void {
  if (read !== undefined) keepFirst(map, `${read.namespace}/${read.name}`, read);
}

/** Hosts go before paths, so that routes of different hosts have no one order; another class is another APISIX. */
function expectAlike({ routes, upstreams }: World, pieces: readonly Piece[]): void {
  const [first] = routes;
  for (const { ingressClassName, spot } of [...routes, ...upstreams.values()])
    if (first !== undefined && ingressClassName !== first.ingressClassName)
      strange(spot, 'its class is not that of another object');
  for (const { route } of pieces)
    if (String(route.hosts) !== String(pieces[0]!.route.hosts))
      strange(route.spot, 'its hosts are not those of another route');
  const unsure = undecided(pieces);
  if (unsure !== undefined)
    strange(unsure.route.spot, 'APISIX may try it before or after another one of the same path and priority');
}

/** Requests are sent by the scheme of the ApisixUpstream, and tried again where there is none. */
function expectSchemes({ upstreams }: World, { sent, copied, spot }: Piece['route'], ports: readonly RecoveredPort[]) {
  const speaks = ({ port }: BackendRef): string | undefined => {
    const protocol = ports.find(known => known.port === port)?.protocol;
    return protocol === 'http' || protocol === 'grpc' || protocol === undefined
      ? protocol
      : `${protocol}, not read here`;
  };
  for (const { to } of sent) {
    const upstream = upstreams.get(`${to.namespace}/${to.name}`);
    if (upstream === undefined)
      strange(spot, `no ApisixUpstream keeps requests to ${quote(to.name)} from being tried again`);
    else if ((speaks(to) ?? upstream.scheme) !== upstream.scheme) strange(spot, `port ${to.port} speaks ${speaks(to)}`);
  }
  for (const { to, scheme } of copied)
    if (scheme !== '' && (speaks(to) ?? scheme) !== scheme) strange(spot, `port ${to.port} speaks ${speaks(to)}`);
}

/** APISIX gives the share of a Service that is not there to the others; here it is told as missing, because it was promised. */
function ruleOf(world: World, { matches, route }: Piece): RecoveredRule {
  const rule: Draft<RecoveredRule> = {
    matches,
    split: splitOf(
      route.sent.filter(({ weight }) => weight > 0).map(({ to, weight }) => ({ ends: backendEnds(world, to), weight })),
    ),
    mirror: route.copied.flatMap(({ to, share }) => splitOf([{ ends: backendEnds(world, to), weight: 1 }], share)),
  };
  if (route.fault !== undefined) rule.fault = route.fault;
  return rule;
}

function policiesOf({ services, upstreams, pods }: World): Recovered['policies'] {
  const found = [...upstreams].flatMap(([key, { balancing, name, spot }]) => {
    const service = services.get(key);
    if (service === undefined) strange(spot, `there is no Service ${quote(name)}`);
    const own = service === undefined ? [] : pods.filter(pod => findsPods([pod], service));
    return own.map(({ version }) => [version, { loadBalancing: balancing }] as const);
  });
  return Object.fromEntries(found);
}

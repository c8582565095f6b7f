import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Draft } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { type Backends, backendEnds } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { endsOf, findsPods } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import type { Policy } from './recover-policy.ts';
import { type Route, type RouteRule, readRoute } from './recover-route.ts';
import {
  DEFAULT_RETRIES,
  DEFAULT_TIMEOUT,
  type ReadRetries,
  readRetries,
  readTimeout,
  type Setting,
} from './recover-tries.ts';

/** Reads MeshHTTPRoutes, MeshTimeouts, MeshRetries and Services back: https://kuma.io/docs/latest/policies/meshhttproute/ */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const sorted = sort(objects);
  const { services, routes, problems } = sorted;
  const all = [...services.values()];
  const [route] = routes;
  const names = [...(route === undefined ? [] : [route.service]), ...appNames(all, pods)];
  const { root, addresses } = doorsOf(all, names, pods);
  for (const service of all) {
    // Callers without a sidecar go where the selector leads, although no route asks it.
    const selects = pods.length > 0 && Object.keys(service.selector).length > 0;
    if (selects && !findsPods(pods, service)) strange(service.spot, 'its selector finds no pods');
  }
  const policies = policiesOf(sorted);
  for (const { mesh, service, spot } of policies) {
    if (mesh !== policies[0]!.mesh) strange(spot, 'another policy is for another mesh');
    if (root !== undefined && service !== root.name)
      strange(spot, `${quote(service)} is not the Service that is routed`);
  }
  const protocol = root?.ports[0]?.protocol ?? 'http';
  if (protocol !== 'http' && protocol !== 'grpc') strange(root!.spot, `Kuma does not route ${protocol}`);
  const tries = triesOf(sorted, protocol === 'grpc');
  const mesh = policies[0]?.mesh ?? 'default';
  return {
    hosts: route !== undefined ? [route.service] : root === undefined ? [] : [root.name],
    gateways: mesh === 'default' ? [] : [`mesh ${mesh}`],
    ports: root?.ports ?? [],
    rules: rulesOf(route, { services, pods }, root).map(rule => ({ ...rule, ...tries })),
    addresses,
    policies: {},
    problems,
  };
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly routes: Route[];
  readonly timeouts: Setting<number>[];
  readonly retries: ReadRetries[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const sorted: Sorted = { services: new Map(), routes: [], timeouts: [], retries: [], problems: [] };
  for (const object of objects) sortIn(sorted, object);
  for (const list of [sorted.routes, sorted.timeouts.map(one => one.policy), sorted.retries.map(one => one.policy)])
    for (const { spot } of list.slice(1)) strange(spot, 'Kuma would merge it with the other one');
  return sorted;
}

function sortIn({ services, routes, timeouts, retries, problems }: Sorted, object: KubeObject): void {
  const kind = kindOf(object);
  const keep = <T>(list: T[], found: T | undefined): void => void (found === undefined ? 0 : list.push(found));
  switch (kind) {
    case '/Service': {
      const service = readService(object, problems);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
      break;
    }
    case 'kuma.io/MeshHTTPRoute':
      keep(routes, readRoute(object, problems));
      break;
    case 'kuma.io/MeshTimeout':
      keep(timeouts, readTimeout(object, problems));
      break;
    case 'kuma.io/MeshRetry':
      keep(retries, readRetries(object, problems));
      break;
    default:
      noteStray(object, kind, problems);
  }
}

const policiesOf = ({ routes, timeouts, retries }: Sorted): readonly Policy[] => [
  ...routes,
  ...timeouts.map(({ policy }) => policy),
  ...retries.map(({ policy }) => policy),
];

/** Without policies of the Service those that every mesh comes with hold. */
function triesOf({ timeouts, retries }: Sorted, grpc: boolean): Pick<RecoveredRule, 'timeout' | 'retries'> {
  const tries: Draft<Pick<RecoveredRule, 'timeout' | 'retries'>> = {};
  const timeout = timeouts[0] === undefined ? DEFAULT_TIMEOUT : timeouts[0].value;
  const own = grpc ? retries[0]?.grpc : retries[0]?.http;
  const found = own === undefined ? DEFAULT_RETRIES : own.retries;
  if (timeout !== undefined) tries.timeout = timeout;
  if (found !== undefined) tries.retries = found;
  return tries;
}

function rulesOf(
  route: Route | undefined,
  backends: Backends,
  root: CoreService | undefined,
): readonly RecoveredRule[] {
  if (route !== undefined) return route.rules.map(rule => ruleOf(rule, backends));
  if (root === undefined) return [];
  return [{ matches: [], split: splitOf([{ ends: endsOf(backends.pods, root), weight: 1 }]), mirror: [] }];
}

const ruleOf = ({ matches, sent, copied, rewrite }: RouteRule, backends: Backends): RecoveredRule => ({
  matches,
  split: splitOf(sent.map(({ to, weight }) => ({ ends: backendEnds(backends, to), weight }))),
  mirror: copied.flatMap(({ to, share }) => splitOf([{ ends: backendEnds(backends, to), weight: 1 }], share)),
  ...(rewrite === undefined ? {} : { rewrite }),
});

import type { KubeObject, Labels } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { CircuitBreaker, Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { inOrder, isPlaced } from '../in-order.ts';
import { versionServices } from '../version-services.ts';
import { httpProxy, routesOf } from './http-proxy.ts';
import { precedence } from './precedence.ts';

/** Services of the running versions, and an HTTPProxy for each host. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once, limits(plan.route.circuitBreaker));
  const known = new Map<readonly Rule[], readonly KubeObject[]>();
  const proxies = (rules: readonly Rule[]): readonly KubeObject[] => {
    const placed = inOrder(rules, precedence);
    // Rules that cannot be placed are refused before anything is written.
    const routes = routesOf(plan, isPlaced(placed) ? placed : []);
    return plan.route.hosts.map(host =>
      once(`HTTPProxy ${host} ${JSON.stringify(routes)}`, () => httpProxy(plan, host, routes)),
    );
  };
  return state => [...services(state), ...entry(known, state.rules, () => proxies(state.rules))];
}

/** Contour reads limits from the Service: https://projectcontour.io/docs/main/config/annotations/ */
function limits(breaker: CircuitBreaker | undefined): Labels | undefined {
  if (breaker === undefined) return undefined;
  const { maxConnections, maxPendingRequests, maxRequests } = breaker;
  const found = {
    'max-connections': maxConnections,
    'max-pending-requests': maxPendingRequests,
    'max-requests': maxRequests,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      value === undefined ? [] : [[`projectcontour.io/${name}`, String(value)]],
    ),
  );
}

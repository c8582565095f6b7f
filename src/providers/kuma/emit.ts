import type { KubeObject } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { inOrder, isPlaced } from '../in-order.ts';
import { versionServices } from '../version-services.ts';
import { policy, routeRules } from './mesh-http-route.ts';
import { meshRetry, meshTimeout } from './policies.ts';
import { precedence } from './precedence.ts';

/** Services of the running versions, the route between them, and how long and how often callers try. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const known = new Map<readonly Rule[], KubeObject>();
  const route = (rules: readonly Rule[]): KubeObject => {
    const placed = inOrder(rules, precedence);
    // Rules that cannot be placed are refused before anything is written.
    const written = routeRules(plan, isPlaced(placed) ? placed : []);
    return once(`MeshHTTPRoute ${JSON.stringify(written)}`, () => policy(plan, 'MeshHTTPRoute', { rules: written }));
  };
  return state => [
    ...services(state),
    entry(known, state.rules, () => route(state.rules)),
    once('MeshTimeout', () => meshTimeout(plan)),
    once('MeshRetry', () => meshRetry(plan)),
  ];
}

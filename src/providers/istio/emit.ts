import type { KubeObject } from '../../model/kubernetes.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { backendsOf } from './backends.ts';
import { virtualService } from './virtual-service.ts';

/** Services and DestinationRules of the running versions, and the VirtualService that routes between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const backends = backendsOf(plan);
  const once = memo<KubeObject>();
  const routes = new Map<readonly Rule[], KubeObject>();
  const route = (rules: readonly Rule[]): KubeObject => {
    const known = routes.get(rules);
    if (known !== undefined) return known;
    const fresh = once(`VirtualService ${routes.size}`, () => virtualService(plan, backends, rules));
    routes.set(rules, fresh);
    return fresh;
  };
  return state => [...backends.objects(state, once), route(state.rules)];
}

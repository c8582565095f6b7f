import type { KubeObject } from '../../model/kubernetes.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import { versionServices } from '../version-services.ts';
import { routeObject } from './route.ts';

/** A Service per version, the one of the rollout's own name, and the Route that shares requests between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  return state => {
    const rule = state.rules.at(-1)!;
    return [...services(state), once(`Route ${JSON.stringify(rule.split)}`, () => routeObject(plan, rule))];
  };
}

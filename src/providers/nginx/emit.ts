import type { KubeObject } from '../../model/kubernetes.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import { versionServices } from '../version-services.ts';
import { canaryIngress, mainIngress } from './ingress.ts';
import { rolesOf } from './roles.ts';

/** The Services of the running versions, the main Ingress and its canary, which stands in every state. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  return state => {
    const roles = rolesOf(state);
    const { main, canary, weight, header } = roles;
    return [
      ...services(state),
      once(`main ${main}`, () => mainIngress(plan, state, roles)),
      once(`canary ${JSON.stringify([canary, weight, header])}`, () => canaryIngress(plan, state, roles)),
    ];
  };
}

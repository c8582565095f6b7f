import type { KubeObject } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { versionServices } from '../version-services.ts';
import { ingress } from './ingress.ts';

/** The Services of the running versions, and the Ingress that divides the requests between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const routes = new Map<readonly Rule[], Map<string, KubeObject>>();
  const route = (state: State): KubeObject => {
    const ofRules = entry(routes, state.rules, () => new Map<string, KubeObject>());
    const running = state.running.map(({ version }) => version).join(' ');
    return entry(ofRules, running, () => {
      const made = ingress(plan, state);
      return once(`Ingress ${JSON.stringify(made)}`, () => made);
    });
  };
  return state => [...services(state), route(state)];
}

import type { KubeObject } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { versionServices } from '../version-services.ts';
import { ingressRoute } from './ingress-route.ts';
import { references } from './references.ts';
import { traefikServices } from './traefik-services.ts';

/** Services of the running versions, TraefikServices for requests that are copied, and the IngressRoute that leads to both. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const refer = references(plan);
  const [services, copying] = [versionServices(plan, once), traefikServices(plan, refer, once)];
  const routes = new Map<readonly Rule[], KubeObject>();
  const route = (rules: readonly Rule[]): KubeObject =>
    entry(routes, rules, () => {
      const made = ingressRoute(plan, refer, rules);
      return once(`IngressRoute ${JSON.stringify(made)}`, () => made);
    });
  return state => [...services(state), ...copying(state), route(state.rules)];
}

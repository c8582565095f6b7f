import type { KubeObject } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { versionServices } from '../version-services.ts';
import { apisixRoute } from './apisix-route.ts';
import { apisixUpstream } from './apisix-upstream.ts';

/** A Service and an ApisixUpstream for each running version, and the ApisixRoute that leads to them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const routes = new Map<readonly Rule[], KubeObject>();
  const route = (rules: readonly Rule[]): KubeObject =>
    entry(routes, rules, () => {
      const made = apisixRoute(plan, rules);
      return once(`ApisixRoute ${JSON.stringify(made)}`, () => made);
    });
  return state => [
    ...services(state),
    ...state.running.map(({ version }) => once(`ApisixUpstream ${version}`, () => apisixUpstream(plan, version))),
    route(state.rules),
  ];
}

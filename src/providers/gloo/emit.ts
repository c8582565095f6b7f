import type { KubeObject } from '../../model/kubernetes.ts';
import { entry, memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { versionServices } from '../version-services.ts';
import { groupSplits, ruleNames, upstreamGroup } from './groups.ts';
import { usesGroups } from './names.ts';
import { routes } from './routes.ts';
import { upstream } from './upstream.ts';

/** A Service and an Upstream for each running version, the groups of Upstreams if there are any, and the routes between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const versions = new Map(plan.versions.map(version => [version.name, version]));
  const grouped = usesGroups(plan) ? ruleNames(plan) : [];
  const known = new Map<readonly Rule[], KubeObject>();
  return state => [
    ...services(state),
    ...state.running.map(({ version }) => once(`Upstream ${version}`, () => upstream(plan, versions.get(version)!))),
    ...groupSplits(grouped, state).map(([name, split]) =>
      once(`UpstreamGroup ${name} ${JSON.stringify(split)}`, () => upstreamGroup(plan, name, split)),
    ),
    entry(known, state.rules, () => once(routesKey(plan, state.rules), () => routes(plan, state.rules))),
  ];
}

/** What is written of rules: where groups hold the shares, other shares are no other routes. */
function routesKey(plan: Plan, rules: readonly Rule[]): string {
  const hidden = usesGroups(plan) ? ['origin', 'split'] : ['origin'];
  return `routes ${JSON.stringify(rules, (name, part) => (hidden.includes(name) ? undefined : part))}`;
}

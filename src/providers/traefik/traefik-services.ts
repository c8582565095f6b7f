import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { API_VERSION } from './api-version.ts';
import { mirroringName, splitName } from './names.ts';
import { type Refer, weighted } from './references.ts';

type Once = (key: string, make: () => KubeObject) => KubeObject;

/**
 * Two TraefikServices for each rule whose requests are copied in some state: one that copies, and one that splits behind it. Unused,
 * they copy nothing and send requests where the rule, or without it the default, sends them: either may be applied first.
 */
export function traefikServices(plan: Plan, refer: Refer, once: Once): (state: State) => readonly KubeObject[] {
  const standing = standingIn(plan);
  return state =>
    [...standing.get(runningIn(state))!].sort().flatMap(name => {
      const rule = state.rules.find(own => own.name === name);
      const { split } = rule ?? state.rules.at(-1)!;
      return pair(plan, { name, split, mirror: rule?.mirror ?? [] }, refer, once);
    });
}

/**
 * Rules whose TraefikServices stand, by the versions that run. They come with a version and go with one, so that a shift only updates: those of one state
 * stand after every provision from there, and before every retire to there.
 */
function standingIn({ states, hops }: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const standing = new Map(states.map(state => [runningIn(state), new Set<string>()]));
  for (const state of states)
    for (const { name, mirror } of state.rules) if (mirror.length > 0) standing.get(runningIn(state))!.add(name);
  const byName = new Map(states.map(state => [state.name, standing.get(runningIn(state))!]));
  for (let settled = false; !settled; ) {
    settled = true;
    for (const { kind, from, to } of hops) {
      const [fewer, more] = kind === 'retire' ? [to, from] : [from, to];
      if (kind !== 'retire' && kind !== 'provision') continue;
      for (const name of byName.get(fewer)!) {
        if (!byName.get(more)!.has(name)) settled = false;
        byName.get(more)!.add(name);
      }
    }
  }
  return standing;
}

const runningIn = ({ running }: State): string =>
  running
    .map(({ version }) => version)
    .sort()
    .join(' ');

function pair(plan: Plan, rule: Pick<Rule, 'name' | 'split' | 'mirror'>, refer: Refer, once: Once) {
  const { name, split, mirror } = rule;
  const make = (own: string, spec: Json): KubeObject =>
    once(`TraefikService ${own} ${JSON.stringify(spec)}`, () => ({
      apiVersion: API_VERSION,
      kind: 'TraefikService',
      metadata: { name: own, namespace: plan.namespace, labels: rolloutLabels(plan) },
      spec,
    }));
  const mirrors = mirror.map(({ version, share }) => ({ ...refer(version), percent: share / 100 }));
  return [
    make(splitName(plan, name), { weighted: { services: weighted(split, refer) } }),
    make(mirroringName(plan, name), {
      mirroring: {
        kind: 'TraefikService',
        name: splitName(plan, name),
        ...(mirrors.length === 0 ? {} : { mirrors }),
      },
    }),
  ];
}

import type { KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan, State } from '../../model/plan.ts';
import { type Split, WHOLE } from '../../model/traffic.ts';
import { versionOfOwnName } from '../../traffic/own-name.ts';
import { destinations } from './destinations.ts';
import { GLOO_API, groupOf } from './names.ts';

/** A group of Upstreams that routes refer to by the name of their rule. */
export const upstreamGroup = (plan: Plan, rule: string, split: Split): KubeObject => ({
  apiVersion: GLOO_API,
  kind: 'UpstreamGroup',
  metadata: { ...groupOf(plan, rule), labels: rolloutLabels(plan) },
  spec: { destinations: destinations(plan, split) },
});

/**
 * The rules of all states, by name: each has a group, and each state holds all of them, so that a route that refers to a
 * group never finds it created or deleted on the way.
 */
export const ruleNames = ({ states }: Plan): readonly string[] => [
  ...new Set(states.flatMap(({ rules }) => rules.map(({ name }) => name))),
];

/**
 * The split of each group in a state. A rule that is off sends its requests to the version that callers by the own name
 * get, so that it is switched on and off in any order.
 */
export function groupSplits(names: readonly string[], state: State): readonly (readonly [string, Split])[] {
  const rest: Split = [{ version: versionOfOwnName(state), share: WHOLE }];
  return names.map(name => [name, state.rules.find(rule => rule.name === name)?.split ?? rest]);
}

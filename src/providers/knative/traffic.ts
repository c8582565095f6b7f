import type { Plan, State } from '../../model/plan.ts';

/** A version in the traffic list: its percent, and a tag of its own name. */
export interface Listed {
  readonly version: string;
  readonly percent: number;
}

/**
 * Every running version, also at 0 %, so that each has its tag and keeps its pods. An abort lists only what gets
 * requests: one revision that is not ready would hold up the whole list (knative/serving pkg/reconciler/route).
 */
export function listed(plan: Plan, state: State): readonly Listed[] {
  const split = new Map(state.rules.at(-1)!.split.map(portion => [portion.version, portion.share / 100]));
  return plan.versions
    .filter(({ name }) => split.has(name) || (state.kind !== 'abort' && state.running.some(r => r.version === name)))
    .map(({ name }) => ({ version: name, percent: split.get(name) ?? 0 }));
}

import type { PlainStepSpec, Rollout, RolloutSpec, StepSpec } from '../model/rollout.ts';
import { expandSteps } from '../plan/expand.ts';

/** An entry of the tape and what it leaves behind. */
export interface Passage {
  readonly spec: StepSpec;
  /** The entry as plain steps; none where it is wrong. */
  readonly steps: readonly PlainStepSpec[];
  /** The version that last had all traffic when the entry is over. */
  readonly whole: string;
}

/** The version that has all traffic before the first step. */
export const stableOf = ({ stable, versions }: RolloutSpec): string => stable ?? Object.keys(versions)[0]!;

/** The tape of a Rollout, entry by entry. */
export function passagesOf({ spec }: Rollout): readonly Passage[] {
  const entries = spec.steps ?? [];
  const scope = { versions: Object.keys(spec.versions), report: () => {} };
  const expanded = expandSteps(entries, stableOf(spec), scope);
  let whole = stableOf(spec);
  return entries.map((entry, index) => {
    const steps = expanded.filter(({ origin }) => origin[2] === index).map(({ step }) => step);
    for (const step of steps) whole = wholeOf(step) ?? whole;
    return { spec: entry, steps, whole };
  });
}

/** The version to which a step sends every request that no rule takes; undefined: several share them. */
export const wholeOf = ({ traffic }: PlainStepSpec): string | undefined =>
  Object.entries(traffic).find(([, percent]) => percent === 100)?.[0];

/** Versions that steps name, with those of the rules that they switch on. */
export function versionsIn(steps: readonly PlainStepSpec[], rules: RolloutSpec['rules'] = {}): Set<string> {
  const active = steps.flatMap(step =>
    (step.rules ?? []).flatMap(one => (typeof one === 'string' ? (rules[one] ?? []) : one)),
  );
  return new Set([...steps, ...active].flatMap(({ traffic, mirror = {} }) => Object.keys({ ...traffic, ...mirror })));
}

/** Names of `spec.rules` that steps switch on. */
export const rulesIn = (steps: readonly PlainStepSpec[]): ReadonlySet<string> =>
  new Set(steps.flatMap(step => (step.rules ?? []).filter(one => typeof one === 'string')));

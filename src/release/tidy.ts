import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Compiled } from '../model/compiled.ts';
import { ownEntry } from '../model/once.ts';
import { type Plan, stateOf } from '../model/plan.ts';
import type { Rollout, RolloutSpec } from '../model/rollout.ts';
import { readRollout } from '../read/read-rollout.ts';
import { drop } from './drop.ts';
import { passagesOf, rulesIn, stableOf, versionsIn } from './passage.ts';
import { sameData } from './same-data.ts';
import { liveDifferences } from './same-live.ts';
import { stepOf, withStep } from './set-step.ts';
import { addEntry, otherValue, type Splice, spliced, type Written } from './splice.ts';

/** A text without what every environment has passed. */
export interface Tidied {
  readonly text: string;
  /** Names of what went, in the order in which they were written. */
  readonly steps: readonly string[];
  readonly versions: readonly string[];
  readonly rules: readonly string[];
  /** Environments that stood at the end of what went, and stand at the baseline of the rest. */
  readonly moved: readonly string[];
}

/** Nothing that all have passed can go without a change of what runs; `environment` is the one that has passed least. */
export interface NothingToTidy {
  readonly environment: string;
  readonly step: string;
}

/** How a text is judged: what it compiles to, and the environments of surefoot.yaml that it may go to. */
export interface TidyScope {
  readonly compile: (text: string) => Compiled;
  readonly fleet?: readonly string[];
}

/** Takes from the text of a Rollout as much of what every environment has passed as leaves what runs there the same. */
export function tidied(
  text: string,
  scope: TidyScope,
): Tidied | { readonly nothing: NothingToTidy } | { readonly diagnostics: readonly Diagnostic[] } {
  const before = scope.compile(text);
  const { rollout, locate } = readRollout(text);
  if (before.results === undefined || rollout === undefined) return { diagnostics: before.diagnostics };
  const plans = before.results.map(({ plan }) => plan);
  const least = [...plans].sort((a, b) => passedBy(a) - passedBy(b))[0]!;
  for (let count = passedBy(least); count > 0; count--) {
    const candidate = without(rollout, count);
    const moved = plans.filter(plan => originOf(plan) < count).map(plan => plan.environment);
    const edited = edit({ text, locate }, rollout, candidate);
    const stood =
      edited === undefined
        ? undefined
        : atBaseline(
            edited,
            moved,
            plans.map(plan => plan.environment),
          );
    if (stood === undefined) continue;
    const after = scope.compile(stood);
    if (after.results === undefined || liveDifferences(before, after).length > 0) continue;
    const { steps, versions, rules } = candidate.gone;
    return { text: stood, steps, versions, rules, moved };
  }
  return { nothing: { environment: least.environment, step: least.current } };
}

/** The entry of the tape that an environment stands at; none: before the first. */
const originOf = (plan: Plan): number => {
  const index = stateOf(plan, plan.current).origin[2];
  return typeof index === 'number' ? index : -1;
};

/** How many entries of the tape an environment has passed: the one at which it stands too where no state of it follows. */
function passedBy(plan: Plan): number {
  const index = originOf(plan);
  if (index < 0) return 0;
  const last = plan.states.findLast(({ kind, origin }) => kind !== 'abort' && origin[2] === index);
  return last?.name === plan.current ? index + 1 : index;
}

/** What remains, and what goes. */
interface Candidate {
  readonly rollout: Rollout;
  readonly count: number;
  readonly stable: string;
  readonly gone: Pick<Tidied, 'steps' | 'versions' | 'rules'>;
}

function without(rollout: Rollout, count: number): Candidate {
  const { spec } = rollout;
  const passages = passagesOf(rollout);
  const stable = passages[count - 1]!.whole;
  const all = passages.flatMap(({ steps }) => steps);
  const kept = passages.slice(count).flatMap(({ steps }) => steps);
  const needed = versionsIn(kept, spec.rules).add(stable);
  const named = versionsIn(all, spec.rules).add(stableOf(spec));
  const [neededRules, namedRules] = [rulesIn(kept), rulesIn(all)];
  const versions = Object.keys(spec.versions).filter(name => named.has(name) && !needed.has(name));
  const rules = Object.keys(spec.rules ?? {}).filter(name => namedRules.has(name) && !neededRules.has(name));
  const steps = passages.slice(0, count).flatMap(one => one.steps.map(({ name }) => name));
  return {
    count,
    stable,
    gone: { steps, versions, rules },
    rollout: { ...rollout, spec: remaining(spec, count, { versions, rules, stable }) },
  };
}

function remaining(
  spec: RolloutSpec,
  count: number,
  {
    versions,
    rules,
    stable,
  }: { readonly versions: readonly string[]; readonly rules: readonly string[]; readonly stable: string },
): RolloutSpec {
  const { rules: oldRules, ...rest } = spec;
  const keptRules = withoutKeys(oldRules ?? {}, rules);
  const kept = withoutKeys(spec.versions, versions);
  const isSaid = spec.stable !== undefined || Object.keys(kept)[0] !== stable;
  return {
    ...rest,
    ...(isSaid ? { stable } : {}),
    versions: kept,
    ...(Object.keys(keptRules).length === 0 ? {} : { rules: keptRules }),
    steps: (spec.steps ?? []).slice(count),
  };
}

const withoutKeys = <V>(map: { readonly [key: string]: V }, keys: readonly string[]): { readonly [key: string]: V } =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

/** The text of a candidate; undefined where it cannot be had without printing all anew. */
function edit(written: Written, { spec }: Rollout, { count, gone, rollout }: Candidate): string | undefined {
  const numbers = (spec.steps ?? []).map((_, index) => index);
  const splices: readonly Splice[] = [
    ...drop(written, { path: ['spec', 'versions'], entries: gone.versions, all: Object.keys(spec.versions) }),
    ...drop(written, { path: ['spec', 'rules'], entries: gone.rules, all: Object.keys(spec.rules ?? {}) }),
    ...drop(written, { path: ['spec', 'steps'], entries: numbers.slice(0, count), all: numbers }),
    ...stableSplice(written, spec, rollout.spec),
  ];
  const text = spliced(written.text, splices);
  const again = readRollout(text).rollout;
  return again !== undefined && sameData(again, rollout) ? text : undefined;
}

function stableSplice(written: Written, before: RolloutSpec, { stable }: RolloutSpec): readonly Splice[] {
  if (stable === undefined || stable === before.stable) return [];
  if (before.stable !== undefined) return [otherValue(written, ['spec', 'stable'], stable)];
  const after = ['step', 'provider'].find(key => Object.hasOwn(before, key));
  return [addEntry(written, ['spec'], `stable: ${stable}`, after)];
}

/** The text with some environments at the baseline; those that share the step of all move together. */
function atBaseline(text: string, moved: readonly string[], known: readonly string[]): string | undefined {
  const { rollout, locate } = readRollout(text);
  if (rollout === undefined) return undefined;
  const { spec } = rollout;
  const sharing = known.filter(name => ownEntry(spec.environments, name)?.step === undefined);
  const areTogether = spec.step !== undefined && sharing.length > 0 && sharing.every(name => moved.includes(name));
  let now = areTogether ? spliced(text, [otherValue({ text, locate }, ['spec', 'step'], 'baseline')]) : text;
  for (const name of moved) {
    const read = readRollout(now).rollout;
    if (read === undefined) return undefined;
    if (stepOf(read, name) === 'baseline') continue;
    const result = withStep(now, name, 'baseline', known);
    if (!('text' in result)) return undefined;
    now = result.text;
  }
  return now;
}

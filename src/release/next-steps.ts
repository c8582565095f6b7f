import type { Finding } from '../diagnostics/finding.ts';
import type { MatchSpec, PercentSpec, Rollout, RuleSpec, StepSpec } from '../model/rollout.ts';
import { noPattern, unfinishedTape } from './messages.ts';
import { withInlineRules, withPercents, withVersions } from './other-versions.ts';
import { type Passage, passagesOf, rulesIn, stableOf, versionsIn, wholeOf } from './passage.ts';
import { type End, freshNames, named, plain, renamed } from './step-names.ts';

/** A kind of shorthand. */
export type ShorthandKind = 'canary' | 'blueGreen' | 'abTest' | 'shadow';

/** Steps to choose instead of those of the release before. */
export interface ChosenSteps {
  readonly kinds: readonly ShorthandKind[];
  /** Of a canary, in percent; absent: 5, 20, 50. */
  readonly weights?: readonly number[];
  /** After each step but the last; absent: until someone promotes. */
  readonly pause?: string;
  /** Of an A/B test. */
  readonly match?: readonly MatchSpec[];
}

/** Entries to put at the end of the tape, and the rules that they switch on. */
export interface NewSteps {
  readonly steps: readonly StepSpec[];
  readonly rules: { readonly [name: string]: RuleSpec };
}

/**
 * Steps that bring a version all traffic after everything that is on the tape: `chosen`, or those of the release before.
 * `keepRuleNames`: rules are written into the steps, under the names that they had.
 */
export function nextSteps(
  rollout: Rollout,
  to: string,
  chosen: ChosenSteps | undefined,
  keepRuleNames = false,
): NewSteps | { readonly finding: Finding } {
  const passages = passagesOf(rollout);
  const last = passages.at(-1)?.steps.at(-1);
  const from = passages.at(-1)?.whole ?? stableOf(rollout.spec);
  if (last !== undefined && wholeOf(last) === undefined)
    return {
      finding: unfinishedTape(
        { path: ['spec', 'steps', passages.length - 1] },
        { step: last.name, last: newestOf(last.traffic, from) },
      ),
    };
  const end = { rollout, passages, from, to };
  return chosen === undefined ? likeBefore(end, keepRuleNames) : completed(end, shorthands(chosen, to));
}

const newestOf = (traffic: PercentSpec, from: string): string =>
  Object.keys(traffic).findLast(version => version !== from) ?? from;

/** Percents of a canary that nobody chose. */
const WEIGHTS = [5, 20, 50] as const;

/** Where the split follows from numbers of pods, not every percent can be had. */
const usual = ({ spec }: Rollout): ChosenSteps => ({
  kinds: [spec.provider === 'kubernetes' ? 'blueGreen' : 'canary'],
});

function shorthands({ kinds, weights = WEIGHTS, pause, match = [] }: ChosenSteps, to: string): readonly StepSpec[] {
  const rest = pause === undefined ? {} : { pause };
  return kinds.map((kind): StepSpec => {
    switch (kind) {
      case 'canary':
        return { canary: { to, weights, ...rest } };
      case 'blueGreen':
        return { blueGreen: { to, ...rest } };
      case 'abTest':
        return { abTest: { to, match, ...rest } };
      case 'shadow':
        return { shadow: { to, ...rest } };
      default:
        return kind satisfies never;
    }
  });
}

/** With a last step that sends everything, where the others do not. */
function completed(end: End, steps: readonly StepSpec[]): NewSteps {
  const last = steps.flatMap(step => plain(end, step)).at(-1);
  const isWhole = last !== undefined && wholeOf(last) === end.to;
  const all = isWhole ? steps : [...steps, { name: 'complete', traffic: { [end.to]: 100 } }];
  return { steps: named(end, all), rules: {} };
}

/** The steps by which the newest version got all traffic, said of the new one. */
function likeBefore(end: End, keepRuleNames: boolean): NewSteps | { readonly finding: Finding } {
  const { rollout, passages, from, to } = end;
  const before = releaseOf(passages, from, stableOf(rollout.spec));
  if (before === undefined) return completed(end, shorthands(usual(rollout), to));
  const { rules = {} } = rollout.spec;
  const entries = before.entries.filter(({ steps }) => versionsIn(steps, rules).has(from));
  const others = [
    ...versionsIn(
      entries.flatMap(({ steps }) => steps),
      rules,
    ),
  ];
  const foreign = others.find(version => version !== from && version !== before.from);
  if (foreign !== undefined)
    return {
      finding: noPattern({ path: ['spec', 'steps'], on: 'key' }, { released: from, other: foreign, version: to }),
    };
  const versions = new Map([
    [before.from, from],
    [from, to],
  ]);
  const used = [...rulesIn(entries.flatMap(({ steps }) => steps))].filter(name => Object.hasOwn(rules, name));
  if (keepRuleNames) {
    const inline = entries.map(({ spec }) =>
      withVersions(withInlineRules(spec, rules, before.from), { versions, names: new Map() }),
    );
    return { steps: named(end, inline), rules: {} };
  }
  const names = freshNames(used, Object.keys(rules), name => renamed(name, from, to));
  const said = entries.map(({ spec }) => withVersions(spec, { versions, names }));
  return {
    steps: named(end, said),
    rules: Object.fromEntries(used.map(name => [names.get(name)!, withPercents(rules[name]!, versions)])),
  };
}

/** Entries by which a version came to have all traffic at the end, and the version that had it before; undefined: it always had. */
function releaseOf(passages: readonly Passage[], version: string, stable: string) {
  const isOver = passages.findLastIndex(({ whole }) => whole !== version) + 1;
  const from = passages[isOver - 1]?.whole ?? stable;
  if (from === version || isOver >= passages.length) return undefined;
  const begin = passages.slice(0, isOver).findLastIndex(({ whole }) => whole !== from) + 1;
  const isStable = begin === 0 && from === stable;
  return { from, entries: passages.slice(isStable ? 0 : begin + 1, isOver + 1) };
}

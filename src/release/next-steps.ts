import type { Finding } from '../diagnostics/finding.ts';
import type {
  AbTestSpec,
  CanarySpec,
  MatchSpec,
  PercentSpec,
  Rollout,
  RolloutSpec,
  RuleSpec,
  StepSpec,
} from '../model/rollout.ts';
import { expandSteps } from '../plan/expand.ts';
import { noPattern, unfinishedTape } from './messages.ts';
import { type Passage, passagesOf, rulesIn, stableOf, versionsIn, wholeOf } from './passage.ts';

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

/** Where a tape ends. */
interface End {
  readonly rollout: Rollout;
  readonly passages: readonly Passage[];
  /** The version that has all traffic at the end. */
  readonly from: string;
  /** The version to release. */
  readonly to: string;
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

interface Renaming {
  readonly versions: ReadonlyMap<string, string>;
  /** New names of rules. */
  readonly names: ReadonlyMap<string, string>;
}

const percentsOf = (percents: PercentSpec, versions: ReadonlyMap<string, string>): PercentSpec =>
  Object.fromEntries(Object.entries(percents).map(([name, percent]) => [versions.get(name) ?? name, percent]));

/** Something with traffic, and perhaps copies, of other versions. */
const withPercents = <T extends { readonly traffic: PercentSpec; readonly mirror?: PercentSpec }>(
  one: T,
  versions: ReadonlyMap<string, string>,
): T => ({
  ...one,
  traffic: percentsOf(one.traffic, versions),
  ...(one.mirror === undefined ? {} : { mirror: percentsOf(one.mirror, versions) }),
});

type Switched = { readonly rules?: readonly (string | (RuleSpec & { readonly name: string }))[] };

const withRules = <T extends Switched>(one: T, { versions, names }: Renaming): T =>
  one.rules === undefined
    ? one
    : {
        ...one,
        rules: one.rules.map(rule =>
          typeof rule === 'string' ? (names.get(rule) ?? rule) : withPercents(rule, versions),
        ),
      };

function withVersions(spec: StepSpec, renaming: Renaming): StepSpec {
  const to = <T extends { readonly to: string }>(one: T): T => ({
    ...one,
    to: renaming.versions.get(one.to) ?? one.to,
  });
  if ('canary' in spec) return { canary: to(withRules(spec.canary, renaming)) };
  if ('blueGreen' in spec) return { blueGreen: to(withRules(spec.blueGreen, renaming)) };
  if ('abTest' in spec) return { abTest: to(spec.abTest) };
  if ('shadow' in spec) return { shadow: to(spec.shadow) };
  return withPercents(withRules(spec, renaming), renaming.versions);
}

/** An entry that refers to no rule of `spec.rules`, and gives none another name than it has. */
function withInlineRules(spec: StepSpec, rules: NonNullable<RolloutSpec['rules']>, from: string): StepSpec {
  const inline = <T extends Switched>(one: T): T =>
    one.rules === undefined
      ? one
      : { ...one, rules: one.rules.map(rule => (typeof rule === 'string' ? { name: rule, ...rules[rule]! } : rule)) };
  if ('canary' in spec) return { canary: inline(spec.canary) };
  if ('blueGreen' in spec) return { blueGreen: inline(spec.blueGreen) };
  if ('shadow' in spec) return spec;
  if (!('abTest' in spec)) return inline(spec);
  const { to, match, name = 'ab-test', pause } = spec.abTest;
  const rule = { name: `${name}-group`, match, traffic: { [to]: 100 } };
  return { name, traffic: { [from]: 100 }, rules: [rule], ...(pause === undefined ? {} : { pause }) };
}

/** Entries under names that no step of the tape has. */
function named(end: End, entries: readonly StepSpec[]): readonly StepSpec[] {
  const taken = new Set(end.passages.flatMap(({ steps }) => steps.map(({ name }) => name)));
  return entries.map(entry => {
    const wish = renamed(nameOf(entry), end.from, end.to);
    for (let number = 1; ; number++) {
      const made = withName(entry, number === 1 ? wish : `${wish}-${number}`);
      const names = plain(end, made).map(({ name }) => name);
      if (names.some(name => taken.has(name))) continue;
      for (const name of names) taken.add(name);
      return made;
    }
  });
}

const plain = ({ rollout, from, to }: End, entry: StepSpec) =>
  expandSteps([entry], from, { versions: [...Object.keys(rollout.spec.versions), to], report: () => {} }).map(
    ({ step }) => step,
  );

/** What a name says of one version, said of another: `canary` and `canary-v2` become `canary-v3`. */
function renamed(name: string, from: string, to: string): string {
  if (name === '' || name === from) return to;
  const words = `-${name}-`;
  return words.includes(`-${from}-`) ? words.replace(`-${from}-`, `-${to}-`).slice(1, -1) : `${name}-${to}`;
}

/** The name, or the first part of the names, of an entry's steps. */
function nameOf(spec: StepSpec): string {
  if ('canary' in spec) return spec.canary.name ?? 'canary';
  if ('blueGreen' in spec) return spec.blueGreen.name ?? '';
  if ('abTest' in spec) return spec.abTest.name ?? 'ab-test';
  if ('shadow' in spec) return spec.shadow.name ?? 'shadow';
  return spec.name;
}

function withName(spec: StepSpec, name: string): StepSpec {
  const of = <T extends { readonly to: string }>({ to, ...rest }: T) => ({ to, name, ...without(rest) });
  if ('canary' in spec) return { canary: of(spec.canary) as CanarySpec };
  if ('blueGreen' in spec) return { blueGreen: of(spec.blueGreen) };
  if ('abTest' in spec) return { abTest: of(spec.abTest) as AbTestSpec };
  if ('shadow' in spec) return { shadow: of(spec.shadow) };
  return { ...spec, name };
}

const without = ({ name: _, ...rest }: { readonly name?: string }): object => rest;

/** A new name for each, none of them taken. */
function freshNames(
  names: readonly string[],
  known: readonly string[],
  wish: (name: string) => string,
): ReadonlyMap<string, string> {
  const taken = new Set(known);
  return new Map(
    names.map(name => {
      let fresh = wish(name);
      for (let number = 2; taken.has(fresh); number++) fresh = `${wish(name)}-${number}`;
      taken.add(fresh);
      return [name, fresh];
    }),
  );
}

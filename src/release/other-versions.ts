import type { PercentSpec, RolloutSpec, RuleSpec, StepSpec } from '../model/rollout.ts';

/** What is called otherwise in another release. */
export interface Renaming {
  readonly versions: ReadonlyMap<string, string>;
  /** New names of rules. */
  readonly names: ReadonlyMap<string, string>;
}

const percentsOf = (percents: PercentSpec, versions: ReadonlyMap<string, string>): PercentSpec =>
  Object.fromEntries(Object.entries(percents).map(([name, percent]) => [versions.get(name) ?? name, percent]));

/** Something with traffic, and perhaps copies, of other versions. */
export const withPercents = <T extends { readonly traffic: PercentSpec; readonly mirror?: PercentSpec }>(
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

/** An entry of the tape, said of other versions. */
export function withVersions(spec: StepSpec, renaming: Renaming): StepSpec {
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
export function withInlineRules(spec: StepSpec, rules: NonNullable<RolloutSpec['rules']>, from: string): StepSpec {
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

import type { Path } from '../diagnostics/finding.ts';
import { entry } from '../model/once.ts';
import type { InlineRuleSpec, RuleSpec } from '../model/rollout.ts';
import type { Match } from '../model/traffic.ts';
import type { ExpandedStep } from './expand.ts';
import { lowerMatches } from './matches.ts';
import type { RuleScope } from './rules.ts';

/** A rule of a step with the matches of each entry apart. */
export interface OrderedRule {
  readonly name: string;
  readonly entries: readonly (readonly Match[])[];
  readonly matches: readonly Match[];
  /** Where it is written, which is not where a step switches it on. */
  readonly origin: Path;
  readonly switchedOn: Path;
}

/** The rules of a step in order, its own traffic left out. */
export interface OrderedStep {
  readonly name: string;
  readonly rules: readonly OrderedRule[];
  /** Whether the step writes nothing but the names of these rules. */
  readonly byName: boolean;
}

type Lowered = Pick<OrderedRule, 'entries' | 'matches'> | 'mistaken';

/** The steps that have rules; of those, the ones that are there, sound and named once: the others have findings of their own. */
export function orderedSteps(expanded: readonly ExpandedStep[], scope: RuleScope): readonly OrderedStep[] {
  const known = new Map<RuleSpec, Lowered>();
  return expanded.flatMap(({ step: { name, rules = [] }, ruleAt }) => {
    if (rules.length === 0) return [];
    const found = new Map<string, OrderedRule>();
    rules.forEach((written, index) => {
      const rule = orderedRule(written, ruleAt(index), scope, known);
      if (rule !== undefined && !found.has(rule.name)) found.set(rule.name, rule);
    });
    const byName = found.size === rules.length && rules.every(rule => typeof rule === 'string');
    return [{ name, rules: [...found.values()], byName }];
  });
}

function orderedRule(
  written: string | InlineRuleSpec,
  at: Path,
  { rules, routePath }: RuleScope,
  known: Map<RuleSpec, Lowered>,
): OrderedRule | undefined {
  const named = typeof written === 'string';
  const spec = !named ? written : Object.hasOwn(rules, written) ? rules[written] : undefined;
  const lowered = spec === undefined ? 'mistaken' : entry(known, spec, () => lower(spec, routePath));
  if (lowered === 'mistaken') return undefined;
  return named
    ? { name: written, ...lowered, origin: ['spec', 'rules', written], switchedOn: at }
    : { name: written.name, ...lowered, origin: at, switchedOn: [...at, 'name'] };
}

function lower({ match }: RuleSpec, routePath: string): Lowered {
  let mistakes = 0;
  const entries = match.map(spec => lowerMatches([spec], routePath, [], () => mistakes++));
  return mistakes > 0 ? 'mistaken' : { entries, matches: entries.flat() };
}

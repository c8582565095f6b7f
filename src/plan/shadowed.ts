import type { Finding, Note } from '../diagnostics/finding.ts';
import { quote } from '../diagnostics/wording.ts';
import { entry } from '../model/once.ts';
import { EVERYTHING } from '../traffic/clauses.ts';
import { takersOf } from '../traffic/shadow.ts';
import type { ExpandedStep } from './expand.ts';
import { routeMatches } from './matches.ts';
import { type OrderedRule, type OrderedStep, orderedSteps } from './ordered-rules.ts';
import { type Better, shadowedMatch, shadowedRule, shadowedTraffic } from './rule-messages.ts';
import type { RuleScope } from './rules.ts';

/** A rule, or one entry of its match, to which earlier rules leave no request. */
interface Shadow {
  readonly rule: OrderedRule;
  /** Index of the entry; absent: the whole rule. */
  readonly entry?: number;
  readonly takers: readonly OrderedRule[];
}

/** Reports what earlier rules of a step leave no request, once for the same rules in several steps, and the rules that leave none to a step's own traffic. */
export function checkShadowed(expanded: readonly ExpandedStep[], scope: RuleScope): void {
  const found = new Map<string, { readonly shadow: Shadow; readonly steps: OrderedStep[] }>();
  const steps = orderedSteps(expanded, scope);
  for (const step of steps)
    for (const shadow of shadowsOf(step)) entry(found, keyOf(shadow), () => ({ shadow, steps: [] })).steps.push(step);
  for (const { shadow, steps } of found.values()) scope.report(findingOf(shadow, steps));
  for (const step of steps) reportTakersOfAll(step, scope);
}

function reportTakersOfAll({ name, rules }: OrderedStep, { routePath, report }: RuleScope): void {
  const own = routeMatches(routePath);
  const takers = takersOf(rules, own.length === 0 ? [EVERYTHING] : own) ?? [];
  const last = takers.at(-1);
  if (last === undefined) return;
  const words = { takers: takers.map(taker => taker.name), steps: [name] };
  report(shadowedTraffic({ path: last.switchedOn }, words, notesOf(takers)));
}

const notesOf = (takers: readonly OrderedRule[]): readonly Note[] =>
  takers.map(({ name, origin }) => ({ at: { path: [...origin, 'match'] }, text: `${quote(name)} matches this.` }));

const shadowsOf = ({ rules }: OrderedStep): readonly Shadow[] =>
  rules.flatMap((rule, place): readonly Shadow[] => {
    const earlier = rules.slice(0, place);
    const takers = takersOf(earlier, rule.matches);
    if (takers !== undefined) return [{ rule, takers }];
    return rule.entries.flatMap((matches, index) => {
      const own = takersOf(earlier, matches);
      return own === undefined ? [] : [{ rule, entry: index, takers: own }];
    });
  });

const keyOf = ({ rule, entry: index, takers }: Shadow): string =>
  JSON.stringify([rule.origin, index, takers.map(({ origin }) => origin)]);

function findingOf({ rule, entry: index, takers }: Shadow, steps: readonly OrderedStep[]): Finding {
  const words = { rule: rule.name, takers: takers.map(({ name }) => name), steps: steps.map(({ name }) => name) };
  const notes = notesOf(takers);
  return index === undefined
    ? shadowedRule({ path: rule.switchedOn }, { ...words, better: betterPlace(rule, takers, steps[0]!) }, notes)
    : shadowedMatch({ path: [...rule.origin, 'match', index] }, words, notes);
}

/** Before the rules that take its requests, unless it would take all of another's there. */
function betterPlace(
  rule: OrderedRule,
  takers: readonly OrderedRule[],
  { rules, byName }: OrderedStep,
): Better | undefined {
  const others = rules.filter(other => other !== rule);
  const place = others.findIndex(other => takers.includes(other));
  const better = [...others.slice(0, place), rule, ...others.slice(place)];
  if (better.some((other, index) => takersOf(better.slice(0, index), other.matches)?.includes(rule))) return undefined;
  const before = others[place]!.name;
  return byName ? { before, rules: better.map(({ name }) => name) } : { before };
}

import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

/** A rule, or one entry of its match, to which earlier rules leave no request; `takers` in their order, all `steps` in which it is so. */
export interface Shadowed {
  readonly rule: string;
  readonly takers: readonly string[];
  readonly steps: readonly string[];
}

const where = ({ steps: [first = '', ...others] }: Shadowed): string =>
  `in the step ${quote(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;

const who = ({ takers }: Shadowed): string =>
  takers.length === 1
    ? `${list(takers)} comes first and takes all its requests`
    : `${list(takers)} come first and take all its requests`;

const itMatches = ({ takers }: Pick<Shadowed, 'takers'>): string =>
  `what ${list(takers)} ${takers.length === 1 ? 'matches' : 'match'}`;

/** Where a rule would get its requests, and leave others theirs; `rules` as they can be written, absent where they are not all names. */
export interface Better {
  readonly before: string;
  readonly rules?: readonly string[];
}

const move = (name: string, { before, rules }: Better): string =>
  rules === undefined ? `Put ${quote(name)} before ${quote(before)}` : `Write \`rules: [${rules.join(', ')}]\``;

/** `better` is absent where no other order gives every rule its requests. */
export const shadowedRule = rule<Shadowed & { better: Better | undefined }>('rules/shadowed', {
  what: p => `No request reaches the rule ${quote(p.rule)} ${where(p)}: ${who(p)}.`,
  why: 'Rules are tried in order and the first match wins, so the traffic, mirror and fault of this rule never happen.',
  fix: p =>
    p.better === undefined
      ? `Narrow ${itMatches(p)}, or remove ${quote(p.rule)} from the rules of this step.`
      : `${move(p.rule, p.better)}, narrow ${itMatches(p)}, or remove ${quote(p.rule)} from the rules of this step.`,
});
export const shadowedMatch = rule<Shadowed>('rules/shadowed-match', {
  severity: 'warning',
  what: p => `No request reaches this match of the rule ${quote(p.rule)} ${where(p)}: ${who(p)}.`,
  why: 'Rules are tried in order and the first match wins, so only the other matches of this rule have an effect there.',
  fix: p => `Remove this entry of \`match\`, or narrow ${itMatches(p)}.`,
});

/** The rules of a step that together take every request. */
export const shadowedTraffic = rule<Omit<Shadowed, 'rule'>>('rules/take-everything', {
  what: ({ takers, steps: [step = ''] }) =>
    takers.length === 1
      ? `No request is left to the traffic of the step ${quote(step)}: its rule ${list(takers)} takes all of them.`
      : `No request is left to the traffic of the step ${quote(step)}: its rules ${list(takers)} take all of them.`,
  why: "A step's own traffic, mirror and fault are for the requests that none of its rules takes, so here they never happen.",
  fix: p => `Narrow ${itMatches(p)}, or give the step that traffic itself and leave out the rule.`,
});

/** Every mistake in the order of rules. */
export const ruleMessages = [shadowedRule, shadowedMatch, shadowedTraffic] as const;

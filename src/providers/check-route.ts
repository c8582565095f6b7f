import type { At, Finding } from '../diagnostics/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { Clause, Rule } from '../model/traffic.ts';
import { clausesOf } from '../traffic/clauses.ts';
import { checkClause } from './check-clause.ts';
import { inOrder, isPlaced, type Placed } from './in-order.ts';
import type { RouteMessages } from './route-messages.ts';
import { routeKind } from './route-object.ts';
import { routePrecedence } from './route-precedence.ts';

/** Bounds of the API: https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec */
const MOST = { hosts: 16, rules: 16, matches: 64, allMatches: 128, versions: 16, filters: 16, conditions: 16 } as const;

/** What no route of the Gateway API can say exactly, whoever implements it. */
export const checkRoute = (plan: Plan, messages: RouteMessages): readonly Finding[] => [
  ...checkHostCount(plan, messages),
  ...rulesOf(plan).flatMap(rule => [
    ...clausesOf(rule.matches).flatMap(clause => checkClause(plan, { clause, rule, messages })),
    ...checkWidth(rule, messages),
  ]),
  ...checkSizes(plan, messages),
];

/** Every rule of every state, once. */
export const rulesOf = (plan: Plan): readonly Rule[] => [...new Set(plan.states.flatMap(state => state.rules))];

/** Where a rule is written. */
export const atRule = ({ origin }: Rule): At => ({ path: origin, on: 'key' });

function checkHostCount({ route: { hosts, ownName } }: Plan, { tooMany }: RouteMessages): readonly Finding[] {
  if (ownName === 'route' || hosts.length <= MOST.hosts) return [];
  const fix = 'Name fewer hosts, or one with a wildcard: `hosts: ["*.example.com"]`.';
  return [tooMany({ path: ['spec', 'route', 'hosts'] }, { what: 'hosts', count: hosts.length, most: MOST.hosts, fix })];
}

function checkWidth(rule: Rule, { tooMany }: RouteMessages): readonly Finding[] {
  const wide = [
    ...(rule.split.length > MOST.versions
      ? [['versions in one split', rule.split.length, MOST.versions] as const]
      : []),
    ...(rule.mirror.length >= MOST.filters ? [['mirrors in one rule', rule.mirror.length, MOST.filters] as const] : []),
    ...clausesOf(rule.matches)
      .flatMap(({ headers, cookies, query }) => [headers.length + cookies.length, query.length])
      .filter(count => count > MOST.conditions)
      .map(count => ['conditions of one kind in a match', count, MOST.conditions] as const),
  ];
  return wide.map(([what, count, most]) => tooMany(atRule(rule), { what, count, most, fix: 'Ask for fewer of them.' }));
}

/** Rules and matches as they will be written; a list that cannot be ordered is reported elsewhere. */
function checkSizes(plan: Plan, messages: RouteMessages): readonly Finding[] {
  const told = new Set<string>();
  return [...new Set(plan.states.map(({ rules }) => rules))].flatMap(rules => {
    const placed = inOrder(rules, routePrecedence);
    return (isPlaced(placed) ? sizesOf(plan, placed) : []).flatMap(({ what, count, most, rule }) => {
      if (told.has(what)) return [];
      told.add(what);
      const fix = 'Join rules that send requests to the same versions, or match fewer things in one step.';
      return [messages.tooMany(atRule(rule), { what, count, most, fix })];
    });
  });
}

interface Size {
  readonly what: string;
  readonly count: number;
  readonly most: number;
  readonly rule: Rule;
}

function sizesOf({ route }: Plan, placed: readonly Placed[]): readonly Size[] {
  const lists: readonly (readonly Clause[])[] = placed.map(({ clauses }) => clauses);
  const all = lists.flat().length;
  const { rule } = placed[0]!;
  const parts = route.rewrite === undefined ? placed.length : all;
  const longest = placed.reduce((a, b) => (b.clauses.length > a.clauses.length ? b : a));
  const count = route.rewrite === undefined ? longest.clauses.length : 1;
  return [
    { what: 'rules', count: parts, most: MOST.rules, rule },
    { what: 'matches in one rule', count, most: MOST.matches, rule: longest.rule },
    { what: 'matches in all its rules', count: all, most: MOST.allMatches, rule },
  ].filter(size => size.count > size.most);
}

/** Whether an HTTPRoute is written. */
export const isHttp = (plan: Plan): boolean => routeKind(plan) === 'HTTPRoute';

import { byCharacters } from '../../model/order.ts';
import type { Clause, Match } from '../../model/traffic.ts';
import { matchesOf, meetOfMatches } from '../../traffic/clauses.ts';
import { type Condition, type Conditions, conditionsOf } from './conditions.ts';

/**
 * How Contour sorts two clauses, by the parts of them that share requests: exact paths, then expressions, then prefixes, the longer one first; a
 * method; more headers; more parameters. https://github.com/projectcontour/contour/blob/main/internal/sorter/sorter.go
 */
export function precedence(a: Clause, b: Clause): number {
  const found = matchesOf(a).flatMap(one =>
    matchesOf(b)
      .filter(other => meetOfMatches(one, other) !== 'none')
      .map(other => compare(one, other)),
  );
  const [least, most] = [Math.min(0, ...found), Math.max(0, ...found)];
  return least < 0 && most > 0 ? Number.NaN : least + most;
}

const KINDS = ['exact', 'regex', 'prefix'] as const;

function compare(one: Match, other: Match): number {
  const [a, b] = [conditionsOf(one), conditionsOf(other)];
  return byPath(a, b) || methods(b) - methods(a) || byCount(a, b) || byCondition(a, b);
}

function byPath(a: Conditions, b: Conditions): number {
  const [kindOfA, kindOfB] = [a, b].map(({ path }) => KINDS.findIndex(kind => path[kind] !== undefined));
  const [textOfA = '', textOfB = ''] = [a, b].map(({ path }) => Object.values(path)[0]);
  return kindOfA! - kindOfB! || bytes(textOfB) - bytes(textOfA) || byCharacters(textOfB, textOfA);
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const isMethod = ({ name }: Condition): boolean => name === ':method';
const methods = ({ headers }: Conditions): number => headers.filter(isMethod).length;

const byCount = (a: Conditions, b: Conditions): number =>
  b.headers.length - a.headers.length || b.query.length - a.query.length;

/**
 * One condition each is compared by name, kind and text. Of several conditions each may be the first to sort before its
 * counterpart, so that each clause may be said to come before the other.
 */
function byCondition(a: Conditions, b: Conditions): number {
  const [ofA, ofB] = [a, b].map(({ headers, query }) => [...headers.filter(one => !isMethod(one)), ...query]);
  if (JSON.stringify([a.headers, a.query]) === JSON.stringify([b.headers, b.query])) return 0;
  if (ofA!.length === 0) return Number.NaN;
  return ofA!.length === 1 ? byWords(ofA![0]!, ofB![0]!) : Number.NaN;
}

const RANKS = ['exact', 'regex', 'prefix', 'present'];

function byWords(a: Condition, b: Condition): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [kindOfA, kindOfB] = [a, b].map(one => RANKS.findIndex(kind => one[kind] !== undefined));
  const kinds = kindOfA! - kindOfB!;
  if (kinds !== 0) return kinds;
  const [textOfA, textOfB] = [a, b].map(one => String(one[RANKS[kindOfA!]!]));
  return byCharacters(textOfA!, textOfB!) || Number.NaN;
}

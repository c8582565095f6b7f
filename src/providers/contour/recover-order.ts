import { byCharacters } from '../../model/order.ts';
import type { Match } from '../../model/traffic.ts';
import { meetOfMatches } from '../../traffic/clauses.ts';
import { coversSurely } from '../../traffic/covers.ts';
import type { Asked, Conditions } from './recover-conditions.ts';

/** A route by its conditions, and what becomes of its requests. */
export interface Sortable {
  readonly conditions: Conditions;
  readonly match: Match;
  /** Equal texts are equal fates. */
  readonly outcome: string;
}

/** The routes that Contour keeps, of those with equal conditions the last, in the order in which Envoy tries them. */
export function inRealOrder<R extends Sortable>(routes: readonly R[]): readonly R[] {
  const kept = new Map(routes.map(route => [keyOf(route.conditions), route]));
  return [...kept.values()].sort((a, b) => compare(a.conditions, b.conditions) || 0);
}

/** Two routes that share requests which no route before takes, where Contour may try either first; undefined where there are none. */
export function undecided<R extends Sortable>(sorted: readonly R[]): readonly [R, R] | undefined {
  for (const [i, one] of sorted.entries())
    for (const other of sorted.slice(i + 1)) {
      if (one.outcome === other.outcome || !Number.isNaN(compare(one.conditions, other.conditions))) continue;
      const meet = meetOfMatches(one.match, other.match);
      if (meet === 'none') continue;
      const shared = meet === 'unknown' ? one.match : meet;
      if (!sorted.slice(0, i).some(({ match }) => coversSurely(match, shared))) return [one, other];
    }
  return undefined;
}

const keyOf = ({ path, headers, query }: Conditions): string => JSON.stringify([path, headers, query]);

const RANKS = ['exact', 'regex', 'prefix'];

/**
 * Negative where Contour sorts `a` first, NaN where each of several conditions may decide otherwise.
 * https://github.com/projectcontour/contour/blob/main/internal/sorter/sorter.go
 */
function compare(a: Conditions, b: Conditions): number {
  return (
    RANKS.indexOf(a.path.kind) - RANKS.indexOf(b.path.kind) ||
    size(b.path.value) - size(a.path.value) ||
    byCharacters(b.path.value, a.path.value) ||
    Number(hasMethod(b)) - Number(hasMethod(a)) ||
    named(b).length - named(a).length ||
    b.query.length - a.query.length ||
    byConditions([...named(a), ...a.query], [...named(b), ...b.query])
  );
}

const size = (text: string): number => new TextEncoder().encode(text).length;
const isMethod = ({ name }: Asked): boolean => name === ':method';
const hasMethod = ({ headers }: Conditions): boolean => headers.some(isMethod);
const named = ({ headers }: Conditions): readonly Asked[] => headers.filter(one => !isMethod(one));

function byConditions(a: readonly Asked[], b: readonly Asked[]): number {
  const [one, other] = [a[0], b[0]];
  if (a.length !== 1 || one === undefined || other === undefined) return Number.NaN;
  const decided = byCharacters(one.name, other.name) || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
  return decided || byCharacters(one.value, other.value) || Number.NaN;
}

const KINDS = ['exact', 'regex', 'prefix', 'present'];

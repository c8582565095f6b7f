import { entry } from '../model/once.ts';
import type { Match } from '../model/traffic.ts';
import { coversSurely, isDoubtful } from './covers.ts';

/** Requests that are tried together. */
export interface Tried {
  readonly matches: readonly Match[];
}

/** The rules that together take every request of some matches; undefined where a request may be left. */
export function takersOf<R extends Tried>(earlier: readonly R[], matches: readonly Match[]): readonly R[] | undefined {
  const takers = matches.map(match => earlier.find(rule => takes(rule.matches, match)));
  return takers.length > 0 && takers.every(taker => taker !== undefined)
    ? earlier.filter(rule => takers.includes(rule))
    : undefined;
}

// Steps switch the same rules on again and again.
const known = new WeakMap<readonly Match[], WeakMap<Match, boolean>>();

const takes = (matches: readonly Match[], match: Match): boolean =>
  entry(
    entry(known, matches, () => new WeakMap()),
    match,
    () => matches.some(other => coversSurely(other, match)),
  );

/** Two rules of one list of which nobody can say whether the earlier one takes every request of a match of the later one. */
export interface Undecided<R> {
  readonly earlier: R;
  readonly later: R;
}

/**
 * The pairs of a step's ordered rules whose regular expressions leave open whether the earlier one shadows a match of the
 * later one. What an earlier rule takes for certain is not in doubt.
 */
export const undecided = <R extends Tried>(rules: readonly R[]): readonly Undecided<R>[] =>
  rules.flatMap((later, index) => {
    const before = rules.slice(0, index);
    const left = later.matches.filter(match => takersOf(before, [match]) === undefined);
    return before
      .filter(rule => rule.matches.some(other => left.some(match => isDoubtful(other, match))))
      .map(earlier => ({ earlier, later }));
  });

import type { Match } from '../model/traffic.ts';
import { EVERYTHING, meetOfMatches } from './clauses.ts';
import { coversSurely } from './covers.ts';

/** What happens to the requests of some matches (none given: every request); of several the first that takes a request decides. */
export interface Decision {
  readonly matches: readonly Match[];
  /** Equal texts are equal fates. */
  readonly outcome: string;
}

/**
 * Whether two lists of decisions certainly decide every request alike, in however different an order they say so. Never
 * says yes where a request may be decided otherwise; where regular expressions hide what rules share it may say no.
 */
export function decideAlike(a: readonly Decision[], b: readonly Decision[]): boolean {
  const [left, right] = [linesOf(a), linesOf(b)];
  return isDecidedBy(left, right) && isDecidedBy(right, left);
}

interface Line {
  readonly match: Match;
  readonly outcome: string;
}

const linesOf = (decisions: readonly Decision[]): readonly Line[] =>
  decisions.flatMap(({ matches, outcome }) =>
    (matches.length === 0 ? [EVERYTHING] : matches).map(match => ({ match, outcome })),
  );

/** Whether `others` gives each request of `lines` the outcome that it has there. */
const isDecidedBy = (lines: readonly Line[], others: readonly Line[]): boolean =>
  lines.every((line, index) => isAnswered(line, lines.slice(0, index), others));

function isAnswered(line: Line, before: readonly Line[], others: readonly Line[]): boolean {
  // Requests that an earlier line takes whole are not this one's.
  if (before.some(({ match }) => coversSurely(match, line.match))) return true;
  for (const [index, other] of others.entries()) {
    const meet = meetOfMatches(line.match, other.match);
    if (meet === 'none') continue;
    const taken = [...before, ...others.slice(0, index)];
    if (other.outcome !== line.outcome && !isTaken(meet, line, other, taken)) return false;
    if (coversSurely(other.match, line.match)) return true;
  }
  return false;
}

/** Whether lines before take all that two lines share. */
const isTaken = (meet: Match | 'unknown', line: Line, other: Line, taken: readonly Line[]): boolean =>
  taken.some(({ match }) =>
    meet === 'unknown'
      ? coversSurely(match, line.match) || coversSurely(match, other.match)
      : coversSurely(match, meet),
  );

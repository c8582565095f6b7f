import type { Match } from '../../model/traffic.ts';
import { EVERYTHING, meetOfMatches } from '../../traffic/clauses.ts';
import type { Piece } from './recover-route.ts';

/**
 * As APISIX tries them: whole paths, then the longer beginning, and of equal paths the higher priority.
 * https://github.com/api7/lua-resty-radixtree/blob/v2.9.2/lib/resty/radixtree.lua
 */
export const inRealOrder = (pieces: readonly Piece[]): readonly Piece[] => pieces.toSorted(compare);

function compare(a: Piece, b: Piece): number {
  if (a.path.kind !== b.path.kind) return a.path.kind === 'exact' ? -1 : 1;
  const byPath = a.path.kind === 'exact' ? 0 : b.path.value.length - a.path.value.length;
  return byPath || b.route.priority - a.route.priority;
}

/** The first of two routes that share requests of one path, where neither has the higher priority. */
export const undecided = (pieces: readonly Piece[]): Piece | undefined =>
  pieces.find((one, i) =>
    pieces
      .slice(i + 1)
      .some(
        other =>
          other.route !== one.route &&
          other.route.priority === one.route.priority &&
          JSON.stringify(other.path) === JSON.stringify(one.path) &&
          fateOf(one) !== fateOf(other) &&
          mayMeet(one.matches, other.matches),
      ),
  );

const fateOf = ({ route: { sent, copied, fault } }: Piece): string => JSON.stringify([sent, copied, fault]);

const mayMeet = (some: readonly Match[], others: readonly Match[]): boolean =>
  orEverything(some).some(one => orEverything(others).some(other => meetOfMatches(one, other) !== 'none'));

const orEverything = (matches: readonly Match[]): readonly Match[] => (matches.length === 0 ? [EVERYTHING] : matches);

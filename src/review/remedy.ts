import { breakStandHop, type Stand } from '../check-hop.ts';

/** States that may lie between two stands. */
export interface Passage {
  readonly before: Stand;
  readonly after: Stand;
  /** In the order in which they are tried. */
  readonly states: readonly string[];
  /** Undefined: nobody can read it. */
  readonly standOf: (state: string) => Stand | undefined;
}

/** More than a tape with several releases has; each pair of them may have to be looked at. */
const MOST_STATES = 64;

/** The fewest states through which a stand is reached by hops that are all safe; undefined: there are none. */
export function safePassage({ before, after, states, standOf }: Passage): readonly string[] | undefined {
  const left = new Map(
    states.slice(0, MOST_STATES).flatMap(state => {
      const stand = standOf(state);
      return stand === undefined ? [] : [[state, stand] as const];
    }),
  );
  let ways: readonly { readonly stand: Stand; readonly by: readonly string[] }[] = [{ stand: before, by: [] }];
  while (ways.length > 0) {
    const next: { stand: Stand; by: readonly string[] }[] = [];
    for (const { stand, by } of ways) {
      for (const [state, there] of left) {
        if (!isSafe(stand, there)) continue;
        left.delete(state);
        next.push({ stand: there, by: [...by, state] });
      }
    }
    const found = next.find(({ stand }) => isSafe(stand, after));
    if (found !== undefined) return found.by;
    ways = next;
  }
  return undefined;
}

const isSafe = (from: Stand, to: Stand): boolean => breakStandHop({ from: [from], to }) === undefined;

import type { Mask } from './crossing.ts';

/** Some of the mixtures of a crossing: those in which each piece named here is as in one of the states of its mask. */
export type Condition = ReadonlyMap<string, Mask>;

export const ALWAYS: Condition = new Map();

/** Both conditions, or undefined where no mixture meets them. */
export function both(condition: Condition, piece: string, states: Mask): Condition | undefined {
  const known = condition.get(piece);
  const joined = known === undefined ? states : known & states;
  if (joined === 0) return undefined;
  return known === joined ? condition : new Map(condition).set(piece, joined);
}

/** All of the conditions, or undefined where no mixture meets them. */
export function all(
  condition: Condition,
  others: Iterable<readonly [piece: string, states: Mask]>,
): Condition | undefined {
  let joined: Condition | undefined = condition;
  for (const [piece, states] of others) {
    joined = both(joined, piece, states);
    if (joined === undefined) return undefined;
  }
  return joined;
}

import type { Mask } from './crossing.ts';

/** Some of the mixtures of a crossing: those in which each piece named here is as in one of the states of its mask. */
export type Condition = ReadonlyMap<string, Mask>;

export const ALWAYS: Condition = new Map();

/** The condition and that a piece is as in some of all states; undefined where no mixture meets both. */
export function both(condition: Condition, piece: string, states: Mask, all: Mask): Condition | undefined {
  if (states === all) return condition;
  const known = condition.get(piece);
  const joined = known === undefined ? states : known & states;
  if (joined === 0) return undefined;
  return known === joined ? condition : new Map(condition).set(piece, joined);
}

/** Both conditions, or undefined where no mixture meets them. */
export function joined(condition: Condition, others: Condition, all: Mask): Condition | undefined {
  let found: Condition | undefined = condition;
  for (const [piece, states] of others) {
    found = both(found, piece, states, all);
    if (found === undefined) return undefined;
  }
  return found;
}

/** A source of chance that gives the same throws for the same seed on every machine. */
export interface Dice {
  /** A whole number from 0 up to, and without, `below`. */
  readonly roll: (below: number) => number;
  /** True in so many percent of the throws. */
  readonly chance: (percent: number) => boolean;
  /** One of several; of none it is undefined. */
  readonly pick: <T>(from: readonly T[]) => T;
}

/** mulberry32: 32 bits of state, more than enough to choose mutations. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const roll = (below: number): number => Math.floor(next() * below);
  return { roll, chance: percent => next() * 100 < percent, pick: from => from[roll(from.length)]! };
}

/**
 * Chance without chance: the same throws for the same seed. Numbers from mulberry32, which is in the public domain.
 * @param {number} seed
 */
export function diceOf(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  /** @param {number} percent */
  const chance = percent => next() * 100 < percent;
  return {
    chance,
    /** These things in so many percent of all throws, else none. @template T @param {number} percent @param {...T} things @returns {T[]} */
    maybe: (percent, ...things) => (chance(percent) ? things : []),
    /** @template T @param {readonly T[]} list not empty @returns {T} */
    pick: list => /** @type {T} */ (list[Math.floor(next() * list.length)]),
    /** Of 64 hexadecimal digits. */
    digest: () =>
      Array.from({ length: 8 }, () =>
        Math.floor(next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0'),
      ).join(''),
  };
}

/** @typedef {ReturnType<typeof diceOf>} Dice */

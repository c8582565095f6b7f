import type { Spot, Tree } from '../../model/reading.ts';
import { show, strange, wholeOf } from '../../model/reading.ts';
import type { Share } from '../../model/traffic.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;

/** Milliseconds of a duration, 0 among them: seconds with decimals as protobuf writes them, or Go's units. */
export function durationOf(spot: Spot, tree: Tree): number | undefined {
  if (tree === undefined) return undefined;
  const total = typeof tree === 'string' && DURATION.test(tree) ? millisecondsOf(tree) : undefined;
  if (total !== undefined && Number.isSafeInteger(total)) return total;
  strange(spot, `${show(tree)} is no duration in whole milliseconds with the units h, m, s and ms`);
  return undefined;
}

/** Milliseconds of a duration of which 0 would make no sense. */
export function timeOf(spot: Spot, tree: Tree): number | undefined {
  const duration = durationOf(spot, tree);
  if (duration === 0) strange(spot, 'it takes no time');
  return duration;
}

function millisecondsOf(text: string): number {
  let total = 0;
  for (const [, whole, fraction = '', unit] of text.matchAll(/(\d+)(?:\.(\d+))?(ms|[hms])/g)) {
    // The digits are moved before the division, because 1.001 * 1000 is not 1001.
    total += (Number(whole + fraction) * UNITS.get(unit!)!) / 10 ** fraction.length;
  }
  return total;
}

/** Share of a percentage; what is left out is 0. */
export function percentOf(spot: Spot, tree: Tree): Share {
  if (tree === undefined) {
    strange(spot, 'without a percentage it never happens');
    return 0;
  }
  if (typeof tree !== 'number' || !(tree >= 0 && tree <= 100)) {
    strange(spot, `${show(tree)} is no percentage between 0 and 100`);
    return 0;
  }
  const share = Math.round(tree * 100);
  if (Math.abs(share - tree * 100) > 1e-6) strange(spot, `${tree} is finer than a hundredth of a percent`);
  return share;
}

const UINT32_MAX = 4_294_967_295;

/** A whole number that fits 32 bits; undefined where there is none. */
export function uint32Of(spot: Spot, tree: Tree): number | undefined {
  const number = wholeOf(spot, tree);
  if (number === undefined || number <= UINT32_MAX) return number;
  strange(spot, `${number} is more than 32 bits hold`);
  return undefined;
}

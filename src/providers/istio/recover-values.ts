import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange } from '../../model/reading.ts';
import type { Share } from '../../model/traffic.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);
const PLAIN = /^(\d+)(ms|[hms])$/;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;

/**
 * Milliseconds of a duration as Istio takes it: Go's units (no days), at least 1 ms, whole milliseconds.
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function durationOf(spot: Spot, tree: Tree): number | undefined {
  if (tree === undefined) return undefined;
  const total = typeof tree === 'string' ? millisecondsOf(tree) : 0;
  if (Number.isSafeInteger(total) && total > 0) return total;
  strange(spot, `${show(tree)} is no duration of at least 1ms in whole milliseconds with the units h, m, s and ms`);
  return undefined;
}

function millisecondsOf(text: string): number {
  const one = PLAIN.exec(text);
  if (one !== null) return Number(one[1]) * UNITS.get(one[2]!)!;
  if (!DURATION.test(text)) return 0;
  let total = 0;
  for (const [, whole, fraction = '', unit] of text.matchAll(/(\d+)(?:\.(\d+))?(ms|[hms])/g)) {
    // The digits are moved before the division, because 1.001 * 1000 is not 1001.
    total += (Number(whole + fraction) * UNITS.get(unit!)!) / 10 ** fraction.length;
  }
  return total;
}

const PERCENT = new Set(['value']);

/** Share of a `{ value: 12.5 }`; undefined where the block is absent. */
export function percentOf(spot: Spot, tree: Tree): Share | undefined {
  if (tree === undefined) return undefined;
  const { value } = fieldsOf(spot, tree, PERCENT);
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) {
    strange(into(spot, '.value'), `${show(value)} is no percentage between 0 and 100`);
    return 0;
  }
  const share = Math.round(value * 100);
  if (Math.abs(share - value * 100) > 1e-6)
    strange(into(spot, '.value'), `${value} is finer than a hundredth of a percent`);
  return share;
}

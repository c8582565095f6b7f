import type { Spot, Tree } from '../../model/reading.ts';
import { show, strange } from '../../model/reading.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);

/** Envoy's limit of a request where Consul says nothing, in milliseconds. */
export const DEFAULT_TIMEOUT = 15_000;

/** Milliseconds of a `requestTimeout`: absent or 0 is Envoy's own, and what is below 0 is no limit, which is undefined here. */
export function requestTimeoutOf(spot: Spot, tree: Tree): number | undefined {
  if (tree === undefined) return DEFAULT_TIMEOUT;
  const milliseconds = typeof tree === 'string' ? durationOf(tree) : undefined;
  if (milliseconds === undefined || !Number.isSafeInteger(milliseconds)) {
    strange(spot, `${show(tree)} is no duration in whole milliseconds with the units h, m, s and ms`);
    return DEFAULT_TIMEOUT;
  }
  return milliseconds < 0 ? undefined : milliseconds || DEFAULT_TIMEOUT;
}

/** A duration of Go, which may be below 0. */
function durationOf(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/.test(rest)) return undefined;
  let total = 0;
  for (const [, whole, fraction = '', unit] of rest.matchAll(/(\d+)(?:\.(\d+))?(ms|[hms])/g)) {
    // The digits are moved before the division, because 1.001 * 1000 is not 1001.
    total += (Number(whole + fraction) * UNITS.get(unit!)!) / 10 ** fraction.length;
  }
  return sign === '-' ? -total : total;
}

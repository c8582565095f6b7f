const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;

/** Milliseconds of a duration of Go's (`1m30s`, `1.5s`, `0s`); undefined where it is none, or none of whole milliseconds. */
export function goMilliseconds(text: string): number | undefined {
  if (text === '0') return 0;
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, whole, fraction = '', unit] of text.matchAll(/(\d+)(?:\.(\d+))?(ms|[hms])/g)) {
    // The digits are moved before the division, because 1.001 * 1000 is not 1001.
    total += (Number(whole + fraction) * UNITS.get(unit!)!) / 10 ** fraction.length;
  }
  return Number.isSafeInteger(total) ? total : undefined;
}

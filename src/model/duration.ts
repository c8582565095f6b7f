const UNITS: readonly (readonly [unit: string, milliseconds: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

/** How a duration is written: whole numbers with units, largest first, such as `1h30m`, `10s` or `500ms`. */
export const DURATION_PATTERN = '^(?:\\d{1,6}d)?(?:\\d{1,6}h)?(?:\\d{1,6}m)?(?:\\d{1,6}s)?(?:\\d{1,6}ms)?$';

/** Milliseconds of a duration such as `1h30m`; undefined where the text is none. */
export function readDuration(text: string): number | undefined {
  if (text === '' || !new RegExp(DURATION_PATTERN).test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[dhms])/g)) {
    total += Number(count) * UNITS.find(([u]) => u === unit)![1];
  }
  return total;
}

/** A text that `readDuration` reads as these milliseconds; parts of a second are counted in `ms`. */
export function printDuration(milliseconds: number): string {
  if (milliseconds % 1000 !== 0) return `${milliseconds}ms`;
  let rest = milliseconds;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}

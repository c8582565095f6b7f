import { type Share, type Split, WHOLE } from '../model/traffic.ts';

/** Basis points of a percent with at most two decimals; undefined where it is finer. */
export function toShare(percent: number): Share | undefined {
  const share = Math.round(percent * 100);
  return Math.abs(percent * 100 - share) < 1e-6 ? share : undefined;
}

/** A share as a percent without the sign: `12.5`. */
export const printShare = (share: Share): string => String(share / 100);

/** The version that gets every request of a split, if one does. */
export const wholeOf = (split: Split): string | undefined =>
  split.length === 1 && split[0]!.share === WHOLE ? split[0]!.version : undefined;

/**
 * Divides `total` in proportion to `weights`, in whole numbers that add up to it (largest remainder, first wins a tie).
 * All-zero weights give zeros.
 */
export function apportion(weights: readonly number[], total: number = WHOLE): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map(weight => Math.floor((weight * total) / sum));
  let missing = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (weight * total) % sum }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break;
    parts[index]! += 1;
  }
  return parts;
}

/** How fine shares can be said, in basis points: whole multiples of `step`, and at least `min` (absent: one step) where there are any. */
export interface Fineness {
  readonly step: Share;
  readonly min?: Share;
}

/** The shares nearest to parts of the whole that are too fine; parts may have decimals and total 10000. */
export function nearestShares(parts: readonly number[], { step, min = step }: Fineness): readonly Share[] {
  const exact = parts.map(part => part / step);
  const least = Math.ceil(min / step);
  const counts = exact.map(part => (part === 0 ? 0 : Math.max(least, Math.floor(part + 1e-6))));
  let missing = Math.round(WHOLE / step) - counts.reduce((a, b) => a + b, 0);
  while (missing !== 0) {
    const change = Math.sign(missing);
    const free = [...counts.keys()].filter(i => exact[i]! > 0 && counts[i]! + change >= least);
    if (free.length === 0) break;
    const gain = (i: number): number => change * (exact[i]! - counts[i]!);
    counts[free.reduce((a, b) => (gain(b) > gain(a) + 1e-6 ? b : a))]! += change;
    missing -= change;
  }
  return counts.map(count => count * step);
}

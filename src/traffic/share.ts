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

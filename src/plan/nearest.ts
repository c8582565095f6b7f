import type { PercentSpec } from '../model/rollout.ts';
import { type Fineness, nearestShares, printShare } from '../traffic/share.ts';

/** What can be said instead of percentages that are too fine: text that is typed in their place, and the largest error. */
export interface Nearest {
  readonly text: string;
  /** Percent, such as `0.5`. */
  readonly off: string;
}

/** A split as written; `weightOf`: the version whose percent alone is written, as the weight of a canary. */
export interface WrittenSplit {
  readonly traffic: PercentSpec;
  readonly weightOf?: string;
}

/** The nearest split of the same versions; undefined where the percentages do not total 100. */
export function nearestSplit({ traffic, weightOf }: WrittenSplit, fineness: Fineness): Nearest | undefined {
  const versions = Object.keys(traffic);
  const parts = versions.map(version => traffic[version]! * 100);
  if (Math.abs(parts.reduce((a, b) => a + b, 0) - 10_000) > 1e-6) return undefined;
  const shares = nearestShares(parts, fineness);
  const off = printPercent(Math.max(...parts.map((part, i) => Math.abs(part - shares[i]!))));
  if (weightOf !== undefined) return { text: printShare(shares[versions.indexOf(weightOf)]!), off };
  const entries = versions.map((version, i) => `${version}: ${printShare(shares[i]!)}`);
  return { text: `\`traffic: { ${entries.join(', ')} }\``, off };
}

/** The nearest percent that stands for itself, such as that of a mirror; one above zero stays above it. */
export function nearestPercent(percent: number, { step, min = step }: Fineness, max = 10_000): Nearest {
  const points = percent * 100;
  const share = Math.min(max, Math.max(min, Math.round(points / step) * step));
  return { text: printShare(share), off: printPercent(Math.abs(points - share)) };
}

/** Differences of decimals are not exact. */
const printPercent = (points: number): string => String(Number((points / 100).toPrecision(6)));

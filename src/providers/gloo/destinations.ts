import type { Json } from '../../model/kubernetes.ts';
import type { Plan } from '../../model/plan.ts';
import type { Split } from '../../model/traffic.ts';
import { upstreamOf } from './names.ts';

/** Upstreams with their weights: percents where all are whole, else basis points. */
export function destinations(plan: Plan, split: Split): readonly Json[] {
  const unit = split.every(portion => portion.share % 100 === 0) ? 100 : 1;
  return split.map(({ version, share }) => ({
    destination: { upstream: upstreamOf(plan, version) },
    weight: share / unit,
  }));
}

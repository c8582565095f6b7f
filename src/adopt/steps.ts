import { DEFAULTS } from '../model/defaults.ts';
import type { StepSpec } from '../model/rollout.ts';
import { apportion } from '../traffic/share.ts';
import type { Draft } from './draft.ts';

/** Percents of the first canary. */
const WEIGHTS = [5, 20, 50] as const;

/** The steps that bring version v2 its traffic. */
export const firstSteps = (draft: Draft): readonly StepSpec[] =>
  movesAtOnce(draft)
    ? [{ blueGreen: { to: 'v2', pause: '30m' } }]
    : [{ canary: { to: 'v2', weights: weightsFor(draft), pause: '30m' } }, { name: 'complete', traffic: { v2: 100 } }];

/** Where the split follows from numbers of pods, an autoscaler that changes them would move traffic. */
export const movesAtOnce = ({ provider, workload }: Draft): boolean =>
  provider === 'kubernetes' && workload?.autoscale !== undefined;

/** Where the split follows from numbers of pods, the shares that these can give and that are nearest to the usual ones. */
export function weightsFor({ provider, replicas = DEFAULTS.replicas }: Draft): readonly number[] {
  if (provider !== 'kubernetes') return WEIGHTS;
  const counts = WEIGHTS.map(weight => Math.max(1, Math.round((replicas * weight) / (100 - weight))));
  return [...new Set(counts)].map(count => apportion([replicas, count])[1]! / 100);
}

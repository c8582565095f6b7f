import type { WorkloadSpec } from '../model/rollout.ts';
import type { Adopted } from './deployment.ts';
import type { Draft } from './draft.ts';
import type { LeftOut } from './left-out.ts';

/** How many pods run, in the words of a provider. */
export interface Size {
  readonly size: Pick<Draft, 'replicas' | 'maxScale'>;
  readonly workload: Pick<WorkloadSpec, 'autoscale'>;
  readonly left: readonly LeftOut[];
}

/** The number that a person typed, else the bounds of the autoscaler, else the number of the Deployment. Knative scales by itself, between bounds. */
export function sizeOf(provider: string, typed: string | undefined, adopted: Adopted | undefined): Size {
  const autoscale = adopted?.autoscale;
  const replicas = typed === undefined ? adopted?.identity.replicas : Number(typed);
  if (autoscale === undefined || typed !== undefined)
    return {
      size: replicas === undefined ? {} : { replicas },
      workload: {},
      left: autoscale === undefined ? [] : [{ what: 'HorizontalPodAutoscaler', why: '--replicas takes its place' }],
    };
  const { min, max, cpu } = autoscale;
  if (provider !== 'knative') return { size: {}, workload: { autoscale }, left: [] };
  const target = {
    what: `autoscale cpu ${cpu}`,
    why: 'Knative scales by requests, between replicas and knative.maxScale',
  };
  return { size: { replicas: min, maxScale: max }, workload: {}, left: cpu === undefined ? [] : [target] };
}

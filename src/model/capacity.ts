import type { Capacity, Version } from './plan.ts';

/** What a Rollout says of the load; absent: nothing. */
export const capacityOf = (version: Version): Capacity | undefined => {
  switch (version.kind) {
    case 'service':
      return undefined;
    case 'template':
      return version.template.capacity;
    case 'workload':
      return version.workload.capacity;
    default:
      return version satisfies never;
  }
};

/** Pods of a version that carry all requests, not always a whole number; undefined where the pods are not ours. */
export function strengthOf(version: Version): number | undefined {
  const { rpsPerPod, peakRps } = capacityOf(version) ?? {};
  switch (version.kind) {
    case 'service':
      return undefined;
    case 'template':
      return strengthBy(rpsPerPod, peakRps) ?? version.template.replicas;
    case 'workload':
      return strengthBy(rpsPerPod, peakRps) ?? version.workload.replicas;
    default:
      return version satisfies never;
  }
}

const strengthBy = (rpsPerPod: number | undefined, peakRps: number | undefined): number | undefined =>
  rpsPerPod === undefined || peakRps === undefined ? undefined : peakRps / rpsPerPod;

/** Whole pods for a part of all requests, given in basis points. Quotients of decimals are not exact. */
export const podsFor = (load: number, strength: number): number =>
  Math.ceil(Math.round(((load * strength) / 10_000) * 1e6) / 1e6);

import type { RouteSpec, WorkloadSpec } from './rollout.ts';

/** What may differ from one environment to the next; maps are merged key by key, anything else is replaced. */
export interface LayerSpec {
  readonly namespace?: string;
  readonly provider?: string;
  readonly workload?: WorkloadSpec;
  readonly route?: RouteSpec;
  /** Settings under a provider's own key. */
  readonly [provider: string]: unknown;
}

/** An environment of a Rollout: what it sets is nearer than the Rollout's own `spec`, and farther than its versions. */
export interface EnvironmentSpec extends LayerSpec {
  /** Absent: `spec.step`. */
  readonly step?: string;
}

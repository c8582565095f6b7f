import type { Json } from './kubernetes.ts';
import type { LayerSpec } from './layer.ts';
import type { PortSpec } from './rollout.ts';

/** Where a fleet says what its Rollouts share, at the root of the repository. */
export const FLEET_FILE = 'surefoot.yaml';

/** What surefoot.yaml says, after its shape was checked. */
export interface Fleet {
  readonly apiVersion: 'surefoot.dev/v1';
  readonly kind: 'Fleet';
  /** What every Rollout begins with; the farthest layer. */
  readonly defaults?: FleetDefaults;
  /** The environments that there are; absent: each Rollout names its own. */
  readonly environments?: { readonly [name: string]: FleetEnvironment };
  readonly cluster?: ClusterFacts;
  readonly prometheus?: PrometheusSpec;
}

export interface FleetDefaults extends LayerSpec {
  readonly surge?: 'full' | 'gradual';
  readonly ports?: readonly PortSpec[];
}

/** One environment of the whole fleet; nearer than the defaults, farther than any Rollout. */
export interface FleetEnvironment extends LayerSpec {
  readonly cluster?: ClusterFacts;
  readonly prometheus?: PrometheusSpec;
}

/** What is known of the clusters: `kubernetes` is its version, other keys are the facts that a provider asks for. */
export interface ClusterFacts {
  /** Major and minor version, as in `1.31`; absent: new enough for all that is emitted. */
  readonly kubernetes?: string;
  readonly [provider: string]: Json | undefined;
}

export interface PrometheusSpec {
  /** Where its API answers, as in `https://prometheus.example.com`. */
  readonly url: string;
}

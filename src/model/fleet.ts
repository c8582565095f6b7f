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
  /** What brings out/live to the clusters. */
  readonly agent?: AgentSpec;
  /** When nobody promotes, in any environment; absent: never. */
  readonly freezes?: readonly FreezeSpec[];
}

export interface FleetDefaults extends LayerSpec {
  readonly surge?: 'full' | 'gradual';
  readonly ports?: readonly PortSpec[];
}

/** One environment of the whole fleet; nearer than the defaults, farther than any Rollout. */
export interface FleetEnvironment extends LayerSpec {
  readonly cluster?: ClusterFacts;
  readonly prometheus?: PrometheusSpec;
  readonly agent?: AgentSpec;
  /** Beside those of the whole fleet. */
  readonly freezes?: readonly FreezeSpec[];
  /** What must hold before a Rollout is promoted here; absent: nothing of an earlier environment. */
  readonly promotion?: PromotionSpec;
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

/** Argo CD, Flux, or whoever else applies what is committed. */
export interface AgentSpec {
  /** A duration: how long it takes at most until a commit is seen; absent: what the fleet says, or 5m. */
  readonly pollInterval?: string;
}

/** What an earlier environment must have shown. */
export interface PromotionSpec {
  /** The earlier environment: the step must have been reached or passed there. */
  readonly after: string;
  /** A duration: how long it must have stood at the step or beyond; absent: it must only stand there. */
  readonly soak?: string;
}

/** A time that comes again and again and in which nobody promotes. */
export interface FreezeSpec {
  /** When it begins: cron with five fields, on the clocks of the time zone. */
  readonly schedule: string;
  /** A duration: how long it lasts, as a stop-watch counts. */
  readonly duration: string;
  /** A name of the IANA time zone database; absent: UTC. */
  readonly timeZone?: string;
  /** For people; absent: none is told. */
  readonly reason?: string;
}

import type { Labels } from './kubernetes.ts';
import type { EnvironmentSpec } from './layer.ts';
import type { PortProtocol } from './plan.ts';
import type { StepSpec } from './steps.ts';

export type {
  AbTestSpec,
  BlueGreenSpec,
  CanarySpec,
  InlineRuleSpec,
  PlainStepSpec,
  ShadowSpec,
  StepSpec,
} from './steps.ts';

/** What a person wrote, after its shape was checked: nothing filled in, nothing expanded. */
export interface Rollout {
  readonly apiVersion: 'surefoot.dev/v1';
  readonly kind: 'Rollout';
  readonly metadata: RolloutMetadata;
  readonly spec: RolloutSpec;
}

export interface RolloutMetadata {
  readonly name: string;
  readonly namespace?: string;
  /** To select Rollouts by; they reach no manifest. */
  readonly labels?: Labels;
}

/** A spec that says which provider it is for. */
export interface PlainSpec extends RolloutSpec {
  readonly provider: string;
}

/** A Rollout for one environment: every layer merged into it, so that it needs no other file. */
export interface PlainRollout extends Rollout {
  readonly spec: PlainSpec;
}

export interface RolloutSpec {
  /** Absent: what surefoot.yaml says. */
  readonly provider?: string;
  /** Name of the state where the cluster should stand; absent: `baseline`. */
  readonly step?: string;
  /** Absent: the first version. */
  readonly stable?: string;
  /** Absent: `full`. */
  readonly surge?: 'full' | 'gradual';
  /** Absent: one port `http`, 80 to 8080. */
  readonly ports?: readonly PortSpec[];
  readonly workload?: WorkloadSpec;
  readonly versions: { readonly [name: string]: VersionSpec };
  readonly route?: RouteSpec;
  readonly rules?: { readonly [name: string]: RuleSpec };
  /** Absent or empty: the service only stands at its baseline. */
  readonly steps?: readonly StepSpec[];
  /** Where the Rollout goes; absent: to every environment of surefoot.yaml, or to the one called `default`. */
  readonly environments?: { readonly [name: string]: EnvironmentSpec };
  /** Settings under a provider's own key; the key is the provider's name. */
  readonly [provider: string]: unknown;
}

export interface PortSpec {
  readonly name: string;
  readonly port: number;
  /** Absent: the same as `port`. */
  readonly targetPort?: number;
  /** Absent: what the name begins with: http, http2, grpc or tcp, alone or before a dash. */
  readonly protocol?: PortProtocol;
}

export interface WorkloadSpec {
  readonly image?: string;
  /** Path of rendered objects, relative to the folder of the file in which it is written; absent: pods of our own making. */
  readonly template?: string;
  /** Excludes `autoscale` where the two stand side by side; of two layers the nearest wins. */
  readonly replicas?: number;
  readonly autoscale?: AutoscaleSpec;
  readonly capacity?: CapacitySpec;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: { readonly [name: string]: EnvSpec };
  readonly resources?: {
    readonly requests?: { readonly [resource: string]: string };
    readonly limits?: { readonly [resource: string]: string };
  };
  readonly readiness?: ProbeSpec;
  readonly liveness?: ProbeSpec;
  readonly startup?: ProbeSpec;
  readonly writable?: readonly string[];
  readonly runAsUser?: number;
  readonly serviceAccount?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  /** A duration in whole seconds. */
  readonly drain?: string;
  /** A duration in whole seconds. */
  readonly terminationGracePeriod?: string;
  readonly config?: ConfigSpec;
}

/** Pods as CPU needs them, from `min` to `max`; `cpu` is the percent of the request to aim at, absent: 80. */
export interface AutoscaleSpec {
  readonly min: number;
  readonly max: number;
  readonly cpu?: number;
}

/** What is known of the load, in requests per second; judged where both are known, whichever layers they come from. */
export interface CapacitySpec {
  /** What one pod carries; absent: unknown, so that `replicas` says what carries everything. */
  readonly rpsPerPod?: number;
  /** What the whole service gets at its peak; absent: unknown. */
  readonly peakRps?: number;
}

/** Files by name, read-only in a folder of the container; those of a version are added to those of the workload. */
export interface ConfigSpec {
  /** Absent: `/config`. */
  readonly mountPath?: string;
  readonly files: { readonly [name: string]: string };
  /** Names of `files` beside it that only look as if they held a secret. */
  readonly notSecret?: readonly string[];
}

/** A text, or where the value comes from; `notSecret` is a text that only looks like a secret. */
export type EnvSpec =
  | string
  | { readonly notSecret: string }
  | { readonly secretKeyRef: { readonly name: string; readonly key: string } }
  | { readonly configMapKeyRef: { readonly name: string; readonly key: string } }
  | { readonly fieldRef: { readonly fieldPath: string } };

/** At most one of `path` (HTTP GET), `tcp`, `grpc` or `exec`; none means tcp. Durations are in whole seconds. */
export interface ProbeSpec {
  readonly path?: string;
  readonly tcp?: true;
  readonly grpc?: true;
  readonly exec?: readonly string[];
  /** Absent: the first port's targetPort. */
  readonly port?: number;
  readonly initialDelay?: string;
  readonly period?: string;
  readonly timeout?: string;
  readonly failureThreshold?: number;
}

/** A version runs pods of ours (an image), pods of a template, or names a Service that exists. */
export interface VersionSpec extends WorkloadSpec {
  readonly service?: string;
  /** Whether the objects of the template keep their names; absent: they get the version as their end. */
  readonly keepNames?: true;
  /** How many times the pods were replaced in place on purpose; absent: never. */
  readonly replacement?: number;
}

export interface RouteSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly path?: string;
  readonly rewrite?: string;
  readonly timeout?: string;
  readonly retries?: {
    readonly attempts: number;
    readonly perTryTimeout?: string;
    readonly retryOn?: readonly string[];
  };
  readonly outlierDetection?: {
    readonly consecutiveErrors?: number;
    readonly interval?: string;
    readonly baseEjectionTime?: string;
    readonly maxEjectionPercent?: number;
  };
  readonly circuitBreaker?: {
    readonly maxConnections?: number;
    readonly maxPendingRequests?: number;
    readonly maxRequests?: number;
  };
  readonly loadBalancing?: 'round-robin' | 'random' | 'least-request' | { readonly hash: HashSpec };
}

/** Exactly one of the two. */
export interface HashSpec {
  readonly header?: string;
  readonly cookie?: string;
}

/** Percent by version, up to two decimals. */
export type PercentSpec = { readonly [version: string]: number };

export interface RuleSpec {
  readonly match: readonly MatchSpec[];
  readonly traffic: PercentSpec;
  readonly mirror?: PercentSpec;
  readonly fault?: FaultSpec;
}

export interface MatchSpec {
  readonly headers?: { readonly [name: string]: TextSpec };
  readonly cookies?: { readonly [name: string]: TextSpec };
  readonly query?: { readonly [name: string]: TextSpec };
  readonly path?: TextSpec;
  readonly method?: TextSpec;
  readonly grpc?: { readonly service: string; readonly method?: string };
}

/** A plain string is exact. A path `prefix` ends at a slash or at the end: `/api` takes /api and /api/x, never /apix. */
export type TextSpec =
  | string
  | { readonly exact: string }
  | { readonly prefix: string }
  | { readonly regex: string }
  | { readonly present: true };

export interface FaultSpec {
  readonly delay?: { readonly duration: string; readonly percent?: number };
  readonly abort?: { readonly status: number; readonly percent?: number };
}

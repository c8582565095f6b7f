import type { Path } from '../diagnostics/finding.ts';
import type { DefaultSet } from './default-sets.ts';
import type { ClusterFacts, PrometheusSpec } from './fleet.ts';
import type { Json, Labels } from './kubernetes.ts';
import type { TemplateWorkload } from './template.ts';
import type { Rule } from './traffic.ts';

/** What will happen, step by step, in no provider's words. */
export interface Plan {
  /** metadata.name of the Rollout: the name of the service that clients call. */
  readonly rollout: string;
  readonly namespace: string;
  /** metadata.labels of the Rollout, to select it by; absent: it has none. */
  readonly labels?: Labels;
  /** `default` where no environments are declared. */
  readonly environment: string;
  /** What is known of the cluster. */
  readonly cluster: ClusterFacts;
  /** Absent: none is known. */
  readonly prometheus?: PrometheusSpec;
  readonly provider: string;
  /** Settings under the provider's own key, as written; absent: `{}`. */
  readonly options: { readonly [key: string]: Json };
  readonly ports: readonly Port[];
  readonly route: Route;
  /** Every version of the tape, in natural order (v2 before v10). */
  readonly versions: readonly Version[];
  readonly states: readonly State[];
  readonly hops: readonly Hop[];
  /** Name of the state in which the cluster should stand. */
  readonly current: string;
}

/** A port of the service. `port` is what clients call, `targetPort` what the pods listen on. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: PortProtocol;
}

export type PortProtocol = 'http' | 'http2' | 'grpc' | 'tcp';

/** How requests reach the service and are treated, the same in every state. Durations in milliseconds. */
export interface Route {
  /** Host names in natural order; one without a dot is a Service of the namespace. Empty: every host that comes in. */
  readonly hosts: readonly string[];
  /** Who takes calls of the Service by its own name: this route, or one version beside it. */
  readonly ownName: 'route' | 'beside';
  /** `namespace/name` of gateways, or `mesh` for callers inside the mesh; empty: the provider's usual entrance. */
  readonly gateways: readonly string[];
  /** Ends with a slash and replaces the path of the route; absent: paths are forwarded as they came. */
  readonly rewrite?: string;
  /** Absent: no limit. */
  readonly timeout?: number;
  /** Absent: no retries, and the provider's own default is switched off. */
  readonly retries?: Retries;
  readonly outlierDetection?: OutlierDetection;
  readonly circuitBreaker?: CircuitBreaker;
  /** Within one version. Absent: the provider balances as it likes, because it cannot be told. */
  readonly loadBalancing?: LoadBalancing;
}

export interface Retries {
  readonly attempts: number;
  readonly perTryTimeout?: number;
  readonly retryOn: readonly string[];
}

/** Ejects a pod that answers `consecutiveErrors` times with 5xx; times in milliseconds. */
export interface OutlierDetection {
  readonly consecutiveErrors: number;
  readonly interval: number;
  readonly baseEjectionTime: number;
  readonly maxEjectionPercent: number;
}

export interface CircuitBreaker {
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
}

export type LoadBalancing =
  | { readonly kind: 'round-robin' | 'random' | 'least-request' }
  | { readonly kind: 'hash'; readonly by: 'header' | 'cookie'; readonly name: string };

/**
 * A version: pods of ours, pods that its team rendered, or a Service that somebody else keeps. `defaults` is what is written into the pods although no
 * Rollout says it, `replacement` how many times the pods were replaced in place on purpose.
 */
export type Version =
  | {
      readonly name: string;
      readonly kind: 'workload';
      readonly workload: Workload;
      readonly defaults: DefaultSet;
      readonly replacement: number;
      readonly origin: Path;
    }
  | {
      readonly name: string;
      readonly kind: 'template';
      readonly template: TemplateWorkload;
      readonly replacement: number;
      readonly origin: Path;
    }
  | { readonly name: string; readonly kind: 'service'; readonly service: string; readonly origin: Path };

/** A version that takes its pods from a template. */
export type TemplateVersion = Extract<Version, { kind: 'template' }>;

/** What runs in one pod of a version, every default filled in. */
export interface Workload {
  readonly image: string;
  /** Pods that carry 100 % of the traffic; with `autoscale` its `min`, because no more can be counted on. */
  readonly replicas: number;
  /** Absent: the number of pods is the state's. */
  readonly autoscale?: Autoscale;
  /** Absent: nothing is known of the load. */
  readonly capacity?: Capacity;
  /** Whether the Rollout wrote `replicas` itself. */
  readonly replicasWritten: boolean;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  /** Kubernetes quantities by resource name. */
  readonly resources: { readonly requests: Labels; readonly limits: Labels };
  readonly readiness: Probe;
  readonly liveness: Probe;
  readonly startup?: Probe;
  /** Absolute paths that the container may write to, each an emptyDir. */
  readonly writable: readonly string[];
  readonly runAsUser: number;
  /** Absent: the namespace's default account, whose token is not mounted either way. */
  readonly serviceAccount?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Seconds for which a pod that is to stop still answers, so that routes can forget it. */
  readonly drain: number;
  /** Seconds between the drain's start and the kill. */
  readonly terminationGracePeriod: number;
  /** Absent: no files. */
  readonly config?: Config;
}

/** Between how many pods an autoscaler chooses, and the percent of the requested CPU that it aims at. */
export interface Autoscale {
  readonly min: number;
  readonly max: number;
  readonly cpu: number;
}

/** What one pod carries and what the whole service gets at its peak, in requests per second; absent: unknown. */
export interface Capacity {
  readonly rpsPerPod?: number;
  readonly peakRps?: number;
}

/** Files of a version's own, read-only below `mountPath`. */
export interface Config {
  readonly mountPath: string;
  /** Text by file name. */
  readonly files: { readonly [name: string]: string };
  /** Short hash of the files: pods that carry another one run with other files. */
  readonly hash: string;
}

export type EnvVar =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly from: 'secret' | 'configMap'; readonly object: string; readonly key: string }
  | { readonly name: string; readonly from: 'field'; readonly path: string };

/** How the kubelet asks a container; times in seconds. */
export interface Probe {
  readonly ask:
    | { readonly kind: 'http'; readonly path: string; readonly port: number }
    | { readonly kind: 'tcp'; readonly port: number | string }
    | { readonly kind: 'grpc'; readonly port: number }
    | { readonly kind: 'exec'; readonly command: readonly string[] };
  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
}

export type StateKind = 'baseline' | 'provision' | 'scale' | 'lower' | 'step' | 'retire' | 'abort';

/** One complete place to stand: which versions run, with how many pods, and where requests go. */
export interface State {
  readonly name: string;
  readonly kind: StateKind;
  /** In the order in which they were provisioned. States with equal contents share this very list. */
  readonly running: readonly Running[];
  /** Tried in order, the last one matches what is left. States with equal rules share this very list. */
  readonly rules: readonly Rule[];
  /** The version that an abort from here sends all traffic to. */
  readonly stable: string;
  /**
   * Where each version has an object of its own: the version whose object says no weight and takes what the others leave. Absent: every weight
   * is written, or one object holds the split.
   */
  readonly rest?: string;
  /** Milliseconds to stay before the next hop; absent: until someone promotes. */
  readonly pause?: number;
  /** Where in the Rollout this state comes from. */
  readonly origin: Path;
}

export interface Running {
  readonly version: string;
  readonly replicas: number;
}

export type HopKind = 'provision' | 'scale' | 'shift' | 'retire' | 'abort' | 'resume';

/** A move between two states, doing one kind of thing. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly kind: HopKind;
  /** What must have been observed before this hop is taken. */
  readonly obligations: readonly Obligation[];
}

/** A fact about the cluster, as data: promotion demands that it be observed. */
export type Obligation =
  | { readonly kind: 'available'; readonly version: string; readonly replicas: number }
  | { readonly kind: 'reachable'; readonly version: string }
  | { readonly kind: 'idle'; readonly version: string }
  /** Every object of the state was applied, and none that it leaves out is left. */
  | { readonly kind: 'synced'; readonly state: string }
  | { readonly kind: 'paused'; readonly duration: number };

/** Versions that get requests or copies of them in a state. */
export const askedIn = ({ rules }: State): ReadonlySet<string> =>
  new Set(rules.flatMap(rule => [...rule.split, ...rule.mirror].filter(p => p.share > 0).map(p => p.version)));

/** Versions that run in a state and are missed when they are gone: those that are asked, and the one that an abort returns to. */
export function servingIn(state: State): readonly string[] {
  const asked = askedIn(state);
  return state.running.map(r => r.version).filter(version => asked.has(version) || version === state.stable);
}

/** The state of a plan with this name; a plan never refers to a state that it does not hold. */
export function stateOf(plan: Plan, name: string): State {
  const state = plan.states.find(s => s.name === name);
  if (state === undefined) throw new Error(`plan ${plan.rollout} has no state ${name}`);
  return state;
}

import type { Labels } from './kubernetes.ts';
import type { CircuitBreaker, EnvVar, LoadBalancing, OutlierDetection, PortProtocol, Retries } from './plan.ts';
import type { Fault, Match, Share } from './traffic.ts';

/**
 * What emitted objects say about traffic, read back by a provider's own reader.
 * Total: whatever subset or mixture of objects is read, what is missing is a value here.
 */
export interface Recovered {
  /** Sorted; names within the objects' own namespace are short (`reviews`). */
  readonly hosts: readonly string[];
  /** As the objects list them, sorted; empty where the provider's usual entrance is meant. */
  readonly gateways: readonly string[];
  readonly ports: readonly RecoveredPort[];
  /** Where calls of the Service by its own name go, past the rules. Absent: they meet the rules, or there is no such Service. */
  readonly beside?: readonly RecoveredPortion[];
  /** In the provider's real order of precedence. */
  readonly rules: readonly RecoveredRule[];
  /** Doors that lead to one version only: the version that the door's name promises, and where it really leads. */
  readonly addresses: readonly { readonly promised: string; readonly target: Target }[];
  /** By version. */
  readonly policies: { readonly [version: string]: RecoveredPolicy };
  /** What the reader found but cannot give a meaning to, in words. Empty in everything that we emit. */
  readonly problems: readonly string[];
}

/** Where requests end: pods of a version, or nowhere, with the reason. */
export type Target = { readonly version: string } | { readonly missing: string };

export interface RecoveredPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: PortProtocol;
}

export interface RecoveredPortion {
  readonly target: Target;
  readonly share: Share;
}

/** A rule as it really works: portions in natural order of their versions, none with a share of 0. */
export interface RecoveredRule {
  /** Empty: every request. In the order written. */
  readonly matches: readonly Match[];
  readonly split: readonly RecoveredPortion[];
  readonly mirror: readonly RecoveredPortion[];
  readonly fault?: Fault;
  /** Milliseconds; absent: none. */
  readonly timeout?: number;
  /** Absent: none, and the provider's default is off. */
  readonly retries?: Retries;
  readonly rewrite?: string;
}

/** How requests are spread and cut off within one version. */
export interface RecoveredPolicy {
  readonly loadBalancing?: LoadBalancing;
  readonly outlierDetection?: OutlierDetection;
  readonly circuitBreaker?: CircuitBreaker;
  /** Milliseconds, where the timeout belongs to the version rather than to the route. */
  readonly timeout?: number;
  /** Where the provider's own objects hold the pods: the directories that these show. Absent: none. */
  readonly mounts?: RecoveredMounts;
}

/** Directories that a container shows besides those of its image. */
export interface RecoveredMounts {
  /** Paths of empty directories that it may write to, in the order written. */
  readonly writable: readonly string[];
  /** Files of a ConfigMap, read-only. Absent: none. */
  readonly config?: { readonly configMap: string; readonly mountPath: string };
}

/** What the reader of workloads tells a provider's reader: the pods that objects describe. */
export interface Pods {
  readonly version: string;
  readonly replicas: number;
  readonly labels: { readonly [key: string]: string };
  /** Identity of the object that keeps them. */
  readonly keeper: string;
  /** Where it stands for a Service of somebody else's: the ports that it is said to have. Absent: nobody knows. */
  readonly ports?: readonly number[];
}

/** What emitted objects say about pods, read back from the objects alone. Total, as `Recovered` is. */
export interface RecoveredWorkloads {
  readonly deployments: readonly RecoveredDeployment[];
  readonly budgets: readonly RecoveredBudget[];
  readonly autoscalers: readonly RecoveredAutoscaler[];
  readonly configs: readonly RecoveredConfig[];
  /** What the reader found but cannot give a meaning to, in words. Empty in everything that we emit. */
  readonly problems: readonly string[];
}

/** A Deployment and the pods that it keeps. */
export interface RecoveredDeployment {
  readonly name: string;
  /** Absent: the object leaves it to an autoscaler. */
  readonly replicas?: number;
  /** Empty: every pod of the namespace. */
  readonly selector: Labels;
  /** Labels of the pods, the version's among them. */
  readonly labels: Labels;
  /** Annotations of the pods. */
  readonly annotations: Labels;
  /** Absent: the namespace's default account. */
  readonly serviceAccount?: string;
  readonly container: RecoveredContainer;
  /** Absent: none. */
  readonly mounts?: RecoveredMounts;
}

/** What the one container of a pod runs; an image that is missing is the empty text. */
export interface RecoveredContainer {
  readonly image: string;
  /** Absent: the image's own. */
  readonly command?: readonly string[];
  /** Absent: the image's own. */
  readonly args?: readonly string[];
  /** In the order written: a value may refer to those before it. */
  readonly env: readonly EnvVar[];
  /** Numbers of the ports, in the order written. */
  readonly ports: readonly number[];
}

/** A PodDisruptionBudget; an empty selector means every pod of the namespace. */
export interface RecoveredBudget {
  readonly name: string;
  readonly selector: Labels;
}

/** A HorizontalPodAutoscaler that goes by CPU alone; a part that is missing is the empty text or 0. */
export interface RecoveredAutoscaler {
  readonly name: string;
  /** Group, kind and name of what it scales: `apps/Deployment/reviews-v1`. */
  readonly target: string;
  readonly min: number;
  readonly max: number;
  /** Percent of the requested CPU, on average over the pods. */
  readonly cpu: number;
}

/** A ConfigMap: text by key. */
export interface RecoveredConfig {
  readonly name: string;
  readonly data: Labels;
}

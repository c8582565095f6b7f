import type { Json } from './kubernetes.ts';

type JsonObject = { readonly [key: string]: Json };

/** How a probe asks where the Rollout does not say; times in seconds. */
export interface ProbeTimes {
  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
}

/** What is meant where a Rollout says nothing about the pods of a version. */
export interface WorkloadDefaults {
  readonly replicas: number;
  readonly resources: {
    readonly requests: { readonly [resource: string]: string };
    readonly limits: { readonly [resource: string]: string };
  };
  readonly readiness: ProbeTimes;
  readonly liveness: ProbeTimes;
  readonly startup: ProbeTimes;
  readonly writable: readonly string[];
  readonly runAsUser: number;
  readonly drain: string;
  readonly terminationGracePeriod: string;
  readonly config: { readonly mountPath: string };
}

/**
 * Everything that is written into the pods of a version although no Rollout says it. A released set never changes:
 * a version keeps the set that it began with for as long as it is on the tape, so that an upgrade replaces no pods.
 */
export interface DefaultSet {
  /** Counts from 1; plan.json remembers it for each version. */
  readonly number: number;
  readonly workload: WorkloadDefaults;
  /** The pods of the base Deployment; absent: those that the build makes today. */
  readonly base?: JsonObject;
  /** Fields of a Deployment. */
  readonly minReadySeconds: number;
  readonly revisionHistoryLimit: number;
  /** Seconds beyond those of the startup probe until a rollout that does not come up is called failed. */
  readonly progressDeadline: number;
  /** How many pods of a Deployment, in percent of its replicas, are replaced at a time; none is missing meanwhile. */
  readonly surgePercent: number;
  /** Fields of every pod, whoever keeps it. */
  readonly pod: JsonObject;
  /** Pods of a Deployment: besides these, the user id that the version runs as. */
  readonly seccomp: string;
  /** Keys of node labels over which the pods are spread, the nearest first. */
  readonly spread: readonly string[];
  readonly imagePullPolicy: string;
  /** The container, whoever keeps its pod: the restricted Pod Security Standard. */
  readonly security: JsonObject;
}

const FIRST: DefaultSet = {
  number: 1,
  workload: {
    replicas: 2,
    resources: {
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '256Mi' },
    },
    readiness: { initialDelay: 0, period: 5, timeout: 2, failureThreshold: 3 },
    liveness: { initialDelay: 10, period: 10, timeout: 2, failureThreshold: 6 },
    startup: { initialDelay: 0, period: 5, timeout: 2, failureThreshold: 24 },
    writable: ['/tmp'],
    runAsUser: 10_001,
    drain: '15s',
    terminationGracePeriod: '30s',
    config: { mountPath: '/config' },
  },
  minReadySeconds: 5,
  revisionHistoryLimit: 2,
  progressDeadline: 120,
  surgePercent: 25,
  pod: { automountServiceAccountToken: false, enableServiceLinks: false },
  seccomp: 'RuntimeDefault',
  spread: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
  imagePullPolicy: 'Always',
  security: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** Every set that was ever released, the oldest first: the n-th has the number n. */
export const DEFAULT_SETS: readonly DefaultSet[] = [FIRST];

/** The set that a new version begins with. */
export const newestOf = (sets: readonly DefaultSet[]): DefaultSet => sets[sets.length - 1]!;

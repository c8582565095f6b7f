import { baseDeployment } from '../generated/base-deployment.js';
import { containerFacts, podAnnotations, podVolumes, probeFacts } from '../model/container.ts';
import type { DefaultSet } from '../model/default-sets.ts';
import type { Json, KubeObject, Labels } from '../model/kubernetes.ts';
import { versionLabels, versionName, versionSelector } from '../model/labels.ts';
import type { Plan, Probe, Version, Workload } from '../model/plan.ts';

/** Seconds until a rollout that does not come up is called failed: an abort must not wait behind it (default 600). */
const progressDeadline = ({ startup }: Workload, defaults: DefaultSet): number =>
  defaults.progressDeadline +
  (startup === undefined ? 0 : startup.initialDelay + startup.period * startup.failureThreshold);

type WorkloadVersion = Extract<Version, { kind: 'workload' }>;
type Pods = Pick<WorkloadVersion, 'workload' | 'defaults'>;

/** The Deployment of one version: our hardened base with the version's own facts. */
export function deployment(plan: Plan, { name, workload, defaults }: WorkloadVersion, replicas: number): KubeObject {
  const selector = versionSelector(plan, name);
  const annotations = podAnnotations(workload);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: versionName(plan, name), namespace: plan.namespace, labels: versionLabels(plan, name) },
    spec: {
      ...(workload.autoscale === undefined ? { replicas } : {}),
      minReadySeconds: defaults.minReadySeconds,
      progressDeadlineSeconds: progressDeadline(workload, defaults),
      revisionHistoryLimit: defaults.revisionHistoryLimit,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: `${defaults.surgePercent}%`, maxUnavailable: 0 } },
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: { ...versionLabels(plan, name), ...workload.labels },
          ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
        },
        spec: { ...podSpec(plan, { workload, defaults }, selector), ...podVolumes(workload, versionName(plan, name)) },
      },
    },
  };
}

function podSpec(plan: Plan, version: Pods, selector: Labels): { readonly [key: string]: Json } {
  const { workload, defaults } = version;
  const base = defaults.base ?? baseDeployment.spec.template.spec;
  return {
    ...base,
    ...defaults.pod,
    ...(workload.serviceAccount === undefined ? {} : { serviceAccountName: workload.serviceAccount }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: workload.runAsUser,
      runAsGroup: workload.runAsUser,
      fsGroup: workload.runAsUser,
      seccompProfile: { type: defaults.seccomp },
    },
    terminationGracePeriodSeconds: workload.terminationGracePeriod,
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [apart(selector)] } },
    topologySpreadConstraints: defaults.spread.map(key => spread(key, selector)),
    containers: [container(plan, version)],
  };
}

/** Beside the spread, which counts pods per node: a second pod on a node is the scheduler's last choice. */
const apart = (selector: Labels): Json => ({
  weight: 100,
  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selector } },
});

const spread = (topologyKey: string, selector: Labels): Json => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector },
});

function container(plan: Plan, { workload, defaults }: Pods): Json {
  const { name: _, ...hardened } = baseDeployment.spec.template.spec.containers[0];
  return {
    name: plan.rollout,
    ...containerFacts(workload),
    ...hardened,
    imagePullPolicy: defaults.imagePullPolicy,
    ports: containerPorts(plan),
    securityContext: { ...defaults.security, privileged: false },
    readinessProbe: probeFacts(byPortName(plan, workload.readiness)),
    livenessProbe: probeFacts(workload.liveness),
    ...(workload.startup === undefined ? {} : { startupProbe: probeFacts(workload.startup) }),
    ...(workload.drain === 0 ? {} : { lifecycle: { preStop: { sleep: { seconds: workload.drain } } } }),
  };
}

/** Readiness is asked of the port that the Service calls, by its name; liveness is asked of the container itself. */
function byPortName(plan: Plan, probe: Probe): Probe {
  const { ask } = probe;
  const port = ask.kind === 'tcp' ? plan.ports.find(p => p.targetPort === ask.port) : undefined;
  return port === undefined ? probe : { ...probe, ask: { kind: 'tcp', port: port.name } };
}

/** Each number once, under the name of the first port that leads to it: the API keys the list by number. */
const containerPorts = ({ ports }: Plan): Json =>
  ports
    .filter((port, index) => ports.findIndex(other => other.targetPort === port.targetPort) === index)
    .map(port => ({ name: port.name, containerPort: port.targetPort, protocol: 'TCP' }));

import { baseDeployment } from '../generated/base-deployment.js';
import { CONFIG_VOLUME, configVolume, podAnnotations } from '../model/container.ts';
import type { DefaultSet } from '../model/default-sets.ts';
import type { Json, KubeObject, Labels } from '../model/kubernetes.ts';
import { versionLabels, versionName, versionSelector } from '../model/labels.ts';
import type { Plan, Probe, Version, Workload } from '../model/plan.ts';
import { type JsonObject, listIn, mapIn } from '../model/template.ts';
import { patched } from './patch.ts';

/** Seconds until a rollout that does not come up is called failed: an abort must not wait behind it (default 600). */
const progressDeadline = ({ startup }: Workload, defaults: DefaultSet): number =>
  defaults.progressDeadline +
  (startup === undefined ? 0 : startup.initialDelay + startup.period * startup.failureThreshold);

type WorkloadVersion = Extract<Version, { kind: 'workload' }>;

/** The Deployment of one version: our hardened base, and over it what the Rollout and the defaults say. */
export function deployment(plan: Plan, version: WorkloadVersion, replicas: number): KubeObject {
  const { name, workload, defaults } = version;
  const selector = versionSelector(plan, name);
  const patch = {
    ...workload,
    annotations: podAnnotations(workload),
    readiness: byPortName(plan, workload.readiness),
  };
  const template = patched(baseTemplate(plan, version), plan.rollout, patch);
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
      template: inOrder(withConfig(template, workload, versionName(plan, name))),
    },
  };
}

/** The pods of a version before anything that a Rollout sets. */
function baseTemplate(plan: Plan, { name, defaults }: WorkloadVersion): JsonObject {
  const selector = versionSelector(plan, name);
  return {
    metadata: { labels: versionLabels(plan, name) },
    spec: {
      ...(defaults.base ?? baseDeployment.spec.template.spec),
      ...defaults.pod,
      containers: [baseContainer(plan, defaults)],
      securityContext: { runAsNonRoot: true, seccompProfile: { type: defaults.seccomp } },
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [apart(selector)] } },
      topologySpreadConstraints: defaults.spread.map(key => spread(key, selector)),
    },
  };
}

const ORDER = {
  pod: [
    ...['containers', 'enableServiceLinks', 'serviceAccountName', 'terminationGracePeriodSeconds'],
    ...['affinity', 'topologySpreadConstraints', 'volumes'],
  ],
  security: ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup', 'seccompProfile'],
  container: [
    ...['name', 'image', 'command', 'args', 'env', 'resources', 'volumeMounts', 'imagePullPolicy', 'securityContext'],
    ...['ports', 'readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle'],
  ],
};

/** The template with its keys in the order in which they are always written, however they came to be. */
function inOrder(template: JsonObject): JsonObject {
  const pod = mapIn(template['spec']);
  const sorted = {
    ...pod,
    securityContext: ordered(mapIn(pod['securityContext']), ORDER.security),
    containers: listIn(pod['containers']).map(container => ordered(mapIn(container), ORDER.container)),
  };
  return { ...template, spec: ordered(sorted, ORDER.pod) };
}

/** A map whose listed keys stand in the order of the list, behind all others. */
function ordered(map: JsonObject, keys: readonly string[]): JsonObject {
  const others = Object.entries(map).filter(([key]) => !keys.includes(key));
  return Object.fromEntries([...others, ...keys.flatMap(key => (map[key] === undefined ? [] : [[key, map[key]]]))]);
}

/** The files of a version, read-only in its main container. */
function withConfig(template: JsonObject, { config }: Workload, configMap: string): JsonObject {
  if (config === undefined) return template;
  const pod = mapIn(template['spec']);
  const containers = listIn(pod['containers']).map(one => {
    const container = mapIn(one);
    const mount = { name: CONFIG_VOLUME, mountPath: config.mountPath, readOnly: true };
    return { ...container, volumeMounts: [...listIn(container['volumeMounts']), mount] };
  });
  const volumes = [...listIn(pod['volumes']), configVolume(configMap)];
  return { ...template, spec: { ...pod, containers, volumes } };
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

function baseContainer(plan: Plan, defaults: DefaultSet): JsonObject {
  const { name: _, ...hardened } = baseDeployment.spec.template.spec.containers[0];
  return {
    ...hardened,
    name: plan.rollout,
    imagePullPolicy: defaults.imagePullPolicy,
    ports: containerPorts(plan),
    securityContext: { ...defaults.security, privileged: false },
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

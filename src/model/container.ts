import type { Json, Labels } from './kubernetes.ts';
import { CONFIG_ANNOTATION } from './labels.ts';
import type { EnvVar, Probe, Workload } from './plan.ts';

type JsonObject = { readonly [key: string]: Json };

/** The parts of a container that a Rollout sets, in the words of the Kubernetes API; ports and lifecycle left to the keeper. */
export function containerFacts(workload: Workload): JsonObject {
  return {
    image: workload.image,
    ...(workload.command === undefined ? {} : { command: workload.command }),
    ...(workload.args === undefined ? {} : { args: workload.args }),
    ...(workload.env.length === 0 ? {} : { env: workload.env.map(envVar) }),
    resources: { requests: workload.resources.requests, limits: workload.resources.limits },
    ...listed('volumeMounts', [
      ...workload.writable.map((path, i) => ({ name: volumeName(i), mountPath: path })),
      ...(workload.config === undefined
        ? []
        : [{ name: CONFIG_VOLUME, mountPath: workload.config.mountPath, readOnly: true }]),
    ]),
  };
}

/** One empty directory per writable path, gone with the pod, and the config files out of this ConfigMap. */
export const podVolumes = (workload: Workload, configMap: string): JsonObject =>
  listed('volumes', [
    ...workload.writable.map((_, i) => ({ name: volumeName(i), emptyDir: {} })),
    ...(workload.config === undefined ? [] : [configVolume(configMap)]),
  ]);

/** The files of a ConfigMap; 420 is 0644, the server's default, which would show as drift. */
export const configVolume = (configMap: string): JsonObject => ({
  name: CONFIG_VOLUME,
  configMap: { name: configMap, defaultMode: 420 },
});

/** Annotations of the pods: the author's, and the hash of the config files. */
export const podAnnotations = ({ annotations, config }: Workload): Labels =>
  config === undefined ? annotations : { ...annotations, [CONFIG_ANNOTATION]: config.hash };

/** Name of the volume that holds the files of a version. */
export const CONFIG_VOLUME = 'surefoot-config';
const volumeName = (index: number): string => `writable-${index + 1}`;
const listed = (key: string, items: readonly Json[]): JsonObject => (items.length === 0 ? {} : { [key]: items });

/** A variable in the words of the Kubernetes API. */
export function envVar(variable: EnvVar): JsonObject {
  const { name } = variable;
  if ('value' in variable) return { name, value: variable.value };
  if (variable.from === 'field') return { name, valueFrom: { fieldRef: { fieldPath: variable.path } } };
  const reference = { name: variable.object, key: variable.key };
  return { name, valueFrom: variable.from === 'secret' ? { secretKeyRef: reference } : { configMapKeyRef: reference } };
}

/** A probe in the words of the Kubernetes API. */
export function probeFacts(probe: Probe): JsonObject {
  return {
    ...ask(probe.ask),
    initialDelaySeconds: probe.initialDelay,
    periodSeconds: probe.period,
    timeoutSeconds: probe.timeout,
    failureThreshold: probe.failureThreshold,
  };
}

function ask(how: Probe['ask']): JsonObject {
  switch (how.kind) {
    case 'http':
      return { httpGet: { path: how.path, port: how.port, scheme: 'HTTP' } };
    case 'tcp':
      return { tcpSocket: { port: how.port } };
    case 'grpc':
      return { grpc: { port: how.port } };
    case 'exec':
      return { exec: { command: how.command } };
    default:
      return how satisfies never;
  }
}

import { envVar, probeFacts } from '../model/container.ts';
import type { Json } from '../model/kubernetes.ts';
import type { EnvVar } from '../model/plan.ts';
import { type JsonObject, listIn, mapIn, type Patch } from '../model/template.ts';

/**
 * A pod template with what a Rollout says written over it: over its main container, and over the pod itself. Keys that
 * the patch does not name stay; maps are merged key by key, variables by name, lists of words are replaced.
 */
export function patched(template: JsonObject, main: string, patch: Patch): JsonObject {
  const metadata = mapIn(template['metadata']);
  const marks = (key: 'labels' | 'annotations'): JsonObject => {
    const all = { ...mapIn(metadata[key]), ...patch[key] };
    return Object.keys(all).length === 0 ? {} : { [key]: all };
  };
  return {
    ...template,
    metadata: { ...metadata, ...marks('labels'), ...marks('annotations') },
    spec: patchedPod(mapIn(template['spec']), main, patch),
  };
}

function patchedPod(pod: JsonObject, main: string, patch: Patch): JsonObject {
  const { runAsUser: user, serviceAccount, terminationGracePeriod, writable = [] } = patch;
  const volumes = listIn(pod['volumes']);
  const names = volumeNames(writable.length, volumes);
  const containers = listIn(pod['containers']).map(container =>
    mapIn(container)['name'] === main ? patchedContainer(mapIn(container), names, patch) : container,
  );
  const { serviceAccount: old, ...rest } = pod;
  return {
    // The old spelling would contradict the new one: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
    ...(serviceAccount === undefined || old === undefined ? pod : rest),
    containers,
    ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    ...(user === undefined
      ? {}
      : { securityContext: { ...mapIn(pod['securityContext']), runAsUser: user, runAsGroup: user, fsGroup: user } }),
    ...(terminationGracePeriod === undefined ? {} : { terminationGracePeriodSeconds: terminationGracePeriod }),
    ...(names.length === 0 ? {} : { volumes: [...volumes, ...names.map(name => ({ name, emptyDir: {} }))] }),
  };
}

/** Names for so many new volumes that no volume has yet. */
function volumeNames(count: number, volumes: readonly Json[]): readonly string[] {
  const taken = new Set(volumes.map(volume => mapIn(volume)['name']));
  const free = Array.from({ length: count + taken.size }, (_, index) => `writable-${index + 1}`);
  return free.filter(name => !taken.has(name)).slice(0, count);
}

function patchedContainer(container: JsonObject, volumes: readonly string[], patch: Patch): JsonObject {
  const { env = [], writable = [] } = patch;
  const mounts = writable.map((mountPath, index) => ({ name: volumes[index]!, mountPath }));
  const { lifecycle: _, ...bare } = container;
  const lifecycle = withDrain(mapIn(container['lifecycle']), patch.drain);
  return {
    ...bare,
    ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
    ...present({ image: patch.image, command: patch.command, args: patch.args }),
    ...(env.length === 0 ? {} : { env: mergedEnv(listIn(container['env']), env) }),
    ...(patch.resources === undefined
      ? {}
      : { resources: mergedResources(mapIn(container['resources']), patch.resources) }),
    ...(mounts.length === 0 ? {} : { volumeMounts: [...listIn(container['volumeMounts']), ...mounts] }),
    ...present({
      readinessProbe: patch.readiness && probeFacts(patch.readiness),
      livenessProbe: patch.liveness && probeFacts(patch.liveness),
      startupProbe: patch.startup && probeFacts(patch.startup),
      securityContext: withUser(container['securityContext'], patch.runAsUser),
    }),
  };
}

const present = (fields: { readonly [key: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

/** Variables of the same name are replaced where they stand; new ones follow, because they may refer to those before. */
function mergedEnv(own: readonly Json[], written: readonly EnvVar[]): readonly Json[] {
  const byName = new Map(written.map(variable => [variable.name, envVar(variable)]));
  const names = new Set(own.map(variable => String(mapIn(variable)['name'])));
  return [
    ...own.map(variable => byName.get(String(mapIn(variable)['name'])) ?? variable),
    ...written.filter(variable => !names.has(variable.name)).map(envVar),
  ];
}

function mergedResources(own: JsonObject, { requests, limits }: NonNullable<Patch['resources']>): JsonObject {
  const merged = (key: string, amounts: JsonObject): JsonObject => {
    const all = { ...mapIn(own[key]), ...amounts };
    return Object.keys(all).length === 0 ? {} : { [key]: all };
  };
  return { ...own, ...merged('requests', requests), ...merged('limits', limits) };
}

/** A drain is the kubelet's own sleep before the stop; none means that nothing comes before it. */
function withDrain(lifecycle: JsonObject, drain: number | undefined): JsonObject {
  if (drain === undefined) return lifecycle;
  const { preStop: _, ...rest } = lifecycle;
  return drain === 0 ? rest : { ...rest, preStop: { sleep: { seconds: drain } } };
}

/** The user of a container outranks that of its pod, so one that is written there follows. */
function withUser(context: Json | undefined, user: number | undefined): JsonObject | undefined {
  const own = mapIn(context);
  const kept = ['runAsUser', 'runAsGroup'].filter(key => own[key] !== undefined);
  if (user === undefined || kept.length === 0) return undefined;
  return { ...own, ...Object.fromEntries(kept.map(key => [key, user])) };
}

import type { Json, KubeObject, Labels } from '../model/kubernetes.ts';
import { kubeIdentity } from '../model/kubernetes.ts';
import { VERSION_LABEL } from '../model/labels.ts';
import { type Keeper, type Links, NO_LINKS, type Scaler } from '../model/links.ts';
import { podNeeds } from '../model/pod-needs.ts';
import { groupKind, listIn, mapIn, type WrittenObject } from '../model/template.ts';

/** What an object says about pods: which ones it keeps, what they need to start, how many an autoscaler wants at least. Never throws. */
export function workloadLinks(object: KubeObject): Links {
  switch (groupKind(object as unknown as WrittenObject)) {
    case 'apps/Deployment':
      return { doors: [], keeps: keeperOf(object) };
    case 'autoscaling/HorizontalPodAutoscaler':
      return { doors: [], scales: scalerOf(object) };
    default:
      return NO_LINKS;
  }
}

function keeperOf(object: KubeObject): Keeper {
  const { replicas, template } = mapIn(object['spec']);
  const { namespace } = object.metadata;
  let mounts: readonly string[] | undefined;
  let ports: readonly number[] | undefined;
  const labels = textsIn(mapIn(mapIn(template)['metadata'])['labels']);
  return {
    namespace,
    version: labels[VERSION_LABEL] ?? '',
    labels,
    ...(typeof replicas === 'number' ? { replicas } : {}),
    // Most pods are never asked what they mount.
    get mounts() {
      mounts ??= podNeeds(template, namespace);
      return mounts;
    },
    get ports() {
      ports ??= portsIn(template);
      return ports;
    },
  };
}

const portsIn = (template: Json | undefined): readonly number[] =>
  listIn(mapIn(mapIn(template)['spec'])['containers'])
    .flatMap(container => listIn(mapIn(container)['ports']))
    .flatMap(port => mapIn(port)['containerPort'] ?? [])
    .filter(port => typeof port === 'number');

/** One pod is what the API keeps where nobody says how many. */
function scalerOf(object: KubeObject): Scaler {
  const { scaleTargetRef, minReplicas } = mapIn(object['spec']);
  const { apiVersion, kind, name } = mapIn(scaleTargetRef);
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : '';
  return {
    keeper: kubeIdentity(group, String(kind), object.metadata.namespace, String(name)),
    min: typeof minReplicas === 'number' ? minReplicas : 1,
  };
}

const textsIn = (tree: Json | undefined): Labels =>
  Object.fromEntries(
    Object.entries(mapIn(tree)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );

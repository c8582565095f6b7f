import { groupKind, type WrittenObject } from '../model/template.ts';

/** Why a kind is no part of a template, and what to do instead. */
export interface RefusedKind {
  readonly why: string;
  readonly instead: string;
}

const IDENTITY: RefusedKind = {
  why: 'The names of its pods, their order and their volumes are its identity; a second version beside it would be a second data set.',
  instead: 'Keep it where it is, behind a Service of its own, and let the version name that: service: <name>.',
};
const NODES: RefusedKind = {
  why: 'It runs one pod on each node, so the number of its pods says nothing about traffic.',
  instead: 'Keep it where it is; if it serves requests, let the version name its Service: service: <name>.',
};
const RUNS_ONCE: RefusedKind = {
  why: 'It runs to its end and serves no requests, and each version and state would start it again.',
  instead: 'Run it elsewhere. helm template --no-hooks --skip-tests leaves out hooks and tests.',
};
const BARE_PODS: RefusedKind = {
  why: 'Pods without a Deployment are not replaced when they die or their version changes.',
  instead: 'Render a Deployment. helm template --no-hooks --skip-tests leaves out test pods.',
};
const CONTROLLER: RefusedKind = {
  why: 'A controller in the cluster would move traffic and pods by its own steps, against those that are in git.',
  instead: 'Render a plain Deployment with the same pod template, and write the steps in the Rollout.',
};
const ROUTING: RefusedKind = {
  why: 'Where requests go is compiled from the route and the steps of the Rollout; a second object would route against them.',
  instead: 'Take it out of the template, and say under spec.route and spec.ports what it said.',
};
const CLUSTER: RefusedKind = {
  why: 'It belongs to the whole cluster and not to a namespace, and every Rollout and version would write it.',
  instead: 'Keep it where the cluster itself is set up, and take it out of the template.',
};
const OLD_DEPLOYMENT: RefusedKind = {
  why: 'Kubernetes knows this version of the API no longer (since 1.16).',
  instead: 'Write apiVersion: apps/v1.',
};

const BY_KIND: { readonly [groupKind: string]: RefusedKind } = {
  'apps/StatefulSet': IDENTITY,
  'apps/DaemonSet': NODES,
  'apps/ReplicaSet': BARE_PODS,
  '/ReplicationController': BARE_PODS,
  '/Pod': BARE_PODS,
  'batch/Job': RUNS_ONCE,
  'batch/CronJob': RUNS_ONCE,
  'argoproj.io/Rollout': CONTROLLER,
  'flagger.app/Canary': CONTROLLER,
  'extensions/Deployment': OLD_DEPLOYMENT,
  '/Service': ROUTING,
  '/Endpoints': ROUTING,
  'extensions/Ingress': ROUTING,
  'networking.k8s.io/Ingress': ROUTING,
  '/Namespace': CLUSTER,
  '/Node': CLUSTER,
  '/PersistentVolume': CLUSTER,
  'networking.k8s.io/IngressClass': CLUSTER,
};

const ROUTING_GROUPS = new Set([
  ...['networking.istio.io', 'gateway.networking.k8s.io', 'discovery.k8s.io', 'serving.knative.dev'],
  ...['getambassador.io', 'gateway.solo.io', 'gloo.solo.io', 'split.smi-spec.io', 'specs.smi-spec.io'],
  ...['traefik.io', 'traefik.containo.us', 'projectcontour.io', 'appmesh.k8s.aws', 'linkerd.io'],
]);
/** Kinds of a routing group that say nothing about where requests go. */
const NOT_ROUTING = new Set(['networking.istio.io/EnvoyFilter', 'networking.istio.io/Sidecar']);

const CLUSTER_GROUPS = new Set([
  ...['apiextensions.k8s.io', 'apiregistration.k8s.io', 'admissionregistration.k8s.io', 'storage.k8s.io'],
  ...['scheduling.k8s.io', 'node.k8s.io', 'certificates.k8s.io', 'flowcontrol.apiserver.k8s.io'],
]);

/** Why an object may not be part of a template; undefined where it may. */
export function refusalOfKind(object: WrittenObject): RefusedKind | undefined {
  const kind = groupKind(object);
  const known = Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind] : undefined;
  if (known !== undefined) return known;
  if (kind === 'apps/Deployment' && object.apiVersion !== 'apps/v1') return OLD_DEPLOYMENT;
  const group = kind.slice(0, kind.indexOf('/'));
  if (ROUTING_GROUPS.has(group) && !NOT_ROUTING.has(kind)) return ROUTING;
  if (CLUSTER_GROUPS.has(group) || /^Cluster[A-Z]/.test(object.kind)) return CLUSTER;
  return undefined;
}

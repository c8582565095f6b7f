import { quote } from '../diagnostics/wording.ts';
import type { KubeObject } from './kubernetes.ts';
import { identityOf } from './kubernetes.ts';
import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, isMap, mapOf, objectSpot, show, strange } from './reading.ts';

/** An object whose head makes sense; what it says about traffic is in `spec`. */
export interface Head {
  readonly identity: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Fields;
  readonly annotations: Fields;
  readonly spec: Tree;
  readonly spot: Spot;
}

/** What a reader takes for its own: versions of the API that mean the same, and labels that it reads itself. */
export interface Dialect {
  readonly apiVersions: readonly string[];
  readonly labels?: ReadonlySet<string>;
}

/** Group and kind of an object, such as `networking.istio.io/VirtualService` or `/Service`; undefined where it has none. */
export function kindOf(object: KubeObject): string | undefined {
  const fields: Tree = object;
  if (!isMap(fields)) return undefined;
  const { apiVersion, kind } = fields;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}

const OBJECT = new Set(['apiVersion', 'kind', 'metadata', 'spec']);
const METADATA = new Set(['name', 'namespace', 'labels', 'annotations']);

/** Reads everything around `spec`; undefined, with a problem, where the object cannot be named. */
export function headOf(object: KubeObject, problems: string[], dialect: Dialect): Head | undefined {
  const metadata: Tree = object.metadata;
  if (!isMap(metadata) || typeof metadata.name !== 'string' || typeof metadata.namespace !== 'string') {
    problems.push(`${object.kind}: metadata does not name the object and its namespace.`);
    return undefined;
  }
  const spot = objectSpot(`${object.kind} ${metadata.name}`, problems);
  fieldsOf(spot, object, OBJECT);
  const known = fieldsOf(into(spot, ' metadata'), metadata, METADATA);
  if (!dialect.apiVersions.includes(object.apiVersion))
    strange(spot, `apiVersion ${show(object.apiVersion)} is unknown`);
  const labels = mapOf(into(spot, ' metadata.labels'), known.labels);
  const annotations = mapOf(into(spot, ' metadata.annotations'), known.annotations);
  for (const marks of [labels, annotations]) refuseOrders(spot, marks, dialect.labels);
  const { name, namespace } = metadata;
  return { identity: identityOf(object), name, namespace, labels, annotations, spec: object.spec, spot };
}

/** Labels and annotations of these domains are orders to whoever routes: https://istio.io/latest/docs/reference/config/annotations/ */
const ORDERS = new RegExp(
  `(?:^|\\.)(?:${[
    ...['istio.io', 'knative.dev', 'service.kubernetes.io', 'service.beta.kubernetes.io', 'ingress.kubernetes.io'],
    ...['getambassador.io', 'solo.io', 'projectcontour.io', 'kuma.io', 'consul.hashicorp.com', 'router.openshift.io'],
    ...['retry.linkerd.io', 'timeout.linkerd.io', 'balancer.linkerd.io'],
    ...['traefik.io', 'traefik.ingress.kubernetes.io', 'apisix.apache.org'],
  ]
    .map(domain => domain.replaceAll('.', '\\.'))
    .join('|')})/|^kubernetes\\.io/ingress\\.`,
);

function refuseOrders(spot: Spot, marks: Fields, known: ReadonlySet<string> | undefined): void {
  for (const key in marks) {
    if (ORDERS.test(key) && !known?.has(key)) strange(spot, `metadata holds ${quote(key)}, an order that is not read`);
  }
}

/** Kinds of the core group that carry no requests. */
const SILENT = new Set([
  '/ConfigMap',
  '/Secret',
  '/ServiceAccount',
  '/PersistentVolumeClaim',
  '/Pod',
  '/Namespace',
  '/ResourceQuota',
  '/LimitRange',
]);

const ROUTING = new Set([
  'networking.istio.io',
  'serving.knative.dev',
  'networking.internal.knative.dev',
  'gateway.networking.k8s.io',
  'networking.k8s.io',
  'discovery.k8s.io',
  'split.smi-spec.io',
  'getambassador.io',
  'gateway.solo.io',
  'gloo.solo.io',
  'traefik.io',
  'consul.hashicorp.com',
  'route.openshift.io',
  'projectcontour.io',
  'kuma.io',
  'linkerd.io',
  'policy.linkerd.io',
  'apisix.apache.org',
]);

/** Says so where an object that a provider does not read takes part in routing all the same. */
export function noteStray(object: KubeObject, kind: string | undefined, problems: string[]): void {
  if (kind === undefined) return void problems.push('An object has no apiVersion and kind.');
  const group = kind.slice(0, kind.indexOf('/'));
  if (group === '' ? SILENT.has(kind) : !ROUTING.has(group) || kind === 'networking.k8s.io/NetworkPolicy') return;
  const metadata: Tree = object.metadata;
  const name = isMap(metadata) ? show(metadata.name) : 'without a name';
  problems.push(`${kind.slice(kind.indexOf('/') + 1)} ${name}: objects of the kind ${kind} are not read here.`);
}

/** Objects by a key of their own; a second one with the same key is written down and left out. */
export function keepFirst<T extends { readonly spot: Spot }>(map: Map<string, T>, key: string, item: T): void {
  if (map.has(key)) strange(item.spot, `there is a second one for ${key}`);
  else map.set(key, item);
}

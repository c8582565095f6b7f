import type { Path } from '../diagnostics/finding.ts';
import type { Json } from '../model/kubernetes.ts';
import { groupKind, type JsonObject, mapIn, type WrittenObject } from '../model/template.ts';
import { PATTERNS } from './schema/patterns.ts';

/** An object with its place in the file, not yet known to be one. */
export interface Placed {
  readonly value: unknown;
  readonly path: Path;
}

const API_VERSION = new RegExp(`^(?:${PATTERNS.subdomain.source.slice(1, -1)}/)?v[0-9][a-z0-9]*$`);
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const NAME = new RegExp(PATTERNS.subdomain.source);
const NAMESPACE = new RegExp(PATTERNS.label.source);

/** Objects of a document: those of a List one by one, as `kubectl get -o yaml` writes them. */
export function unrolled({ value, path }: Placed): readonly Placed[] {
  const { kind, apiVersion, items } = mapIn(value as Json);
  if (kind !== 'List' || apiVersion !== 'v1' || !Array.isArray(items)) return [{ value, path }];
  return items.map((item, index) => ({ value: item, path: [...path, 'items', index] }));
}

/** Why a value is no namespaced object that can be written to a file, and below which key; undefined where it is one. */
export function objectProblem(value: unknown): { readonly problem: string; readonly below: Path } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'it is not a map of keys and values', below: [] };
  const { apiVersion, kind, metadata } = value as JsonObject;
  const { name, namespace, labels, annotations } = mapIn(metadata);
  if (!isLike(apiVersion, API_VERSION))
    return { problem: 'it has no apiVersion such as v1 or apps/v1', below: ['apiVersion'] };
  if (!isLike(kind, KIND)) return { problem: 'it has no kind such as Deployment', below: ['kind'] };
  if (!isLike(name, NAME) || name.length > 253)
    return { problem: `metadata.name is not written with ${PATTERNS.subdomain.words}`, below: ['metadata', 'name'] };
  if (namespace !== undefined && !(isLike(namespace, NAMESPACE) && namespace.length <= 63))
    return { problem: 'metadata.namespace is no name of a namespace', below: ['metadata', 'namespace'] };
  for (const [key, marks] of Object.entries({ labels, annotations })) {
    const isTexts = isMap(marks ?? {}) && Object.values(mapIn(marks)).every(text => typeof text === 'string');
    if (!isTexts) return { problem: `metadata.${key} is not a map of texts`, below: ['metadata', key] };
  }
  return undefined;
}

const isMap = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isLike = (value: Json | undefined, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);

/** Metadata that only a server writes: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
const OF_SERVER = new Set([
  ...['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink', 'ownerReferences'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds', 'finalizers'],
]);
const MARKS_OF_SERVER = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
]);

/** The object without what only a server writes, and the places of what was left out and said something. */
export function withoutServerFields(object: WrittenObject): {
  readonly object: WrittenObject;
  readonly dropped: readonly string[];
} {
  const dropped: string[] = [];
  const keep = (map: JsonObject, where: string, isOurs: (key: string) => boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(map).filter(([key, value]) => {
        if (isOurs(key)) return true;
        if (!isEmpty(value)) dropped.push(`${where}${key}`);
        return false;
      }),
    );
  const top = keep(object, '', key => key !== 'status');
  const metadata = keep(object.metadata, 'metadata.', key => !OF_SERVER.has(key) && !isVoid(object.metadata, key));
  const { annotations: written, ...rest } = metadata;
  const annotations = keep(mapIn(written), 'metadata.annotations.', key => !MARKS_OF_SERVER.has(key));
  const clean = {
    ...top,
    metadata: { ...rest, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
  } as unknown as WrittenObject;
  return { object: groupKind(object) === 'apps/Deployment' ? withoutPodTimestamp(clean) : clean, dropped };
}

const isEmpty = (value: Json | undefined): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Labels and annotations that hold nothing are as good as absent. */
const isVoid = (metadata: JsonObject, key: string): boolean =>
  (key === 'labels' || key === 'annotations') && isEmpty(metadata[key]);

/** kubectl create --dry-run writes `creationTimestamp: null` into pod templates. */
function withoutPodTimestamp(object: WrittenObject): WrittenObject {
  const spec = mapIn(object['spec']);
  const template = mapIn(spec['template']);
  const { creationTimestamp, ...metadata } = mapIn(template['metadata']);
  if (creationTimestamp !== null) return object;
  return { ...object, spec: { ...spec, template: { ...template, metadata } } };
}

/** Maps without the keys that say null: to the Kubernetes API they are absent. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNulls(part)]));
}

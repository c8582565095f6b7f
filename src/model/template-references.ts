import type { Path } from '../diagnostics/finding.ts';
import type { Json } from './kubernetes.ts';
import { groupKind, type JsonObject, listIn, mapIn, type WrittenObject } from './template.ts';

/** A place of an object that names another object of its namespace. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  /** From the root of the object. */
  readonly path: Path;
  /** Namespace that is named beside it. */
  readonly namespace?: string;
}

type Rename = (reference: Reference) => string;

/** The object with every name by which it refers to another one replaced by what `rename` gives. */
export function mapReferences(object: WrittenObject, rename: Rename): WrittenObject {
  const at = (key: string, change: (value: Json, path: Path) => Json): WrittenObject =>
    withKey(object, key, [], change) as unknown as WrittenObject;
  switch (groupKind(object)) {
    case 'apps/Deployment':
      return at('spec', (spec, path) =>
        withKey(spec, 'template', path, (template, inner) =>
          withKey(template, 'spec', inner, (pod, place) => inPod(pod, place, rename)),
        ),
      );
    case '/ServiceAccount':
      return inPod(object, [], rename) as unknown as WrittenObject;
    case '/Secret':
      return at('metadata', (metadata, path) => ofToken(metadata, path, rename));
    case 'rbac.authorization.k8s.io/Role':
      return at('rules', (rules, path) => inEach(rules, path, (rule, place) => inRule(rule, place, rename)));
    case '/ConfigMap':
    case 'policy/PodDisruptionBudget':
    case 'networking.k8s.io/NetworkPolicy':
      return object;
    default:
      return Object.fromEntries(
        Object.entries(object).map(([key, value]) => [key, key === 'metadata' ? value : byKind(value, [key], rename)]),
      ) as unknown as WrittenObject;
  }
}

/** Every reference of an object, in the order in which it is written. */
export function referencesOf(object: WrittenObject): readonly Reference[] {
  const found: Reference[] = [];
  mapReferences(object, reference => {
    found.push(reference);
    return reference.name;
  });
  return found;
}

/** Maps of a pod whose keys are the author's own. */
const OWN_KEYS = new Set([
  'nodeSelector',
  'limits',
  'requests',
  'matchLabels',
  'volumeAttributes',
  'options',
  'metadata',
]);

/** Keys of a pod below which an object is named, with its kind and the key of its name. */
const BELOW: { readonly [key: string]: readonly [kind: string, key: string] } = {
  configMapRef: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  secretRef: ['Secret', 'name'],
  secretKeyRef: ['Secret', 'name'],
  nodePublishSecretRef: ['Secret', 'name'],
  azureFile: ['Secret', 'secretName'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
};
const LISTS = ['imagePullSecrets', 'secrets'];
const SCALARS = ['serviceAccountName', 'serviceAccount'];

/** Names in a pod: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
function inPod(value: Json, path: Path, rename: Rename): Json {
  if (Array.isArray(value)) return inEach(value, path, (item, place) => inPod(item, place, rename));
  if (typeof value !== 'object' || value === null) return value;
  return mapEntries(value as JsonObject, path, (key, part, place) => {
    if (OWN_KEYS.has(key)) return part;
    if (SCALARS.includes(key) && typeof part === 'string')
      return part === '' ? part : rename({ kind: 'ServiceAccount', name: part, path: place });
    if (LISTS.includes(key))
      return inEach(part, place, (item, inner) => named(item, inner, ['Secret', 'name'], rename));
    // A volume says secretName, a projected one says name.
    if (key === 'secret')
      return named(named(part, place, ['Secret', 'secretName'], rename), place, ['Secret', 'name'], rename);
    const below = Object.hasOwn(BELOW, key) ? BELOW[key] : undefined;
    return below === undefined ? inPod(part, place, rename) : named(part, place, below, rename);
  });
}

/** https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets */
const ofToken = (metadata: Json, path: Path, rename: Rename): Json =>
  withKey(metadata, 'annotations', path, (annotations, place) =>
    named(annotations, place, ['ServiceAccount', 'kubernetes.io/service-account.name'], rename),
  );

const PLURALS: { readonly [resource: string]: string } = {
  configmaps: 'ConfigMap',
  secrets: 'Secret',
  deployments: 'Deployment',
  serviceaccounts: 'ServiceAccount',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  poddisruptionbudgets: 'PodDisruptionBudget',
};

/** A rule of a Role names objects of any of the kinds that it lists. */
function inRule(rule: Json, path: Path, rename: Rename): Json {
  const kinds = listIn(mapIn(rule)['resources']).flatMap(one => PLURALS[String(one).split('/')[0] ?? ''] ?? []);
  const renamed = (name: string, place: Path): string =>
    kinds.map(kind => rename({ kind, name, path: place })).find(other => other !== name) ?? name;
  return withKey(rule, 'resourceNames', path, (names, place) =>
    inEach(names, place, (name, inner) => (typeof name === 'string' ? renamed(name, inner) : name)),
  );
}

/** Any other object names one where it says `kind` and `name`, such as a scaleTargetRef, a roleRef or a subject. */
function byKind(value: Json, path: Path, rename: Rename): Json {
  if (Array.isArray(value)) return inEach(value, path, (item, place) => byKind(item, place, rename));
  if (typeof value !== 'object' || value === null) return value;
  const { kind: written, name, namespace } = value as JsonObject;
  // https://keda.sh/docs/latest/reference/scaledobject-spec/#scaletargetref
  const kind = written ?? (path.at(-1) === 'scaleTargetRef' ? 'Deployment' : undefined);
  return mapEntries(value as JsonObject, path, (key, part, place) => {
    if (key !== 'name' || typeof kind !== 'string' || typeof name !== 'string') return byKind(part, place, rename);
    return rename({ kind, name, path: place, ...(typeof namespace === 'string' ? { namespace } : {}) });
  });
}

function named(value: Json, path: Path, [kind, key]: readonly [string, string], rename: Rename): Json {
  return withKey(value, key, path, (name, place) =>
    typeof name === 'string' && name !== '' ? rename({ kind, name, path: place }) : name,
  );
}

const mapEntries = (map: JsonObject, path: Path, change: (key: string, part: Json, path: Path) => Json): JsonObject =>
  Object.fromEntries(Object.entries(map).map(([key, part]) => [key, change(key, part, [...path, key])]));

const inEach = (value: Json, path: Path, change: (item: Json, path: Path) => Json): Json =>
  Array.isArray(value) ? value.map((item, index) => change(item, [...path, index])) : value;

/** The map with the value of one key changed; anything else as it is. */
function withKey(value: Json, key: string, path: Path, change: (part: Json, path: Path) => Json): Json {
  const part = mapIn(value)[key];
  return part === undefined ? value : { ...mapIn(value), [key]: change(part, [...path, key]) };
}

import type { Json } from '../model/kubernetes.ts';

/** A value in an object: the keys and indexes on the way to it. */
export type Place = readonly (string | number)[];

/** A place at which an object names another one. */
export interface NamedPlace {
  readonly kind: string;
  readonly name: string;
  readonly place: Place;
}

const CONTAINER = String.raw`spec template spec (?:containers|initContainers|ephemeralContainers) \d+`;
const VOLUME = String.raw`spec template spec volumes \d+`;
const NAME = [
  [`${CONTAINER} envFrom \\d+ configMapRef name`, 'ConfigMap'],
  [`${CONTAINER} env \\d+ valueFrom configMapKeyRef name`, 'ConfigMap'],
  [`${VOLUME} (?:projected sources \\d+ )?configMap name`, 'ConfigMap'],
  [`${CONTAINER} envFrom \\d+ secretRef name`, 'Secret'],
  [`${CONTAINER} env \\d+ valueFrom secretKeyRef name`, 'Secret'],
  [`${VOLUME} (?:secret|azureFile) secretName`, 'Secret'],
  [`${VOLUME} projected sources \\d+ secret name`, 'Secret'],
  [`${VOLUME} \\w+ (?:secretRef|nodePublishSecretRef) name`, 'Secret'],
  [`${VOLUME} persistentVolumeClaim claimName`, 'PersistentVolumeClaim'],
  ['spec template spec imagePullSecrets \\d+ name', 'Secret'],
  ['spec template spec serviceAccount(?:Name)?', 'ServiceAccount'],
] as const;

/** Where Deployments, accounts and tokens name objects: https://kubernetes.io/docs/reference/kubernetes-api/ */
const WORDS: { readonly [kind: string]: readonly (readonly [pattern: string, kind: string])[] } = {
  'apps/v1 Deployment': NAME,
  'v1 ServiceAccount': [['(?:secrets|imagePullSecrets) \\d+ name', 'Secret']],
  'v1 Secret': [['metadata annotations kubernetes\\.io/service-account\\.name', 'ServiceAccount']],
  'v1 ConfigMap': [],
  'policy/v1 PodDisruptionBudget': [],
  'networking.k8s.io/v1 NetworkPolicy': [],
};

type Table = readonly (readonly [pattern: RegExp, kind: string])[];

const TABLES: ReadonlyMap<string, Table> = new Map(
  Object.entries(WORDS).map(([kind, table]) => [kind, table.map(([words, to]) => [new RegExp(`^${words}$`), to])]),
);

const RESOURCES: { readonly [resource: string]: string } = {
  configmaps: 'ConfigMap',
  deployments: 'Deployment',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  poddisruptionbudgets: 'PodDisruptionBudget',
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
};

/** Every place at which an object names another one, found by its path; in kinds without a table, wherever a kind stands beside a name. */
export function namedPlaces(object: { readonly apiVersion: string; readonly kind: string }): readonly NamedPlace[] {
  const key = `${object.apiVersion} ${object.kind}`;
  const texts = textsOf(object as unknown as Json, []);
  if (object.apiVersion.startsWith('rbac.authorization.k8s.io/') && object.kind === 'Role')
    return texts.flatMap(text => ofRule(object as unknown as Json, text));
  const table = TABLES.get(key);
  return texts.flatMap(({ place, text }) => {
    const kind = table === undefined ? kindBeside(object as unknown as Json, place) : kindIn(table, place);
    return kind === undefined || text === '' ? [] : [{ kind, name: text, place }];
  });
}

interface Text {
  readonly place: Place;
  readonly text: string;
}

function textsOf(value: Json | undefined, place: Place): readonly Text[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, [...place, isList ? Number(key) : key]));
}

function kindIn(table: Table, place: Place): string | undefined {
  const words = place.join(' ');
  return table.find(([pattern]) => pattern.test(words))?.[1];
}

function kindBeside(object: Json, place: Place): string | undefined {
  if (place[0] === 'metadata' || place.length < 2 || place.at(-1) !== 'name') return undefined;
  const kind = get(object, [...place.slice(0, -1), 'kind']);
  if (kind === undefined && place.at(-2) === 'scaleTargetRef') return 'Deployment';
  return typeof kind === 'string' ? kind : undefined;
}

function ofRule(object: Json, { place, text }: Text): readonly NamedPlace[] {
  if (place[0] !== 'rules' || place[2] !== 'resourceNames') return [];
  const resources = get(object, [...place.slice(0, 2), 'resources']);
  const kinds = Array.isArray(resources) ? resources.map(one => RESOURCES[String(one).split('/')[0]!]) : [];
  return kinds.flatMap(kind => (kind === undefined ? [] : [{ kind, name: text, place }]));
}

/** The value at a place; undefined where there is none. */
export function get(value: Json | undefined, place: Place): Json | undefined {
  let here: unknown = value;
  for (const step of place) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as { readonly [step: string]: unknown })[step];
  }
  return here as Json | undefined;
}

/** A copy with another value at a place, and the maps on the way made where there are none; undefined takes the key away. */
export function put(value: Json | undefined, place: Place, part: Json | undefined): Json {
  const [step, ...rest] = place;
  if (step === undefined) return part ?? null;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? put(item, rest, part) : item));
  const map = (typeof value === 'object' && value !== null ? value : {}) as { readonly [key: string]: Json };
  if (rest.length > 0 || part !== undefined) return { ...map, [step]: put(map[step], rest, part) };
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== step));
}

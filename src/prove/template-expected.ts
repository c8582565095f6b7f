import type { Json, Labels } from '../model/kubernetes.ts';
import { APP_LABEL, VERSION_LABEL, versionLabels } from '../model/labels.ts';
import type { Plan, TemplateVersion } from '../model/plan.ts';
import type { ScopedObject, WrittenObject } from '../model/template.ts';
import { withPatch } from './template-patch.ts';
import { get, namedPlaces, type Place, put } from './template-places.ts';

/** What an object of a template must read like in a state, built from its document place by place. */
export function expectedObject(plan: Plan, version: TemplateVersion, one: ScopedObject, replicas: number): Json {
  const { scope, object } = one;
  const isDeployment = object.kind === 'Deployment';
  let here = isDeployment ? withPatch(object as unknown as Json, version.template) : (object as unknown as Json);
  const set = (place: Place, value: Json | undefined): void => {
    here = put(here, place, value);
  };
  for (const { kind, name, place } of namedPlaces(here as unknown as WrittenObject)) {
    const space = get(here, [...place.slice(0, -1), 'namespace']);
    const target = version.template.objects.find(o => o.object.kind === kind && o.object.metadata.name === name);
    const isHere = space === undefined || space === plan.namespace || space === version.template.home;
    if (target !== undefined && isHere) set(place, expectedName(plan, version, target));
  }
  here = inNamespace(here, plan, version);
  set(['metadata', 'name'], expectedName(plan, version, one));
  set(['metadata', 'namespace'], plan.namespace);
  if (get(here, ['metadata', 'annotations']) !== undefined)
    set(['metadata', 'annotations', 'surefoot.dev/scope'], undefined);
  for (const marks of ['labels', 'annotations']) {
    const left = get(here, ['metadata', marks]);
    if (left !== undefined && Object.keys(left as object).length === 0) set(['metadata', marks], undefined);
  }
  if (scope === 'shared') return here;
  for (const [key, value] of Object.entries(versionLabels(plan, version.name))) set(['metadata', 'labels', key], value);
  here = withSelectors(here, object, version, ownSelector(plan, version));
  return isDeployment ? expectedDeployment(here, plan, version, replicas) : here;
}

/** Shared objects and those of a version that keeps its names are called as in the template. */
export function expectedName(plan: Plan, { name, template }: TemplateVersion, { scope, object }: ScopedObject): string {
  if (scope === 'shared' || template.keepNames) return object.metadata.name;
  return `${object.kind === 'Deployment' ? plan.rollout : object.metadata.name}-${name}`;
}

const ownSelector = (plan: Plan, { name }: TemplateVersion): Labels => ({
  [APP_LABEL]: plan.rollout,
  [VERSION_LABEL]: name,
});

/** Accounts of a RoleBinding in the namespace that the template was rendered for. */
function inNamespace(object: Json, plan: Plan, { template }: TemplateVersion): Json {
  const subjects = get(object, ['kind']) === 'RoleBinding' ? get(object, ['subjects']) : undefined;
  if (!Array.isArray(subjects)) return object;
  const places = subjects.map((_, index) => ['subjects', index, 'namespace']);
  return places
    .filter(place => get(object, place) === template.home)
    .reduce((here, place) => put(here, place, plan.namespace), object);
}

function expectedDeployment(object: Json, plan: Plan, version: TemplateVersion, replicas: number): Json {
  const { template, name } = version;
  let here = put(object, ['spec', 'replicas'], template.autoscaled ? undefined : replicas);
  if (!template.keepNames) here = put(here, ['spec', 'selector'], { matchLabels: ownSelector(plan, version) });
  for (const [key, value] of Object.entries(versionLabels(plan, name)))
    here = put(here, ['spec', 'template', 'metadata', 'labels', key], value);
  return here;
}

const POLICY = String.raw`spec (?:podSelector|(?:ingress \d+ from|egress \d+ to) \d+ podSelector)`;
const TERM = '(?:required|preferred)DuringSchedulingIgnoredDuringExecution \\d+(?: podAffinityTerm)?';
const POD = `spec template spec (?:topologySpreadConstraints \\d+|affinity pod(?:Anti)?Affinity ${TERM}) labelSelector`;
/** Selectors of pods by kind, whatever else of the same name stands elsewhere. */
const SELECTORS: { readonly [kind: string]: RegExp } = {
  Deployment: new RegExp(`^${POD}$`),
  NetworkPolicy: new RegExp(`^${POLICY}$`),
  PodDisruptionBudget: /^spec selector$/,
};

/** Selectors that found the template's pods find those of the version; a budget has no others. */
function withSelectors(object: Json, { kind }: WrittenObject, version: TemplateVersion, selector: Labels): Json {
  const pattern = SELECTORS[kind];
  if (pattern === undefined) return object;
  const deployment = version.template.objects.find(one => one.object.kind === 'Deployment')!.object;
  const labels = (get(deployment, ['spec', 'template', 'metadata', 'labels']) ?? {}) as Labels;
  const found = mapsOf(object, []).filter(place => pattern.test(place.join(' ')));
  return found
    .filter(place => kind === 'PodDisruptionBudget' || isAboutThem(object, place, labels))
    .reduce((here, place) => put(here, place, { matchLabels: selector }), object);
}

function isAboutThem(object: Json, place: Place, labels: Labels): boolean {
  const beside = (key: string): Json | undefined => get(object, [...place.slice(0, -1), key]);
  if (beside('namespaceSelector') !== undefined || beside('namespaces') !== undefined) return false;
  const equal = Object.entries((get(object, [...place, 'matchLabels']) ?? {}) as Labels);
  const asked = (get(object, [...place, 'matchExpressions']) ?? []) as readonly Json[];
  if (equal.length + asked.length === 0) return false;
  return equal.every(([key, value]) => labels[key] === value) && asked.every(one => holds(one, labels));
}

function holds(one: Json, labels: Labels): boolean {
  const value = labels[String(get(one, ['key']))];
  const values = (get(one, ['values']) ?? []) as readonly Json[];
  const among = values.some(listed => listed === value);
  const answers: { readonly [operator: string]: boolean } = {
    In: among,
    NotIn: !among,
    Exists: value !== undefined,
    DoesNotExist: value === undefined,
  };
  return answers[String(get(one, ['operator']))] ?? false;
}

function mapsOf(value: Json | undefined, place: Place): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const inner = Object.entries(value).flatMap(([key, part]) => mapsOf(part, [...place, isList ? Number(key) : key]));
  return isList ? inner : [place, ...inner];
}

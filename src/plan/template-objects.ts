import type { At, Finding, Path } from '../diagnostics/finding.ts';
import { selectorMatches } from '../model/label-selector.ts';
import {
  deploymentOf,
  groupKind,
  mapIn,
  podLabelsOf,
  SCOPE_ANNOTATION,
  type ScopedObject,
  type TemplateObject,
  type TemplateScope,
  usualScope,
  valueAt,
} from '../model/template.ts';
import { referencesOf } from '../model/template-references.ts';
import { refusalOfKind } from './template-kinds.ts';
import {
  dangling,
  oneDeployment,
  otherNamespace,
  refusedKind,
  secretInGit,
  sharedRefersToVersion,
  wrongScope,
} from './template-messages.ts';

/** Objects of a template as a version takes them over, and what is wrong with them by themselves. */
export interface JudgedObjects {
  readonly objects: readonly ScopedObject[];
  readonly findings: readonly Finding[];
}

/** The template's file, and the namespaces that it may name, the plan's own first. */
export interface TemplatePlace {
  readonly file: string;
  readonly namespaces: readonly [string, string];
}

/** Judges what a template holds: its kinds, scopes, namespaces and the references between its objects. */
export function judgeObjects(written: readonly TemplateObject[], place: TemplatePlace): JudgedObjects {
  const kinds = written.flatMap(one => {
    const refusal = refusalOfKind(one.object);
    const at = atOf(place, one, ['kind']);
    return refusal === undefined
      ? []
      : [refusedKind(at, { object: nameOf(one), why: refusal.why, instead: refusal.instead })];
  });
  const scoped = written.map(one => ({ ...one, ...scopeOf(one, place) }));
  const count = written.filter(({ object }) => groupKind(object) === 'apps/Deployment').length;
  const number =
    count === 1 || kinds.length > 0 ? [] : [oneDeployment({ path: [], on: 'key', file: place.file }, { count })];
  const found = [...kinds, ...number, ...scoped.flatMap(one => one.findings)];
  const objects = scoped.map(({ object, path, scope }) => ({ object, path, scope }));
  if (found.length > 0) return { objects, findings: found };
  return {
    objects,
    findings: [
      ...objects.flatMap(one => namespaceFinding(one, place)),
      ...objects.flatMap(one => secretFinding(one, place)),
      ...objects.flatMap(one => danglingFindings(one, objects, place)),
      ...objects.flatMap(one => sharedFindings(one, objects, place)),
    ],
  };
}

/** An object as people call it: `ConfigMap reviews`. */
export const nameOf = ({ object }: TemplateObject): string => `${object.kind} ${object.metadata.name}`;

/** A place in the template's file. */
export const atOf = ({ file }: Pick<TemplatePlace, 'file'>, { path }: TemplateObject, below: Path): At => ({
  path: [...path, ...below],
  file,
});

function scopeOf(
  one: TemplateObject,
  place: TemplatePlace,
): { readonly scope: TemplateScope; readonly findings: readonly Finding[] } {
  const written = mapIn(one.object.metadata['annotations'])[SCOPE_ANNOTATION];
  const isDeployment = groupKind(one.object) === 'apps/Deployment';
  const scope = usualScope(one.object);
  if (written === undefined || written === scope) return { scope, findings: [] };
  const at = atOf(place, one, ['metadata', 'annotations', SCOPE_ANNOTATION]);
  const told = { object: nameOf(one), scope: String(written) };
  if (isDeployment)
    return {
      scope,
      findings: [wrongScope(at, { ...told, fix: 'Delete the annotation: each version has a Deployment of its own.' })],
    };
  if (written === 'version' || written === 'shared') return { scope: written, findings: [] };
  return { scope, findings: [wrongScope(at, { ...told, fix: 'Write version or shared.' })] };
}

function namespaceFinding(one: TemplateObject, place: TemplatePlace): readonly Finding[] {
  const { namespace } = one.object.metadata;
  if (namespace === undefined || place.namespaces.includes(namespace)) return [];
  const at = atOf(place, one, ['metadata', 'namespace']);
  return [otherNamespace(at, { object: nameOf(one), namespace, wanted: place.namespaces[0] })];
}

function secretFinding(one: TemplateObject, place: TemplatePlace): readonly Finding[] {
  const { object } = one;
  const key = ['data', 'stringData'].find(field => Object.keys(mapIn(object[field])).length > 0);
  if (groupKind(object) !== '/Secret' || key === undefined) return [];
  return [secretInGit({ ...atOf(place, one, [key]), on: 'key' }, { object: nameOf(one) })];
}

/** An autoscaler of another Deployment, or a budget for other pods. */
function danglingFindings(
  one: TemplateObject,
  objects: readonly ScopedObject[],
  place: TemplatePlace,
): readonly Finding[] {
  const deployment = deploymentOf({ objects })!;
  const kind = groupKind(one.object);
  if (kind === 'autoscaling/HorizontalPodAutoscaler') {
    const target = mapIn(valueAt(one.object, 'spec', 'scaleTargetRef'));
    if (target['kind'] === 'Deployment' && target['name'] === deployment.object.metadata.name) return [];
    const to = `${String(target['kind'])} ${String(target['name'])}`;
    const at = atOf(place, one, ['spec', 'scaleTargetRef', 'name']);
    return [dangling(at, { object: nameOf(one), to, known: nameOf(deployment) })];
  }
  if (kind !== 'policy/PodDisruptionBudget') return [];
  if (selectorMatches(valueAt(one.object, 'spec', 'selector'), podLabelsOf({ objects }))) return [];
  const at = atOf(place, one, ['spec', 'selector']);
  return [dangling(at, { object: nameOf(one), to: 'pods', known: `labels of the pods of ${nameOf(deployment)}` })];
}

function sharedFindings(one: ScopedObject, objects: readonly ScopedObject[], place: TemplatePlace): readonly Finding[] {
  if (one.scope === 'version') return [];
  const own = objects.filter(other => other.scope === 'version');
  return referencesOf(one.object).flatMap(({ kind, name, path }) => {
    const target = own.find(({ object }) => object.kind === kind && object.metadata.name === name);
    if (target === undefined) return [];
    return [sharedRefersToVersion(atOf(place, one, path), { object: nameOf(one), to: nameOf(target) })];
  });
}

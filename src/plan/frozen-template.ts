import { canonical, type ProviderPart } from '../model/frozen.ts';
import type { Json } from '../model/kubernetes.ts';
import type { TemplateVersion } from '../model/plan.ts';
import { groupKind, type Patch, type ScopedObject, valueAt } from '../model/template.ts';

/** Kinds that say how many pods run, or may be missing, not what they are. */
const HOW_MANY: readonly string[] = ['autoscaling/HorizontalPodAutoscaler', 'policy/PodDisruptionBudget'];

/** The pods of a template with a patch over them. */
export type PatchedPods = (version: TemplateVersion, patch: Patch) => Json;

/**
 * What the pods of a template are made from: its objects of a version, and what the Rollout writes over them as far as
 * the template does not say the same.
 */
export function templateParts(version: TemplateVersion, podsOf: PatchedPods): readonly ProviderPart[] {
  const { objects, patch, keepNames, autoscaled, counted } = version.template;
  const bare = canonical(podsOf(version, {}));
  const matters = ([key, value]: readonly [string, unknown]): boolean =>
    canonical(podsOf(version, { [key]: value })) !== bare;
  const own = objects.filter(({ object, scope }) => scope === 'version' && !HOW_MANY.includes(groupKind(object)));
  return [
    { part: 'template', value: own.map(contentOf) },
    ...Object.entries(patch)
      .filter(matters)
      .map(([part, value]) => ({ part, value: value as Json })),
    ...(keepNames ? [{ part: 'keepNames', value: true }] : []),
    ...(autoscaled ? [{ part: 'autoscale', value: true }] : []),
    ...(counted ? [{ part: 'replicas', value: true }] : []),
  ];
}

/** Of a Deployment only its pods: how it comes to them replaces none. */
const contentOf = ({ object }: ScopedObject): Json =>
  groupKind(object) === 'apps/Deployment'
    ? { name: object.metadata.name, selector: at(object, 'selector'), template: at(object, 'template') }
    : object;

const at = (object: ScopedObject['object'], key: string): Json => valueAt(object, 'spec', key) ?? null;

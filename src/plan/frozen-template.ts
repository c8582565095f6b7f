import type { ProviderPart } from '../model/frozen.ts';
import type { Json } from '../model/kubernetes.ts';
import type { TemplateVersion } from '../model/plan.ts';
import { groupKind, type ScopedObject, valueAt } from '../model/template.ts';

/** Kinds that say how many pods run, or may be missing, not what they are. */
const HOW_MANY: readonly string[] = ['autoscaling/HorizontalPodAutoscaler', 'policy/PodDisruptionBudget'];

/** What the pods of a template are made from: its objects of a version, and what the Rollout writes over them. */
export function templateParts({ template }: TemplateVersion): readonly ProviderPart[] {
  const { objects, patch, keepNames, autoscaled, counted } = template;
  const own = objects.filter(({ object, scope }) => scope === 'version' && !HOW_MANY.includes(groupKind(object)));
  return [
    { part: 'template', value: own.map(contentOf) },
    ...Object.entries(patch).map(([part, value]) => ({ part, value: value as Json })),
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

import type { Path } from '../diagnostics/finding.ts';
import { groupOf, type Json, type Labels } from './kubernetes.ts';
import { versionLabels, versionName } from './labels.ts';
import type { Capacity, Plan, Workload } from './plan.ts';

export type JsonObject = { readonly [key: string]: Json };

/** An object of a template as its file says it, without what only a server writes. */
export interface TemplateObject {
  readonly object: WrittenObject;
  /** The way to it in its file: the number of its document, and through `items` where it stands in a List. */
  readonly path: Path;
}

/** A Kubernetes object whose namespace may be absent. */
export interface WrittenObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
  readonly [field: string]: Json;
}

/** Whether each version has an object of its own, or all of them share it. */
export type TemplateScope = 'version' | 'shared';

/** An object of a template that a version takes over. */
export interface ScopedObject extends TemplateObject {
  readonly scope: TemplateScope;
}

/** Pods of a version as its team rendered them, and what the Rollout writes over them. */
export interface TemplateWorkload {
  /** Relative to the root. */
  readonly file: string;
  /** In the order of the file; exactly one is a Deployment. */
  readonly objects: readonly ScopedObject[];
  /** Name of the container that the Rollout's keys are about. */
  readonly container: string;
  readonly patch: Patch;
  /** Pods that carry 100 % of the traffic; with an autoscaler the fewest that it keeps. */
  readonly replicas: number;
  /** Absent: nothing is known of the load. */
  readonly capacity?: Capacity;
  /** Whether the Rollout or the template says how many pods run; otherwise it is 1, as Kubernetes has it. */
  readonly counted: boolean;
  /** Whether an autoscaler of the template sets the number of pods, so that the Deployment does not. */
  readonly autoscaled: boolean;
  /** Whether objects keep the names, and the Deployment the selector, that the template gives them. */
  readonly keepNames: boolean;
  /** Besides the plan's own, the namespace that the template may name. */
  readonly home: string;
}

/** Keys of a workload that a Rollout wrote; what is absent stays as the template has it. */
export type Patch = Partial<Omit<Workload, 'replicas' | 'replicasWritten' | 'capacity'>>;

/** Annotation by which an object says its scope; it is not emitted. */
export const SCOPE_ANNOTATION = 'surefoot.dev/scope';

/** Kinds of which each version has its own where the annotation says nothing else. */
const OF_VERSION = [
  'apps/Deployment',
  '/ConfigMap',
  '/Secret',
  'autoscaling/HorizontalPodAutoscaler',
  'policy/PodDisruptionBudget',
];

/** Group and kind, such as `apps/Deployment` or `/Secret`. */
export const groupKind = (object: { readonly apiVersion: string; readonly kind: string }): string =>
  `${groupOf(object)}/${object.kind}`;

/** The scope of an object that does not say its own. */
export const usualScope = (object: WrittenObject): TemplateScope =>
  OF_VERSION.includes(groupKind(object)) ? 'version' : 'shared';

/** The one Deployment of a template. */
export const deploymentOf = <T extends TemplateObject>({
  objects,
}: {
  readonly objects: readonly T[];
}): T | undefined => objects.find(({ object }) => groupKind(object) === 'apps/Deployment');

/** Name under which an object of a template is emitted for a version. */
export function emittedName(
  plan: Pick<Plan, 'rollout'>,
  version: { readonly name: string; readonly template: Pick<TemplateWorkload, 'keepNames'> },
  { object, scope }: ScopedObject,
): string {
  const { name } = object.metadata;
  if (scope === 'shared' || version.template.keepNames) return name;
  return groupKind(object) === 'apps/Deployment' ? versionName(plan, version.name) : `${name}-${version.name}`;
}

/** A map; empty where there is none. */
export const mapIn = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** A list; empty where there is none. */
export const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** The value at a path of plain data; undefined where it leads nowhere. */
export const valueAt = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((here, key) => mapIn(here)[key], value);

/** Labels that the template itself gives its pods. */
export const podLabelsOf = (template: { readonly objects: readonly TemplateObject[] }): Labels =>
  mapIn(valueAt(deploymentOf(template)?.object, 'spec', 'template', 'metadata', 'labels')) as Labels;

/** Labels of the pods of a version: the template's, the Rollout's, and over all of them those that routes go by. */
export const emittedPodLabels = (
  plan: Pick<Plan, 'rollout'>,
  version: { readonly name: string; readonly template: Pick<TemplateWorkload, 'objects' | 'patch'> },
): Labels => ({
  ...podLabelsOf(version.template),
  ...version.template.patch.labels,
  ...versionLabels(plan, version.name),
});

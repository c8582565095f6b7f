import type { KubeObject } from '../../model/kubernetes.ts';
import { versionLabels, versionSelector } from '../../model/labels.ts';
import type { Plan, TemplateVersion } from '../../model/plan.ts';
import {
  emittedName,
  emittedPodLabels,
  groupKind,
  type JsonObject,
  mapIn,
  podLabelsOf,
  SCOPE_ANNOTATION,
  type ScopedObject,
  type WrittenObject,
} from '../../model/template.ts';
import { mapReferences, type Reference } from '../../model/template-references.ts';
import { patched } from '../patch.ts';
import { type Narrowing, narrowed, narrowedPod } from './selectors.ts';

/** One object of a template as a version emits it; `replicas` are those of its Deployment. */
export function templateObject(plan: Plan, version: TemplateVersion, one: ScopedObject, replicas: number): KubeObject {
  const isDeployment = groupKind(one.object) === 'apps/Deployment';
  // What the Rollout writes may name objects of the template too.
  const written = isDeployment ? deploymentOfTemplate(plan, version, one.object, replicas) : one.object;
  const linked = mapReferences(written, reference => targetName(plan, version, reference));
  const object = withSubjects(plan, version, { ...linked, metadata: metadataOf(plan, version, one, linked) });
  return (one.scope === 'shared' ? object : narrowed(object, narrowingOf(plan, version))) as unknown as KubeObject;
}

const narrowingOf = (plan: Plan, { name, template }: TemplateVersion): Narrowing => ({
  written: podLabelsOf(template),
  selector: versionSelector(plan, name),
});

/** The name that a reference leads to: that of the version's own object where the template holds one. */
function targetName(plan: Plan, version: TemplateVersion, { kind, name, namespace }: Reference): string {
  if (namespace !== undefined && namespace !== plan.namespace && namespace !== version.template.home) return name;
  const target = version.template.objects.find(({ object }) => object.kind === kind && object.metadata.name === name);
  return target === undefined ? name : emittedName(plan, version, target);
}

function metadataOf(
  plan: Plan,
  version: TemplateVersion,
  one: ScopedObject,
  { metadata }: WrittenObject,
): WrittenObject['metadata'] {
  const { name: _, namespace: __, labels, annotations, ...rest } = metadata;
  const { [SCOPE_ANNOTATION]: ___, ...marks } = mapIn(annotations);
  const all = one.scope === 'shared' ? mapIn(labels) : { ...mapIn(labels), ...versionLabels(plan, version.name) };
  return {
    name: emittedName(plan, version, one),
    namespace: plan.namespace,
    ...(Object.keys(all).length === 0 ? {} : { labels: all }),
    ...(Object.keys(marks).length === 0 ? {} : { annotations: marks }),
    ...rest,
  };
}

/** Accounts that a RoleBinding names in the template's namespace stand in the plan's. */
function withSubjects(plan: Plan, { template }: TemplateVersion, object: WrittenObject): WrittenObject {
  if (groupKind(object) !== 'rbac.authorization.k8s.io/RoleBinding' || !Array.isArray(object['subjects']))
    return object;
  const subjects = object['subjects'].map(subject =>
    mapIn(subject)['namespace'] === template.home ? { ...mapIn(subject), namespace: plan.namespace } : subject,
  );
  return { ...object, subjects };
}

/** The Deployment with the version's selector and labels, and with what the Rollout writes over its pods. */
function deploymentOfTemplate(
  plan: Plan,
  version: TemplateVersion,
  object: WrittenObject,
  replicas: number,
): WrittenObject {
  const { template: own } = version;
  const { replicas: _, selector, template, ...rest } = mapIn(object['spec']);
  const { metadata, spec } = mapIn(template);
  const pods: JsonObject = {
    ...mapIn(template),
    metadata: { ...mapIn(metadata), labels: emittedPodLabels(plan, version) },
    spec: narrowedPod(mapIn(spec), narrowingOf(plan, version)),
  };
  return {
    ...object,
    spec: {
      ...(own.autoscaled ? {} : { replicas }),
      selector: own.keepNames ? (selector ?? {}) : { matchLabels: versionSelector(plan, version.name) },
      ...rest,
      template: patched(pods, own.container, own.patch),
    },
  };
}

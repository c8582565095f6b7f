import { manifestValidators } from '../generated/manifest-validators.js';
import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import type { Plan } from '../model/plan.ts';

/** Why the closed schema of its kind refuses an object; undefined where it does not. */
export function schemaRefusal(object: KubeObject): string | undefined {
  const validate = manifestValidators[`${object.apiVersion}/${object.kind}`];
  if (validate === undefined) return `no schema is known for ${object.apiVersion} ${object.kind}`;
  if (validate(object)) return undefined;
  const [error] = validate.errors ?? [];
  return error === undefined
    ? 'refused'
    : `${error.instancePath.replaceAll('/', '.')} ${error.message ?? error.keyword}`.trim();
}

/** Whether an object is of a kind that nobody here knows, passed on as its team wrote it in a template. */
export const isPassedOn = ({ versions }: Pick<Plan, 'versions'>, { apiVersion, kind }: KubeObject): boolean =>
  manifestValidators[`${apiVersion}/${kind}`] === undefined &&
  versions.some(
    version =>
      version.kind === 'template' &&
      version.template.objects.some(({ object }) => object.apiVersion === apiVersion && object.kind === kind),
  );

/** Identities that more than one of these objects has. */
export function repeatedIdentities(objects: readonly KubeObject[]): readonly string[] {
  const identities = objects.map(identityOf);
  return identities.filter((identity, index) => identities.indexOf(identity) < index);
}

/** An object that stands in another namespace than the rollout, where the agent would not look for it. */
export const strayObject = (plan: Pick<Plan, 'namespace'>, objects: readonly KubeObject[]): KubeObject | undefined =>
  objects.find(object => object.metadata.namespace !== plan.namespace);

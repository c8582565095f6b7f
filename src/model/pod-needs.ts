import { type Json, kubeIdentity } from './kubernetes.ts';
import { mapIn } from './template.ts';
import { type Reference, referencesOf } from './template-references.ts';

/**
 * Identities of what the pods of a template cannot start without; everything that a pod names is of the core group. What is
 * optional is not among them: https://kubernetes.io/docs/concepts/configuration/configmap/#optional-configmaps
 */
export function podNeeds(template: Json | undefined, namespace: string): readonly string[] {
  const keeper = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: '' },
    spec: { template: template ?? {} },
  };
  const needed = referencesOf(keeper).filter(reference => !isOptional(keeper, reference));
  return [...new Set(needed.map(({ kind, name }) => kubeIdentity('', kind, namespace, name)))];
}

/** Said beside the name. */
function isOptional(root: Json, { path }: Reference): boolean {
  const beside = path.slice(0, -1).reduce((here: Json | undefined, key) => (here as Record<string, Json>)[key], root);
  return mapIn(beside)['optional'] === true;
}

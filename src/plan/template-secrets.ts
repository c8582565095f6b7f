import { quote } from '../diagnostics/wording.ts';
import { secretName, secretValue } from '../model/secret-shapes.ts';
import { type JsonObject, listIn, mapIn, type Patch, type ScopedObject } from '../model/template.ts';
import { literalSecret } from './config-messages.ts';
import { atOf, type TemplatePlace } from './template-objects.ts';
import type { WorkloadScope } from './workload.ts';

/** The pods of a template, and the container that the Rollout's keys are about. */
interface Pods {
  readonly deployment: ScopedObject;
  readonly pod: JsonObject;
  readonly main: JsonObject;
}

/**
 * Refuses secrets that stand as text in the variables of a template; the findings hide the values. A variable of the main
 * container that the Rollout writes itself is judged there; other containers only by the look of the value, because
 * nothing could excuse a name.
 */
export function checkTemplateSecrets(pods: Pods, patch: Patch, scope: WorkloadScope & TemplatePlace): void {
  const written = new Set((patch.env ?? []).map(variable => variable.name));
  for (const list of ['containers', 'initContainers']) {
    listIn(pods.pod[list]).forEach((entry, index) => {
      const container = mapIn(entry);
      const isMain = container === pods.main || container['name'] === pods.main['name'];
      listIn(container['env']).forEach((one, place) => {
        const { name, value } = mapIn(one);
        if (typeof name !== 'string' || typeof value !== 'string' || (isMain && written.has(name))) return;
        const evidence = secretValue(value) ?? (isMain ? secretName(name, value) : undefined);
        if (evidence === undefined) return;
        const at = atOf(scope, pods.deployment, ['spec', 'template', 'spec', list, index, 'env', place, 'value']);
        const params = { subject: `The variable ${quote(name)}`, evidence, remedy: remedyOf(name, isMain) };
        scope.report({ ...literalSecret(at, params), hidden: true });
      });
    });
  }
}

const remedyOf = (name: string, isMain: boolean): string =>
  [
    'Keep it in a Secret that is not in git, and refer to it in the template:',
    `    - { name: ${name}, valueFrom: { secretKeyRef: { name: …, key: … } } }`,
    'The Secret must exist in the namespace before the pods start; its name and its key are yours to choose.',
    ...(isMain ? [`If it is none, say so in the Rollout: \`env: { ${name}: { notSecret: <the value> } }\`.`] : []),
  ].join('\n');

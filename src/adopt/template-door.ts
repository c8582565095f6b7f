import { inlineOf } from '../yaml/print-scalar.ts';
import type { Adopted } from './deployment.ts';
import type { Draft } from './draft.ts';

/** What a person does to keep their own Deployment, and the lines that take the place of `workload` and `versions`. */
export interface TemplateDoor {
  /** The file to keep the objects in. */
  readonly file: string;
  /** Kinds that must not stand in it. */
  readonly without: readonly string[];
  readonly lines: readonly string[];
}

/** How a template keeps what a Rollout has no words for; undefined: Knative makes its pods itself. An autoscaler would count the pods of all versions, because names are kept. */
export function templateDoor(
  { name, provider, newImage, replicas }: Draft,
  adopted: Adopted,
): TemplateDoor | undefined {
  if (provider === 'knative') return undefined;
  const file = `templates/${name}.yaml`;
  const pods = adopted.autoscale === undefined ? undefined : (replicas ?? adopted.autoscale.min);
  return {
    file: `rollouts/${file}`,
    without: ['Service', ...(adopted.autoscale === undefined ? [] : ['HorizontalPodAutoscaler'])],
    lines: [
      '  workload:',
      `    template: ${file}`,
      ...(pods === undefined
        ? []
        : [
            `    replicas: ${pods} # the kept selector finds all versions, so an autoscaler would count their pods too`,
          ]),
      '  versions:',
      '    v1: { keepNames: true }',
      ...(newImage === undefined ? [] : [`    v2: { image: ${inlineOf(newImage)} }`]),
    ],
  };
}

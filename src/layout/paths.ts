import type { KubeObject } from '../model/kubernetes.ts';
import type { Plan } from '../model/plan.ts';

/** The folder of a rollout below live/ and plan/: `<environment>/<namespace>/<rollout>`. */
export const directoryOf = (plan: Pick<Plan, 'environment' | 'namespace' | 'rollout'>): string =>
  `${plan.environment}/${plan.namespace}/${plan.rollout}`;

/** File of one live object. */
export const livePath = (directory: string, object: KubeObject): string =>
  `live/${directory}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;

/** File of one whole state. */
export const statePath = (directory: string, state: string): string => `plan/${directory}/${state}.yaml`;

/** First comment of every manifest: whoever opens the file learns where to change it. */
export const header = (source: string): string =>
  `Compiled by surefoot from ${source}; change that file, not this one.`;

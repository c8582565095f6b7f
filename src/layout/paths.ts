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

const MARK = 'Compiled by surefoot from ';

/** First comment of every manifest: whoever opens the file learns where to change it. */
export const header = (source: string): string => `${MARK}${source}; change that file, not this one.`;

/** The same as a comment of HTML, which no name of a file can close. */
export const htmlHeader = (source: string): string =>
  `<!-- ${header(source.replace(/[<>]|-(?=-)/g, letter => `&#${letter.charCodeAt(0)};`))} -->`;

/** What the text of a file that Surefoot wrote begins with, manifest or page; plan.json has no comment. */
export const BEGINNINGS: readonly string[] = [`# ${MARK}`, `<!-- ${MARK}`];

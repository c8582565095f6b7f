/** The agents that can be told what to sync. */
export const AGENTS = ['argocd', 'flux'] as const;

export type Agent = (typeof AGENTS)[number];

/** Where the live manifests lie, as an agent sees it. */
export interface LiveFolder {
  /** Without anything secret. */
  readonly repo: string;
  /** The branch that is followed. */
  readonly branch: string;
  /** From the top of the repository to the folder of all environments: `out/live`. */
  readonly path: string;
}

/** What every object that tells an agent is made from. */
export interface Target extends LiveFolder {
  readonly environments: readonly string[];
  /** What the names of all objects begin with. */
  readonly name: string;
  /** In which the agent looks for its objects. */
  readonly namespace: string;
  /** After how many milliseconds at most the agent has seen a commit. */
  readonly interval: number;
}

/** Longest name of an object: agents write it into labels. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const LONGEST_NAME = 63;

/** Name of what syncs one environment. */
export const nameFor = ({ name }: Pick<Target, 'name'>, environment: string): string => `${name}-${environment}`;

/** What a printed document begins with. */
export const aboutDocument = (agent: string, { path, branch }: LiveFolder, environment: string): string =>
  `${agent} syncs ${path}/${environment} of branch ${branch}. Printed by surefoot bootstrap: apply it once, or keep it where the other settings of ${agent} are, never below ${path}.`;

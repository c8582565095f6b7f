import { Option } from 'commander';

/** The options of `bootstrap`, as typed. */
export interface BootstrapFlags {
  readonly repo?: string;
  readonly revision?: string;
  readonly path?: string;
  readonly env: readonly string[];
  readonly name: string;
  readonly namespace?: string;
  readonly interval?: string;
  readonly single?: boolean;
  readonly project?: string;
  readonly server?: string;
  readonly dest?: string;
  readonly secret?: string;
}

/** What can be typed behind `bootstrap argocd` and `bootstrap flux`. */
export const bootstrapOptions = (): readonly Option[] => [
  new Option('--repo <url>', 'address of the repository, without credentials (default: that of origin)'),
  new Option('--revision <branch>', 'the branch that is synced (default: that of origin/HEAD)'),
  new Option('--path <folder>', 'from the top of the repository to the live folder (default: as git has it)'),
  new Option('--env <name>', 'an environment; may be repeated')
    .default([], 'all of the live folder')
    .argParser((name: string, others: readonly string[]) => [...others, name]),
  new Option('--name <name>', 'what the names of the objects begin with').default('rollouts'),
  new Option('--namespace <name>', 'namespace of the agent (default: argocd or flux-system)'),
  new Option(
    '--interval <duration>',
    'how often git is looked at (default: agent.pollInterval of surefoot.yaml, else 3m with argocd and 1m with flux)',
  ),
  new Option('--single', 'argocd: one Application for each environment, not one for each Rollout'),
  new Option('--project <name>', 'argocd: project of the Applications (default: default)'),
  new Option('--server <url>', 'argocd: API address of the cluster (default: the one in which Argo CD runs)').conflicts(
    'dest',
  ),
  new Option('--dest <name>', 'argocd: name of the cluster in Argo CD, instead of its address'),
  new Option('--secret <name>', 'flux: Secret of the cluster that opens the repository'),
];

import { list, quote } from '../diagnostics/wording.ts';
import { ARGO_INTERVAL, type ArgoTarget } from '../gitops/argocd.ts';
import { FLUX_INTERVAL, type FluxTarget } from '../gitops/flux.ts';
import { repoUrl } from '../gitops/repo-url.ts';
import { type Agent, LONGEST_NAME, nameFor, type Target } from '../gitops/target.ts';
import { printDuration, readDuration } from '../model/duration.ts';
import type { BootstrapFlags } from './bootstrap-options.ts';
import { POLL_INTERVAL } from './poll-interval.ts';

/** What was found where the command runs. */
export interface BootstrapPlace {
  /** Of the remote called origin; absent: there is none, or no repository. */
  readonly url?: string;
  readonly branch?: string;
  /** From the top of the repository to the live folder; absent: it lies outside of one. */
  readonly path?: string;
  /** Those that are synced. */
  readonly environments: readonly string[];
  /** What surefoot.yaml says, in milliseconds; absent: nothing. */
  readonly pollInterval?: number;
}

/** Everything that is printed follows from it. */
export type BootstrapRequest =
  | { readonly agent: 'argocd'; readonly target: ArgoTarget }
  | { readonly agent: 'flux'; readonly target: FluxTarget }
  | { readonly agent: 'wrong'; readonly messages: readonly string[] };

/** Holds the flags against what was found; all that is wrong is said at once. */
export function bootstrapRequest(agent: Agent, flags: BootstrapFlags, place: BootstrapPlace): BootstrapRequest {
  const messages: string[] = [...foreignFlags(agent, flags), ...wrongWords(flags, place)];
  const repo = repository(agent, flags, place);
  if (typeof repo !== 'string') messages.push(repo.wrong);
  const branch = flags.revision ?? place.branch ?? '';
  const wrongBranch = branchProblem(branch, flags.revision !== undefined);
  if (wrongBranch !== undefined) messages.push(wrongBranch);
  const path = (flags.path ?? place.path ?? '').replace(/^(?:\.?\/)+|\/+$/g, '');
  const wrongPath = pathProblem(path, flags.path !== undefined);
  if (wrongPath !== undefined) messages.push(wrongPath);
  const interval = intervalOf(agent, flags, place);
  if (typeof interval !== 'number') messages.push(interval.wrong);
  if (typeof repo !== 'string' || typeof interval !== 'number' || messages.length > 0)
    return { agent: 'wrong', messages };
  const namespace = flags.namespace ?? (agent === 'argocd' ? 'argocd' : 'flux-system');
  const target: Target = {
    ...{ repo, branch, path, namespace, interval },
    ...{ environments: place.environments, name: flags.name },
  };
  return agent === 'argocd'
    ? { agent, target: argoTarget(target, flags) }
    : { agent, target: fluxTarget(target, flags) };
}

/** The cluster in which Argo CD itself runs. https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications */
const OWN_CLUSTER = 'https://kubernetes.default.svc';

const argoTarget = (target: Target, { project = 'default', server, dest, single = false }: BootstrapFlags) => ({
  ...target,
  ...{ project, single },
  destination: dest === undefined ? { server: server ?? OWN_CLUSTER } : { name: dest },
});

const fluxTarget = (target: Target, { secret }: BootstrapFlags): FluxTarget => ({
  ...target,
  ...(secret === undefined ? {} : { secret }),
});

const OF_ONE: { readonly [agent in Agent]: readonly (keyof BootstrapFlags)[] } = {
  argocd: ['single', 'project', 'server', 'dest'],
  flux: ['secret'],
};

const foreignFlags = (agent: Agent, flags: BootstrapFlags): readonly string[] => {
  const other = agent === 'argocd' ? 'flux' : 'argocd';
  return OF_ONE[other].flatMap(flag =>
    flags[flag] === undefined ? [] : [`--${flag} is for ${other} only; leave it out.`],
  );
};

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function wrongWords(flags: BootstrapFlags, { environments }: BootstrapPlace): readonly string[] {
  const { name, namespace, project, secret, server, dest } = flags;
  const labels = Object.entries({ name, namespace, project, secret }).flatMap(([flag, word]) =>
    word === undefined || (LABEL.test(word) && word.length <= LONGEST_NAME)
      ? []
      : [`--${flag} ${quote(word)}: write lower-case letters, digits and dashes, no dash first or last.`],
  );
  const long = environments.find(environment => nameFor({ name }, environment).length > LONGEST_NAME);
  return [
    ...labels,
    ...(long === undefined
      ? []
      : [`${quote(nameFor({ name }, long))} is longer than ${LONGEST_NAME} characters: shorten it with --name.`]),
    ...(server === undefined || /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w./-]*)?$/.test(server)
      ? []
      : ['--server is no plain address; write it as in https://10.0.0.1:6443, without credentials.']),
    ...(dest === undefined || /^[\w.:/@-]+$/.test(dest)
      ? []
      : [`--dest ${quote(dest)}: write the name as argocd cluster list prints it.`]),
  ];
}

function repository(
  agent: Agent,
  { repo, secret }: BootstrapFlags,
  { url }: BootstrapPlace,
): string | { wrong: string } {
  const typed = repo ?? url;
  if (typed === undefined)
    return { wrong: 'this repository has no remote called origin: name its address with --repo https://….' };
  const judged = repoUrl(typed);
  const source = repo === undefined ? 'the address of origin' : '--repo';
  if (typeof judged !== 'string')
    return { wrong: `${source} ${judged.refused}${repo === undefined ? ': --repo https://…' : ''}.` };
  if (agent === 'flux' && judged.startsWith('ssh://') && secret === undefined)
    return {
      wrong: `${source} is opened by a key: name the Secret of the cluster that has it with --secret (flux create secret git makes one), or an https:// address with --repo.`,
    };
  return judged;
}

/** https://git-scm.com/docs/git-check-ref-format, as far as anybody needs it. */
const BRANCH = /^(?!.*(?:\.\.|\/\/|\.lock$|[./]$))[A-Za-z0-9_][\w./+@-]{0,200}$/;

function branchProblem(branch: string, isTyped: boolean): string | undefined {
  if (branch === '') return 'nobody can tell which branch is synced: name it with --revision.';
  if (branch === 'HEAD') return '--revision HEAD names no branch; name the one that promotions are merged into.';
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(branch))
    return `--revision ${branch} is a commit, which never changes: no promotion would ever be synced. Name a branch.`;
  if (BRANCH.test(branch)) return undefined;
  return isTyped
    ? `--revision ${quote(branch)} is no plain name of a branch.`
    : `the branch ${quote(branch)} has no plain name; name another with --revision.`;
}

function pathProblem(path: string, isTyped: boolean): string | undefined {
  if (path === '' && !isTyped)
    return 'the output folder lies outside of the repository: name the live folder as the repository has it with --path.';
  // What else a path may hold means something to a pattern or to a template.
  if (/^[\w+@][\w.+@-]*(?:\/[\w+@][\w.+@-]*)*$/.test(path)) return undefined;
  return `${isTyped ? '--path' : 'the live folder'} ${quote(path)} is no plain path below the top of the repository: letters, digits and . _ - + @, no part that begins with a dot.`;
}

function intervalOf(agent: Agent, { interval }: BootstrapFlags, { pollInterval }: BootstrapPlace) {
  const usual = agent === 'argocd' ? ARGO_INTERVAL : FLUX_INTERVAL;
  if (interval === undefined) return pollInterval ?? usual;
  const typed = readDuration(interval) ?? 0;
  if (typed < 1000) return { wrong: `--interval ${quote(interval)}: write a second or more, such as 1m30s.` };
  const most = pollInterval ?? POLL_INTERVAL;
  if (typed <= most) return typed;
  const known = pollInterval === undefined ? 'by default' : 'in surefoot.yaml';
  return {
    wrong: `--interval ${interval} is longer than agent.pollInterval, ${known} ${printDuration(most)}: a step would count as synced before the agent has seen it. Set agent: { pollInterval: ${interval} } in surefoot.yaml first.`,
  };
}

/** Refuses names that are no folder of the live folder. */
export function chooseEnvironments(
  asked: readonly string[],
  there: readonly string[],
): readonly string[] | { readonly wrong: string } {
  const odd = asked.find(name => !there.includes(name));
  if (odd === undefined) return asked.length === 0 ? there : [...new Set(asked)].sort();
  return { wrong: `--env ${quote(odd)}: the live folder has ${list(there)}.` };
}

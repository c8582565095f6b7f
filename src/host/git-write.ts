import { quote } from '../diagnostics/wording.ts';
import { type Commit, findCommit, type GitWrong, isWrong, type Repository } from './git.ts';
import { git } from './run-git.ts';

/** What is to become a commit: only these paths, relative to the root of the repository, whatever else is staged. */
export interface NewCommit {
  readonly message: string;
  readonly paths: readonly string[];
}

/** Commits with the user's own git: hooks run, and what is configured to be signed is signed. */
export function commitPaths(repository: Repository, { message, paths }: NewCommit): Commit | GitWrong {
  const { root } = repository;
  const literal = paths.map(path => `:(top,literal)${repository.prefix}${path}`);
  const added = git(root, ['add', '--all', '--', ...literal]);
  if (isWrong(added)) return added;
  const made = git(root, ['commit', '--quiet', '--file=-', '--cleanup=verbatim', '--only', '--', ...literal], message);
  return isWrong(made) ? made : findCommit(repository, 'HEAD');
}

/** Switches to a new branch that begins here. */
export function startBranch({ root }: Repository, name: string): GitWrong | undefined {
  const valid = git(root, ['check-ref-format', '--branch', name]);
  if (isWrong(valid) || name.startsWith('-')) return { wrong: `${quote(name)} is no name of a branch.` };
  const said = git(root, ['switch', '--quiet', '--create', name]);
  return isWrong(said) ? said : undefined;
}

/** Goes back to a branch and forgets one that was started. */
export function leaveBranch({ root }: Repository, name: string, back: string): void {
  git(root, ['switch', '--quiet', back]);
  git(root, ['branch', '--quiet', '-D', name]);
}

/** Name of the branch that is checked out; undefined: a commit without a branch is. */
export function currentBranch({ root }: Repository): string | undefined {
  const said = git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return isWrong(said) ? undefined : said.text.trim();
}

/** A branch of a remote repository. */
export interface Upstream {
  readonly remote: string;
  /** Without the remote's name. */
  readonly branch: string;
}

/** Where the current branch is pushed to: what it tracks, else the branch of its own name at `origin`. */
export function upstreamOf(repository: Repository): Upstream | GitWrong {
  const branch = currentBranch(repository);
  if (branch === undefined)
    return { wrong: 'no branch is checked out, so nobody knows where to push to: git switch <branch>' };
  const read = (key: string): string | undefined => {
    const said = git(repository.root, ['config', '--get', `branch.${branch}.${key}`]);
    return isWrong(said) ? undefined : said.text.trim();
  };
  const merge = read('merge')?.replace(/^refs\/heads\//, '');
  return { remote: read('remote') ?? 'origin', branch: merge ?? branch };
}

/** Brings what a remote has of a branch, and names the commit; undefined: the remote has no such branch yet. */
export function fetchBranch(repository: Repository, { remote, branch }: Upstream): Commit | GitWrong | undefined {
  const listed = git(repository.root, ['ls-remote', '--heads', '--', remote, `refs/heads/${branch}`]);
  if (isWrong(listed)) return listed;
  if (listed.text.trim() === '') return undefined;
  const fetched = git(repository.root, [
    ...['fetch', '--quiet', '--no-tags', '--', remote],
    `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`,
  ]);
  if (isWrong(fetched)) return fetched;
  return findCommit(repository, `refs/remotes/${remote}/${branch}`);
}

/** `behind`: the remote has commits that this branch has not, so that nothing was pushed. */
export type Pushed = 'pushed' | 'behind' | GitWrong;

/** Pushes the current branch, never by force. */
export function pushBranch({ root }: Repository, { remote, branch }: Upstream): Pushed {
  const said = git(root, [...['push', '--set-upstream', '--', remote], `HEAD:refs/heads/${branch}`]);
  if (!isWrong(said)) return 'pushed';
  // The reasons of a refused push: https://git-scm.com/docs/git-push#_output
  return /\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref/i.test(said.wrong)
    ? 'behind'
    : said;
}

/** Puts the newest commit on top of another one; where that cannot be done, everything is as before. */
export function rebaseOnto({ root }: Repository, { id }: Commit): GitWrong | undefined {
  const said = git(root, ['rebase', '--quiet', '--autostash', id]);
  if (!isWrong(said)) return undefined;
  git(root, ['rebase', '--abort']);
  return said;
}

/** Takes back commits that nobody has seen; changes of the user stay. */
export function takeBack({ root }: Repository, { id }: Commit): GitWrong | undefined {
  const said = git(root, ['reset', '--quiet', '--keep', id]);
  return isWrong(said) ? said : undefined;
}

/** Who made a commit, when and with which subject: `1a2b3c4 by Jane Doe, "rollout(web): canary-20"`. */
export function describeCommit({ root }: Repository, { id }: Commit, paths: readonly string[] = []): string {
  const said = git(root, ['log', '-1', '--no-show-signature', '--format=%h by %an, %s', id, '--', ...paths]);
  return isWrong(said) || said.text.trim() === '' ? id.slice(0, 7) : said.text.trim();
}

import { join } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { type Commit, findCommit, type GitWrong, isWrong, type Repository } from './git.ts';
import { git } from './run-git.ts';
import { statOf } from './system-error.ts';

/** What is to become a commit: only these paths, relative to the root of the repository, whatever else is staged. */
export interface NewCommit {
  readonly message: string;
  readonly paths: readonly string[];
}

/** Commits with the user's own git: hooks run, and what is configured to be signed is signed. */
export function commitPaths(repository: Repository, { message, paths }: NewCommit): Commit | GitWrong {
  const { root } = repository;
  // What is neither on disk nor known to git cannot be named to it.
  const there = paths.filter(path => statOf(join(root, path)) !== undefined || isTracked(repository, path));
  const literal = there.map(path => literalPath(repository, path));
  const added = git(root, ['add', '--all', '--', ...literal]);
  if (isWrong(added)) return added;
  const made = git(root, ['commit', '--quiet', '--file=-', '--cleanup=verbatim', '--only', '--', ...literal], message);
  return isWrong(made) ? made : findCommit(repository, 'HEAD');
}

const literalPath = ({ prefix }: Repository, path: string): string => `:(top,literal)${prefix}${path}`;

function isTracked(repository: Repository, path: string): boolean {
  const said = git(repository.root, ['ls-files', '-z', '--', literalPath(repository, path)]);
  return !isWrong(said) && said.text !== '';
}

/** Why a new branch of this name cannot be made; undefined: it can. */
export function branchProblem({ root }: Repository, name: string): string | undefined {
  if (name.startsWith('-') || isWrong(git(root, ['check-ref-format', '--branch', name])))
    return `${quote(name)} is no name of a branch.`;
  return isWrong(git(root, ['show-ref', '--verify', '--quiet', `refs/heads/${name}`]))
    ? undefined
    : `there is a branch ${quote(name)} already; name another one.`;
}

/** Switches to a new branch that begins here. */
export function startBranch({ root }: Repository, name: string): GitWrong | undefined {
  const said = git(root, ['switch', '--quiet', '--no-track', '--create', name]);
  return isWrong(said) ? said : undefined;
}

/** Goes back to where a branch was started, and forgets it. */
export function leaveBranch({ root }: Repository, name: string, back: string | Commit): GitWrong | undefined {
  const to = typeof back === 'string' ? [back] : ['--detach', back.id];
  const left = git(root, ['switch', '--quiet', ...to]);
  const forgotten = isWrong(left) ? left : git(root, ['branch', '--quiet', '-D', name]);
  return isWrong(forgotten) ? forgotten : undefined;
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

/** Where a branch is pushed to: what it tracks, else the branch of its own name at `origin`. Absent: the one that is checked out. */
export function upstreamOf(repository: Repository, name?: string): Upstream | GitWrong {
  const branch = name ?? currentBranch(repository);
  if (branch === undefined)
    return { wrong: 'no branch is checked out, so nobody knows where to push to: git switch <branch>' };
  const read = (key: string): string | undefined => {
    const said = git(repository.root, ['config', '--get', `branch.${branch}.${key}`]);
    return isWrong(said) ? undefined : said.text.trim();
  };
  const remote = read('remote') ?? 'origin';
  // A dot is this very repository: nothing would leave the machine.
  if (remote === '.') return { remote: 'origin', branch };
  return { remote, branch: read('merge')?.replace(/^refs\/heads\//, '') ?? branch };
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

/** How many commits HEAD has that another commit has not; NaN: nobody can tell. */
export function commitsAhead({ root }: Repository, { id }: Commit): number {
  const said = git(root, ['rev-list', '--count', `${id}..HEAD`]);
  return isWrong(said) ? Number.NaN : Number(said.text);
}

/** Whether everything that a commit holds is in the history of another one. */
export const isAncestor = ({ root }: Repository, older: Commit, newer: Commit): boolean =>
  !isWrong(git(root, ['merge-base', '--is-ancestor', older.id, newer.id]));

/** Tracked files with changes that are in no commit, as the top of the repository sees them. */
export function dirtyFiles({ root }: Repository): readonly string[] {
  const said = git(root, ['diff', '--name-only', '-z', '--no-renames', 'HEAD']);
  return isWrong(said) ? [] : said.text.split('\0').filter(path => path !== '');
}

/** Files that differ between two commits, as the top of the repository sees them. */
export function filesBetween({ root }: Repository, one: Commit, other: Commit): readonly string[] {
  const said = git(root, ['diff', '--name-only', '-z', '--no-renames', one.id, other.id]);
  return isWrong(said) ? [] : said.text.split('\0').filter(path => path !== '');
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

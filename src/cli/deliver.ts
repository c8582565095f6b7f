import { quote } from '../diagnostics/wording.ts';
import { type Commit, changedFiles, findCommit, type GitWrong, isWrong, type Repository } from '../host/git.ts';
import {
  commitPaths,
  currentBranch,
  describeCommit,
  dirtyFiles,
  fetchBranch,
  filesBetween,
  leaveBranch,
  type NewCommit,
  pushBranch,
  rebaseOnto,
  startBranch,
  takeBack,
  type Upstream,
  upstreamOf,
} from '../host/git-write.ts';
import type { CommitWish } from './commit-options.ts';

/** What became of commits: their own short names, or why nothing was delivered and what that left behind. */
export type Delivered =
  | { readonly kind: 'done'; readonly words: string }
  /** Somebody else pushed a change of the same files first. */
  | { readonly kind: 'overtaken'; readonly words: string }
  | { readonly kind: 'wrong'; readonly words: string };

/** How often somebody else may be faster before we give up. */
const MOST_TRIES = 5;

/** What is wished, and what else must be as it was where others push first; absent: nothing else. */
export interface Delivery extends CommitWish {
  /** Paths besides those of the commits that the judgement rests on. */
  readonly watched?: readonly string[];
  /** Whether commits stay that could not be pushed; absent: no. */
  readonly keep?: true;
}

/** Commits, each by itself, and pushes them where that is wished. What cannot be delivered is taken back from the branch. */
export function deliver(repository: Repository, commits: readonly NewCommit[], wish: Delivery): Delivered {
  const start = findCommit(repository, 'HEAD');
  if (isWrong(start)) return { kind: 'wrong', words: start.wrong };
  const back = currentBranch(repository);
  const upstream = wish.push ? destinationOf(repository, wish.branch, back) : undefined;
  if (upstream !== undefined && isWrong(upstream)) return { kind: 'wrong', words: upstream.wrong };
  const started = wish.branch === undefined ? undefined : startBranch(repository, wish.branch);
  if (started !== undefined) return { kind: 'wrong', words: started.wrong };
  const failed = commitAll(repository, commits);
  if (failed !== undefined) return { kind: 'wrong', words: failed };
  if (upstream === undefined) return { kind: 'done', words: doneWords(repository, wish.branch ?? back) };
  const paths = [...commits.flatMap(commit => commit.paths), ...(wish.watched ?? [])];
  const pushed = push(repository, upstream, start, paths);
  if (pushed === undefined)
    return { kind: 'done', words: `${doneWords(repository, wish.branch ?? back)}, pushed to ${nameOf(upstream)}` };
  if (wish.keep === true) {
    const again =
      pushed.kind === 'overtaken'
        ? ` To abort what is there now: git reset --keep ${upstream.remote}/${upstream.branch}, and the same command again.`
        : ' The same command again pushes it.';
    return { kind: 'wrong', words: `committed, and NOT pushed: ${pushed.words}${again}` };
  }
  const stays =
    takeBack(repository, start) ??
    (wish.branch === undefined ? undefined : leaveBranch(repository, wish.branch, back ?? start));
  const words =
    stays === undefined
      ? `${pushed.words} The files here are as they were.`
      : `${pushed.words} The commit is still here: ${stays.wrong}`;
  return { kind: pushed.kind, words };
}

/** A new branch goes to one of its own name at the remote, whatever git is set to. */
function destinationOf(
  repository: Repository,
  branch: string | undefined,
  back: string | undefined,
): Upstream | GitWrong {
  if (branch === undefined) return upstreamOf(repository);
  const usual = back === undefined ? undefined : upstreamOf(repository, back);
  return { remote: usual === undefined || isWrong(usual) ? 'origin' : usual.remote, branch };
}

/** Undefined: all are made. */
function commitAll(repository: Repository, commits: readonly NewCommit[]): string | undefined {
  for (const [index, commit] of commits.entries()) {
    const made = commitPaths(repository, commit);
    if (!isWrong(made)) continue;
    const before = index === 0 ? 'Nothing is committed' : `${index} of ${commits.length} are committed`;
    return `${made.wrong} ${before}; the files of ${quote(commit.message.split('\n', 1)[0]!)} are changed and staged. Mend what git says and commit them, or take them back with git checkout HEAD -- .`;
  }
  return undefined;
}

function doneWords(repository: Repository, branch: string | undefined): string {
  const made = findCommit(repository, 'HEAD');
  const id = isWrong(made) ? '' : ` ${made.id.slice(0, 7)}`;
  return `committed${id} on ${branch ?? 'no branch: git switch -c <name> keeps it'}`;
}

interface NotPushed {
  readonly kind: 'overtaken' | 'wrong';
  readonly words: string;
}

/** Pushes the newest commits, on top of what others pushed meanwhile; undefined: they are there. */
function push(
  repository: Repository,
  upstream: Upstream,
  start: Commit,
  paths: readonly string[],
): NotPushed | undefined {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const said = pushBranch(repository, upstream);
    if (said === 'pushed') return undefined;
    if (said !== 'behind') return { kind: 'wrong', words: said.wrong };
    const wrong = catchUp(repository, upstream, start, paths);
    if (wrong !== undefined) return wrong;
  }
  return { kind: 'wrong', words: `others pushed to ${nameOf(upstream)} ${MOST_TRIES} times meanwhile; try again.` };
}

function catchUp(
  repository: Repository,
  upstream: Upstream,
  start: Commit,
  paths: readonly string[],
): NotPushed | undefined {
  const there = fetchBranch(repository, upstream);
  if (there === undefined) return undefined;
  if (isWrong(there)) return { kind: 'wrong', words: there.wrong };
  const touched = changedFiles(repository, start, there, paths);
  if (isWrong(touched)) return { kind: 'wrong', words: touched.wrong };
  if (touched.length > 0) return { kind: 'overtaken', words: overtakenWords(repository, upstream, there, paths) };
  // A stash that meets what others pushed would leave marks of a conflict in files that are none of ours.
  const dirty = new Set(dirtyFiles(repository));
  const met = filesBetween(repository, start, there).find(path => dirty.has(path));
  if (met !== undefined)
    return {
      kind: 'wrong',
      words: `others changed ${quote(met)} meanwhile, which has changes of yours: commit or stash them first.`,
    };
  const rebased = rebaseOnto(repository, there);
  return rebased === undefined ? undefined : { kind: 'wrong', words: rebased.wrong };
}

const overtakenWords = (repository: Repository, upstream: Upstream, there: Commit, paths: readonly string[]): string =>
  `somebody else was faster: ${nameOf(upstream)} already has ${describeCommit(repository, there, paths)}. ` +
  'Nothing was pushed. Run git pull, look with surefoot status, and decide again.';

const nameOf = ({ remote, branch }: Upstream): string => quote(`${remote}/${branch}`);

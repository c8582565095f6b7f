import { quote } from '../diagnostics/wording.ts';
import { type Commit, changedFiles, findCommit, isWrong, type Repository } from '../host/git.ts';
import {
  commitPaths,
  currentBranch,
  describeCommit,
  fetchBranch,
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

/** Commits, each by itself, and pushes them where that is wished. What cannot be delivered is taken back from the branch. */
export function deliver(
  repository: Repository,
  commits: readonly NewCommit[],
  wish: CommitWish & { /** Whether commits stay that could not be pushed; absent: no. */ readonly keep?: true },
): Delivered {
  const start = findCommit(repository, 'HEAD');
  if (isWrong(start)) return { kind: 'wrong', words: start.wrong };
  const back = currentBranch(repository);
  const started = wish.branch === undefined ? undefined : startBranch(repository, wish.branch);
  if (started !== undefined) return { kind: 'wrong', words: started.wrong };
  const giveUp = (kind: 'overtaken' | 'wrong', words: string): Delivered => {
    takeBack(repository, start);
    if (wish.branch !== undefined && back !== undefined) leaveBranch(repository, wish.branch, back);
    return { kind, words };
  };
  for (const commit of commits) {
    const made = commitPaths(repository, commit);
    if (isWrong(made))
      return { kind: 'wrong', words: `${made.wrong} The files are changed, and nothing is committed.` };
  }
  const paths = commits.flatMap(commit => commit.paths);
  if (wish.push) {
    const pushed = push(repository, start, paths);
    if (pushed !== undefined && wish.keep === true)
      return {
        kind: 'wrong',
        words: `committed, and NOT pushed: ${pushed.words} Push it yourself: git pull --rebase && git push`,
      };
    if (pushed !== undefined) return giveUp(pushed.kind, pushed.words);
  }
  return { kind: 'done', words: doneWords(repository, wish, back) };
}

function doneWords(repository: Repository, { branch, push: isPushed }: CommitWish, back: string | undefined): string {
  const made = findCommit(repository, 'HEAD');
  const id = isWrong(made) ? '' : ` ${made.id.slice(0, 7)}`;
  return `${isPushed ? 'pushed' : 'committed'}${id} on ${branch ?? back ?? 'HEAD'}`;
}

/** Pushes the newest commits, on top of what others pushed meanwhile; undefined: they are there. */
function push(
  repository: Repository,
  start: Commit,
  paths: readonly string[],
): { readonly kind: 'overtaken' | 'wrong'; readonly words: string } | undefined {
  const upstream = upstreamOf(repository);
  if (isWrong(upstream)) return { kind: 'wrong', words: upstream.wrong };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const said = pushBranch(repository, upstream);
    if (said === 'pushed') return undefined;
    if (said !== 'behind') return { kind: 'wrong', words: said.wrong };
    const wrong = catchUp(repository, upstream, start, paths);
    if (wrong !== undefined) return wrong;
  }
  return { kind: 'wrong', words: `others pushed to ${nameOf(upstream)} ${MOST_TRIES} times meanwhile; try again.` };
}

function catchUp(repository: Repository, upstream: Upstream, start: Commit, paths: readonly string[]) {
  const there = fetchBranch(repository, upstream);
  if (there === undefined) return undefined;
  if (isWrong(there)) return { kind: 'wrong' as const, words: there.wrong };
  const touched = changedFiles(repository, start, there, paths);
  if (isWrong(touched)) return { kind: 'wrong' as const, words: touched.wrong };
  if (touched.length > 0)
    return { kind: 'overtaken' as const, words: overtakenWords(repository, upstream, there, paths) };
  const rebased = rebaseOnto(repository, there);
  return rebased === undefined ? undefined : { kind: 'wrong' as const, words: rebased.wrong };
}

const overtakenWords = (repository: Repository, upstream: Upstream, there: Commit, paths: readonly string[]): string =>
  `somebody else was faster: ${nameOf(upstream)} already has ${describeCommit(repository, there, paths)}. ` +
  'Nothing was pushed, and the files here are as they were. Run git pull, look with surefoot status, and decide again.';

const nameOf = ({ remote, branch }: Upstream): string => quote(`${remote}/${branch}`);

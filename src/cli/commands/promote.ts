import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isWrong, openRepository } from '../../host/git.ts';
import { branchProblem, commitsAhead, fetchBranch, type NewCommit, upstreamOf } from '../../host/git-write.ts';
import { whileLocked } from '../../host/lock-around.ts';
import { openOut } from '../../host/out-folder.ts';
import { prometheusAccess } from '../../host/prometheus-access.ts';
import { type Standing, standingsIn } from '../../host/standings.ts';
import { FLEET_FILE } from '../../model/fleet.ts';
import { observationData } from '../../review/observation-words.ts';
import type { CommitWish } from '../commit-options.ts';
import { count } from '../count.ts';
import { type Delivered, deliver } from '../deliver.ts';
import { judgeMove } from '../judge-move.ts';
import { loadCompiler } from '../load-compiler.ts';
import type { Judged, Move, MovePlace, MoveRequest } from '../move.ts';
import { movePlace } from '../move-place.ts';
import type { Settings } from '../settings.ts';
import { findTargets, type TargetRequest } from '../targets.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';
import { commitOf, writeMove } from '../write-move.ts';

/** What `promote` and `resume` are asked for. */
export interface PromoteRequest extends MoveRequest {
  readonly targets: TargetRequest;
  readonly wish: CommitWish;
  /** The branch from which agents sync; absent: the default branch of the remote. */
  readonly target?: string;
  /** Why, for the commit; absent: nobody said. */
  readonly reason?: string;
  /** Judge and tell, write nothing. */
  readonly dryRun: boolean;
  readonly output: 'text' | 'json';
}

/** Moves Rollouts to their next state, each by itself: those that may not move stay as they are. */
export async function promote(request: PromoteRequest, settings: Settings): Promise<ExitCode> {
  const { verb } = request;
  const fetched = request.wish.push ? fetchFirst(settings, request) : undefined;
  if (fetched !== undefined) return tellUsage([fetched], verb);
  const place = movePlace(settings, request.target, Date.now());
  if (typeof place === 'string') return tellUsage([place], verb);
  const { branch } = request.wish;
  const problem = branch === undefined ? undefined : branchProblem(place.repository, branch);
  return problem === undefined ? run(request, place) : tellUsage([problem], verb);
}

/** What others pushed is part of the question whether a Rollout may move. What else would go along is told before anything is written. */
function fetchFirst(settings: Settings, { target, wish: { branch } }: PromoteRequest): string | undefined {
  const repository = openRepository(settings.root);
  if (isWrong(repository)) return repository.wrong;
  const upstream = upstreamOf(repository);
  const there = isWrong(upstream) ? upstream : fetchBranch(repository, upstream);
  if (there !== undefined && isWrong(there)) return there.wrong;
  if (there === undefined || branch !== undefined || target !== undefined) return undefined;
  const ahead = commitsAhead(repository, there);
  return ahead > 0
    ? `${count(ahead, 'commit')} of this branch ${ahead === 1 ? 'is' : 'are'} not pushed and would go along: push or take back what is yours first, or use --branch.`
    : undefined;
}

async function run(request: PromoteRequest, place: MovePlace): Promise<ExitCode> {
  // Whatever its address: what is wrong with the credentials is told before anything is asked.
  const access = prometheusAccess(process.env, 'https://prometheus.invalid');
  if (access !== undefined && 'wrong' in access) return tellUsage([access.wrong], request.verb);
  const targets = findTargets(request.targets, place.settings);
  if (typeof targets === 'string') return tellUsage([targets], request.verb);
  const compile = await loadCompiler(place.settings);
  const judged: [Standing, Judged][] = [];
  for (const standing of targets) judged.push([standing, await judgeMove(standing, request, place, compile)]);
  const wrong = judged.flatMap(([, one]) => (one.kind === 'wrong' ? [one.message] : []));
  if (wrong.length === judged.length) return tellUsage(wrong, request.verb);
  const sound = judged.flatMap(([, one]) => (one.kind === 'sound' ? [one.move] : []));
  const idle = judged.flatMap(([, one]) => (one.kind === 'idle' ? [one.words] : []));
  const refused = judged.flatMap(([, one]) => (one.kind === 'refused' ? [one] : []));
  const written = request.dryRun ? { moves: sound, diagnostics: [] } : await writeLocked(sound, place);
  if (typeof written === 'string') return tellUsage([written], request.verb);
  const commits = written.moves.map(move => commitOf(move, place, request.verb, request.reason));
  const delivered = deliverAll(request, place, commits);
  if (delivered === undefined || delivered.kind === 'done') printMoves(request, written.moves, commits);
  const undone = delivered !== undefined && delivered.kind !== 'done';
  const diagnostics = [...refused.flatMap(one => one.diagnostics), ...written.diagnostics];
  const closing = [
    ...idle,
    ...wrong,
    ...(delivered === undefined ? [] : [delivered.words]),
    ...closingOf(request, undone ? 0 : written.moves.length, refused.length),
  ];
  const facts = { moves: undone ? [] : written.moves.map(moveData) };
  const exit = tellReport({ diagnostics, findings: [], closing, facts }, place.settings);
  if (undone || exit === 0) return undone || wrong.length > 0 ? 1 : exit;
  return refused.every(one => one.isUnknown) && wrong.length === 0 && written.diagnostics.length === 0 ? 3 : 1;
}

/** Judging may wait for a cluster, and an abort must not wait for that: only writing is done alone. */
async function writeLocked(sound: readonly Move[], place: MovePlace) {
  const { root, outName } = place.settings;
  return whileLocked(root, outName, async () => {
    const now = standingsIn(openOut(root, outName), directory =>
      sound.some(one => one.standing.directory === directory),
    );
    const changed = sound.find(
      ({ standing }) => now.find(one => one.directory === standing.directory)?.plan !== standing.plan,
    );
    return changed === undefined
      ? writeAll(sound, place)
      : `${changed.standing.directory} was changed while it was judged; look with surefoot status, and decide again.`;
  });
}

async function writeAll(sound: readonly Move[], place: MovePlace) {
  const moves: Move[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const move of sound) {
    const failed = await writeMove(move, place);
    if (failed.length === 0) moves.push(move);
    else diagnostics.push(...failed);
  }
  return { moves, diagnostics };
}

function deliverAll(
  { wish, dryRun }: PromoteRequest,
  { repository }: MovePlace,
  commits: readonly NewCommit[],
): Delivered | undefined {
  return !wish.commit || dryRun || commits.length === 0
    ? undefined
    : deliver(repository, commits, { ...wish, watched: [FLEET_FILE] });
}

function printMoves({ output }: PromoteRequest, moves: readonly Move[], commits: readonly NewCommit[]): void {
  if (output === 'json')
    print(
      `${JSON.stringify(
        moves.map((move, i) => ({ ...moveData(move), ...commits[i]! })),
        null,
        2,
      )}\n`,
    );
  else print(commits.map(({ message }) => message).join('\n'));
}

const moveData = ({ standing, from, to, verdict, observations, allowed }: Move) => ({
  ...{ directory: standing.directory, source: standing.facts.source, from, to, allowed },
  ...{ operations: verdict.operations, observations: observations.map(observationData) },
});

function closingOf({ wish, dryRun, verb }: PromoteRequest, done: number, refused: number): readonly string[] {
  const stays =
    refused === 0 ? '' : `; ${count(refused, 'rollout')} left where ${refused === 1 ? 'it is' : 'they are'}`;
  if (done === 0) return refused === 0 ? [] : [`nothing moved${stays}`];
  if (dryRun) return [`${count(done, 'rollout')} could move; nothing was written${stays}`];
  const next = wish.commit ? '' : '; to commit it by hand: git add --all, then git commit with the message above';
  return [`${verb === 'resume' ? 'resumed' : 'promoted'} ${count(done, 'rollout')}${next}${stays}`];
}

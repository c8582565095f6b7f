import { isWrong, openRepository } from '../../host/git.ts';
import { whileLocked } from '../../host/lock-around.ts';
import { type Aborted, abortOne } from '../abort-one.ts';
import type { CommitWish } from '../commit-options.ts';
import { deliver } from '../deliver.ts';
import type { Settings } from '../settings.ts';
import { findTargets, type TargetRequest } from '../targets.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';

/** What `abort` is asked for. */
export interface AbortRequest {
  readonly targets: TargetRequest;
  readonly wish: CommitWish;
  readonly dryRun: boolean;
  readonly output: 'text' | 'json';
  readonly reason?: string;
}

/**
 * Puts the committed abort of the step in which Rollouts stand into place. It needs no Rollout that compiles, no template, no surefoot.yaml and no network:
 * what it writes was compiled and proved when the step was.
 */
export async function abort(request: AbortRequest, settings: Settings): Promise<ExitCode> {
  const exit = await whileLocked(settings.root, settings.outName, () => run(request, settings));
  return typeof exit === 'string' ? tellUsage([exit], 'abort') : exit;
}

async function run(request: AbortRequest, settings: Settings): Promise<ExitCode> {
  const targets = findTargets(request.targets, settings);
  if (typeof targets === 'string')
    return tellUsage(
      [`${targets} Where files of ${settings.outName}/ are gone: git checkout HEAD -- ${settings.outName}`],
      'abort',
    );
  const done: Aborted[] = [];
  const wrong: string[] = [];
  for (const standing of targets) {
    const one = await abortOne(standing, { ...request, isCommitted: request.wish.commit }, settings);
    if (typeof one === 'string') wrong.push(one);
    else if (one !== undefined) done.push(one);
    else tell(`${standing.directory} stands in ${standing.facts.step} already\n`);
  }
  for (const message of wrong) tell(`error: ${message}\n`);
  for (const { words } of done) tell(words.map(line => `${line}\n`).join(''));
  if (request.output === 'json')
    print(
      `${JSON.stringify(
        done.map(({ standing, ...rest }) => ({ directory: standing.directory, ...rest, ...rest.commit })),
        null,
        2,
      )}\n`,
    );
  else print(done.flatMap(({ commit }) => commit?.message ?? []).join('\n'));
  const isDelivered = deliverAll(done, request, settings);
  if (done.length > 0 && request.dryRun) tell('nothing was written\n');
  return wrong.length > 0 || !isDelivered ? 1 : 0;
}

function deliverAll(done: readonly Aborted[], { wish, dryRun }: AbortRequest, { root }: Settings): boolean {
  if (!wish.commit || dryRun || done.length === 0) return true;
  if (!wish.push && done.every(({ commit }) => commit === undefined)) return true;
  const repository = openRepository(root);
  const delivered = isWrong(repository)
    ? { kind: 'wrong' as const, words: repository.wrong }
    : deliver(
        repository,
        done.flatMap(({ commit }) => commit ?? []),
        { ...wish, keep: true },
      );
  tell(`${delivered.words}\n`);
  return delivered.kind === 'done';
}

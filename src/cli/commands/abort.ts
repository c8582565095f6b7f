import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { findCommit, isWrong, openRepository } from '../../host/git.ts';
import type { NewCommit } from '../../host/git-write.ts';
import { whileLocked } from '../../host/lock-around.ts';
import { lookAt } from '../../host/look.ts';
import { type OutFolder, openOut } from '../../host/out-folder.ts';
import { readState, readStateAt } from '../../host/proposal.ts';
import { readSource } from '../../host/read-source.ts';
import { replaceText } from '../../host/replace-text.ts';
import { type Standing, standingsIn } from '../../host/standings.ts';
import { filesBelow } from '../../host/survey-out.ts';
import { operate, operationsOf, stageFiles } from '../../host/write-out.ts';
import { statePath } from '../../layout/paths.ts';
import { type PlanRecord, planRecord } from '../../plan-record.ts';
import { moveMessage } from '../../release/commit-message.ts';
import { withStep } from '../../release/set-step.ts';
import { setStepRoughly } from '../../release/set-step-roughly.ts';
import { type StateInPlace, stateInPlace } from '../../state-in-place.ts';
import { outBelowRoot } from '../check-request.ts';
import type { CommitWish } from '../commit-options.ts';
import { count } from '../count.ts';
import { deliver } from '../deliver.ts';
import { refreshPage } from '../refresh-page.ts';
import type { Settings } from '../settings.ts';
import { findTargets, type TargetRequest } from '../targets.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';
import { pathsOf } from '../write-move.ts';

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
  const targets = findTargets(request.targets, settings);
  if (typeof targets === 'string') return tellUsage([targets], 'abort');
  const exit = await whileLocked(settings.root, settings.outName, () => run(targets, request, settings));
  return typeof exit === 'string' ? tellUsage([exit], 'abort') : exit;
}

/** An abort that was put into place, or would be. */
interface Aborted {
  readonly standing: Standing;
  readonly from: string;
  readonly to: string;
  /** What was done, a line each. */
  readonly words: readonly string[];
  readonly commit: NewCommit;
}

async function run(targets: readonly Standing[], request: AbortRequest, settings: Settings): Promise<ExitCode> {
  const done: Aborted[] = [];
  const wrong: string[] = [];
  for (const standing of targets) {
    const one = await abortOne(standing, request, settings);
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
  else print(done.map(({ commit }) => commit.message).join('\n'));
  const isDelivered = deliverAll(done, request, settings);
  if (done.length > 0 && request.dryRun) tell('nothing was written\n');
  return wrong.length > 0 || !isDelivered ? 1 : 0;
}

function deliverAll(done: readonly Aborted[], { wish, dryRun }: AbortRequest, { root }: Settings): boolean {
  if (!wish.commit || dryRun || done.length === 0) return true;
  const repository = openRepository(root);
  const delivered = isWrong(repository)
    ? { kind: 'wrong' as const, words: repository.wrong }
    : deliver(
        repository,
        done.map(({ commit }) => commit),
        { ...wish, keep: true },
      );
  tell(`${delivered.words}\n`);
  return delivered.kind === 'done';
}

/** Undefined: it stands in an abort already. A text says why it cannot be aborted. */
async function abortOne(
  standing: Standing,
  request: AbortRequest,
  settings: Settings,
): Promise<Aborted | string | undefined> {
  const { directory } = standing;
  const plan = standing.plan;
  const record = planRecord(directory, plan);
  const { step } = record;
  if (plan === undefined || step === undefined)
    return `${directory} has no plan.json that tells where it stands: take it back from git, as with git checkout HEAD -- ${settings.outName}/plan/${directory}`;
  if (record.aborts.includes(step)) return undefined;
  const to = `abort-${step}`;
  if (!record.aborts.includes(to)) return nothingToAbort(directory, step, record);
  const out = openOut(settings.root, settings.outName);
  const state = committedState(to, record, out, settings, directory);
  if (state === undefined)
    return `${settings.outName}/${statePath(directory, to)} is gone or was edited, on disk and in HEAD: take it back from the commit that wrote it`;
  const placed = stateInPlace(directory, to, { state, plan });
  if (typeof placed === 'string') return placed;
  const words = request.dryRun ? [] : await write(placed, to, standing, record, settings);
  return {
    ...{ standing, from: step, to, words: [`${directory}: ${step} -> ${to}`, ...words.map(line => `  ${line}`)] },
    commit: {
      message: moveMessage({
        ...{ verb: 'abort', rollout: record.rollout, namespace: record.namespace, environment: record.environment },
        ...{
          from: step,
          to,
          lines: [`${step} -> ${to}: all requests to the stable version, no pod touched`],
          allowed: [],
        },
        ...(request.reason === undefined ? {} : { reason: request.reason }),
      }),
      paths: pathsOf(record.source ?? '', outBelowRoot(settings), directory).filter(path => path !== ''),
    },
  };
}

const nothingToAbort = (directory: string, step: string, { states }: PlanRecord): string =>
  states.indexOf(step) <= 0
    ? `${directory} stands in ${step}: no release has begun, so there is nothing to abort`
    : `${directory} stands in ${step}, which needs no abort: the stable version gets every request, or the one before is gone; the way on is surefoot promote, the way back a release`;

/** The text of a state as it was written: on disk, else in HEAD; the hash in plan.json tells. */
function committedState(
  state: string,
  { files }: PlanRecord,
  out: OutFolder,
  settings: Settings,
  directory: string,
): string | undefined {
  const wanted = files[statePath(directory, state)];
  const isAsWritten = (text: string): boolean =>
    wanted === undefined || createHash('sha256').update(text).digest('hex') === wanted;
  const onDisk = readState(out, directory, state)?.text;
  if (onDisk !== undefined && isAsWritten(onDisk)) return onDisk;
  const repository = openRepository(settings.root);
  const head = isWrong(repository) ? repository : findCommit(repository, 'HEAD');
  if (isWrong(repository) || isWrong(head)) return undefined;
  const inHead = readStateAt({ repository, base: head, out, name: outBelowRoot(settings) }, directory, state)?.text;
  return inHead !== undefined && isAsWritten(inHead) ? inHead : undefined;
}

/** Writes the live files first: they are what counts. Says what was done. */
async function write(
  { files }: StateInPlace,
  to: string,
  standing: Standing,
  record: PlanRecord,
  settings: Settings,
): Promise<readonly string[]> {
  const { directory } = standing;
  const out = openOut(settings.root, settings.outName);
  const kept = new Set(files.map(({ path }) => path));
  const obsolete = filesBelow(out, `live/${directory}`)
    .map(({ path }) => path)
    .filter(path => !kept.has(path));
  const changed = files.filter(({ path, text }) => textAt(out.locate(path)) !== text);
  operate(out, operationsOf(stageFiles(out, changed), { obsolete, leftovers: [] }));
  const live = changed.filter(({ path }) => path.startsWith('live/')).length + obsolete.length;
  const edited = editRollout(to, standing, record, settings);
  const page = await refreshPage(standing, files, settings);
  return [`${count(live, 'live file')} changed in ${settings.outName}/live/${directory}`, edited, ...page];
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Lets the Rollout say where it stands, in whatever condition it is. */
function editRollout(to: string, { facts }: Standing, { environment }: PlanRecord, settings: Settings): string {
  const { source } = facts;
  const look = source === undefined ? undefined : lookAt(settings.root, source);
  const read = look?.kind === 'file' ? readSource(settings.root, look.file) : undefined;
  if (look?.kind !== 'file' || read === undefined || !('text' in read))
    return `the Rollout file ${source ?? ''} cannot be read; once it is back, let its step say ${to}`;
  const all = standingsIn(openOut(settings.root, settings.outName))
    .filter(other => other.facts.source === source)
    .map(other => other.facts.environment);
  const made = withStep(read.text, environment, to, all);
  const text = 'text' in made ? made.text : setStepRoughly(read.text, environment, to, all);
  if (text === undefined)
    return `${source} could not be edited because it is broken; once it is mended, let its step say ${to}`;
  if (text !== read.text) replaceText(settings.root, look.file, text);
  return 'text' in made ? `${source} says so` : `${source} is broken, and its step says so now`;
}

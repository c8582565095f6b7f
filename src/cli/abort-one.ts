import { createHash } from 'node:crypto';
import { changedFiles, findCommit, isWrong, openRepository, textInCommit } from '../host/git.ts';
import type { NewCommit } from '../host/git-write.ts';
import { openOut } from '../host/out-folder.ts';
import { readState, readStateAt } from '../host/proposal.ts';
import type { Standing } from '../host/standings.ts';
import { statePath } from '../layout/paths.ts';
import { type PlanRecord, planRecord } from '../plan-record.ts';
import { moveMessage } from '../release/commit-message.ts';
import { stateInPlace } from '../state-in-place.ts';
import { outBelowRoot } from './check-request.ts';
import { putAbort } from './put-abort.ts';
import type { Settings } from './settings.ts';

/** An abort that was put into place, or would be. */
export interface Aborted {
  readonly standing: Standing;
  readonly from: string;
  readonly to: string;
  /** What was done, a line each. */
  readonly words: readonly string[];
  /** Absent: it is committed already, and perhaps not pushed. */
  readonly commit?: NewCommit;
}

/** What is asked of each abort. */
export interface AbortWish {
  readonly dryRun: boolean;
  readonly reason?: string;
  /** Whether it becomes a commit: then the last commit tells where the Rollout stands, and else the files on disk. */
  readonly isCommitted: boolean;
}

/** Undefined: it stands in an abort already. A text says why it cannot be aborted. */
export async function abortOne(
  standing: Standing,
  wish: AbortWish,
  settings: Settings,
): Promise<Aborted | string | undefined> {
  const { directory } = standing;
  const head = wish.isCommitted ? headOf(settings) : undefined;
  const planInHead =
    head === undefined ? undefined : textInCommit(head.repository, head.commit, planIn(settings, directory));
  const plan = planInHead ?? standing.plan;
  const record = planRecord(directory, plan);
  const { step } = record;
  if (plan === undefined || step === undefined)
    return `${directory} has no plan.json that tells where it stands: take it back from git, as with git checkout HEAD -- ${settings.outName}/plan/${directory}`;
  if (record.aborts.includes(step)) return head === undefined ? undefined : committedAlready(standing, step);
  const to = `abort-${step}`;
  if (!record.aborts.includes(to)) return nothingToAbort(directory, step, record);
  const state = committedState(to, record, settings, directory);
  if (state === undefined)
    return `${settings.outName}/${statePath(directory, to)} is gone or was edited, on disk and in HEAD: take it back from the commit that wrote it`;
  const placed = stateInPlace(directory, to, { state, plan });
  if (typeof placed === 'string') return placed;
  const source = record.source ?? '';
  const edits =
    head === undefined || source === '' ? [] : changedFiles(head.repository, head.commit, undefined, [source]);
  const isSourceClean = source === '' || (!isWrong(edits) && edits.length === 0);
  const put = wish.dryRun ? { words: [], paths: [] } : await putAbort(placed, to, standing, record, settings);
  const before = standing.facts.step ?? step;
  const words = [
    `${directory}: ${step} -> ${to}`,
    ...(before === step || before === to ? [] : [`  on disk it stood in ${before}, which was never committed`]),
    ...put.words.map(line => `  ${line}`),
    ...(isSourceClean
      ? []
      : [`  ${source} has edits of yours, so it is not part of the commit: commit its step with them`]),
  ];
  const paths = [...(isSourceClean ? [source] : []), ...put.paths.map(path => `${outBelowRoot(settings)}/${path}`)];
  return { ...{ standing, from: step, to, words }, commit: { message: messageOf(record, to, wish), paths } };
}

const planIn = (settings: Settings, directory: string): string =>
  `${outBelowRoot(settings)}/plan/${directory}/plan.json`;

function headOf(settings: Settings) {
  const repository = openRepository(settings.root);
  const commit = isWrong(repository) ? repository : findCommit(repository, 'HEAD');
  return isWrong(repository) || isWrong(commit) ? undefined : { repository, commit };
}

const committedAlready = (standing: Standing, step: string): Aborted => ({
  ...{ standing, from: step.replace(/^abort-/, ''), to: step },
  words: [`${standing.directory} stands in ${step} already, and that is committed`],
});

const messageOf = (record: PlanRecord, to: string, { reason }: AbortWish): string =>
  moveMessage({
    ...{ verb: 'abort', rollout: record.rollout, namespace: record.namespace, environment: record.environment },
    ...{ from: record.step ?? '', to, allowed: [] },
    lines: [`${record.step} -> ${to}: all requests to the stable version, no pod touched`],
    ...(reason === undefined ? {} : { reason }),
  });

const nothingToAbort = (directory: string, step: string, { states }: PlanRecord): string =>
  states.indexOf(step) <= 0
    ? `${directory} stands in ${step}: no release has begun, so there is nothing to abort`
    : `${directory} stands in ${step}, which needs no abort: the stable version gets every request, or the one before is gone; the way on is surefoot promote, the way back surefoot promote --to ${states[Math.max(0, states.indexOf(step) - 1)]}, or a release where that version is retired`;

/** The text of a state as it was written: on disk, else in HEAD; the hash in plan.json tells. */
function committedState(
  state: string,
  { files }: PlanRecord,
  settings: Settings,
  directory: string,
): string | undefined {
  const out = openOut(settings.root, settings.outName);
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

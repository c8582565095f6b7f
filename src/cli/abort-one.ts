import { createHash } from 'node:crypto';
import { findCommit, isWrong, openRepository } from '../host/git.ts';
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
import { pathsOf } from './write-move.ts';

/** An abort that was put into place, or would be. */
export interface Aborted {
  readonly standing: Standing;
  readonly from: string;
  readonly to: string;
  /** What was done, a line each. */
  readonly words: readonly string[];
  readonly commit: NewCommit;
}

/** Undefined: it stands in an abort already. A text says why it cannot be aborted. */
export async function abortOne(
  standing: Standing,
  request: { readonly dryRun: boolean; readonly reason?: string },
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
  const state = committedState(to, record, settings, directory);
  if (state === undefined)
    return `${settings.outName}/${statePath(directory, to)} is gone or was edited, on disk and in HEAD: take it back from the commit that wrote it`;
  const placed = stateInPlace(directory, to, { state, plan });
  if (typeof placed === 'string') return placed;
  const words = request.dryRun ? [] : await putAbort(placed, to, standing, record, settings);
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

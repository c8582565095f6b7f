import { describes } from '../describes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { CompiledFolder } from '../host/compiled-out.ts';
import { lookAt } from '../host/look.ts';
import { type ProposalRequest, type ProposedFolder, readState, readStateAt } from '../host/proposal.ts';
import { readSource } from '../host/read-source.ts';
import { editedFiles } from '../layout/edited.ts';
import type { Source } from '../model/compiled.ts';
import { placeAtStep } from '../place-step.ts';
import { type PlanRecord, planRecord } from '../plan-record.ts';
import { readStand } from '../read-stand.ts';
import { baseUnread, strayFile } from '../review/check-messages.ts';
import type { Change, ChangeSide, Verdict } from '../review/judge-change.ts';
import type { Settings } from './settings.ts';
import { removeCommand } from './synth-summary.ts';

/** A change, and what kept files of either side from being read. */
export interface ReadChange {
  readonly change: Change;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads both sides of a folder that differs. */
export function readChange(folder: ProposedFolder, request: ProposalRequest, root: string): ReadChange {
  const { directory, earlier } = folder;
  const before = sideOf(directory, folder.before, request.base.ref);
  const after = sideOf(directory, folder.after, 'now');
  const unread = [...folder.after.refused, ...(after?.diagnostics ?? [])];
  const earlierSide = earlier === undefined ? undefined : sideOf(directory, earlier, `${request.base.ref}~1`);
  const lost = [...folder.before.refused, ...(before?.diagnostics ?? [])];
  return {
    change: {
      directory,
      ...(before === undefined ? {} : { before: before.side, past: pastOf(before.side, directory, request) }),
      ...(after === undefined ? {} : { after: { ...after.side, edited: editedOf(folder, after.side, request) } }),
      ...(after === undefined || after.side.record.provider !== undefined
        ? {}
        : { lostPlan: folder.after.plan === undefined ? 'missing' : 'unreadable' }),
      ...(before === undefined ? {} : { lacking: lackingIn(folder, before.side) }),
      isDescribed: after === undefined && before !== undefined && isDescribed(before.side, directory, root),
      ...(earlierSide === undefined ? {} : { earlier: earlierSide.side.stand }),
      ...(unread.length === 0 ? {} : { unread: unread.map(({ code }) => code) }),
      standOf: state => standIn(directory, state, after?.side.record, readState(request.out, directory, state)),
    },
    diagnostics: [...unread, ...lost.map(one => atBase(one, request))],
  };
}

const atBase = ({ file, what }: Diagnostic, { base }: ProposalRequest): Diagnostic =>
  wholeFile(baseUnread({ path: [] }, { ref: base.ref, file, problem: what }), file);

/** One side of a directory, and what keeps its files from being read; undefined: nothing of the Rollout is live there. */
export function sideOf(
  directory: string,
  { plan, live, refused }: CompiledFolder,
  ref: string,
): { readonly side: ChangeSide; readonly diagnostics: readonly Diagnostic[] } | undefined {
  if (live.length + refused.length === 0) return undefined;
  const record = planRecord(directory, plan);
  const { stand, diagnostics } = readStand({ ...about(directory, record, record.step ?? ref), files: live });
  return { side: { stand, record }, diagnostics };
}

const about = (directory: string, { provider, versions }: PlanRecord, name: string) => ({
  ...{ directory, versions, name },
  ...(provider === undefined ? {} : { provider }),
});

function standIn(directory: string, state: string, record: PlanRecord | undefined, source: Source | undefined) {
  if (record === undefined || source === undefined) return undefined;
  const { stand, diagnostics } = readStand({ ...about(directory, record, state), files: [source], isState: true });
  return diagnostics.length === 0 ? stand : undefined;
}

const ABORT = 'abort-';

/** An abort was reached from its step, which stood whole before. */
function pastOf({ record }: ChangeSide, directory: string, request: ProposalRequest): NonNullable<Change['past']> {
  const { step = '', states } = record;
  const state = step.slice(ABORT.length);
  if (!step.startsWith(ABORT) || !states.includes(state)) return [];
  const stand = standIn(directory, state, record, readStateAt(request, directory, state));
  return stand === undefined ? [] : [stand];
}

function editedOf({ directory, after }: ProposedFolder, { record }: ChangeSide, { out }: ProposalRequest) {
  const inside = after.live.map(({ file, text }) => ({ path: file.slice(out.name.length + 1), text }));
  return editedFiles(directory, record.files, inside);
}

/** Live files that the plan of the first side lists, and nobody committed. */
function lackingIn({ directory, before }: ProposedFolder, { record }: ChangeSide): readonly string[] {
  const there = [...before.live, ...before.refused].map(({ file }) => file);
  const live = Object.keys(record.files).filter(path => path.startsWith(`live/${directory}/`));
  return live.filter(path => !there.some(file => file.endsWith(`/${path}`))).sort();
}

/** Whether the Rollout file of a directory is still there, and is compiled to it. */
function isDescribed({ record }: ChangeSide, directory: string, root: string): boolean {
  const source = readRolloutFile(root, record.source);
  return source !== undefined && describes(source.text, directory);
}

/** Places what was found at the step of the Rollout file, or at a live file where that is gone. */
export function placeVerdict(verdict: Verdict, { before, after }: Change, request: ProposalRequest, root: string) {
  const { directory, findings } = verdict;
  if (findings.length === 0) return [];
  const source = readRolloutFile(root, (after ?? before)?.record.source);
  const [environment = ''] = directory.split('/');
  if (source !== undefined) return placeAtStep(source, environment, findings);
  const file = `${request.out.name}/live/${directory}`;
  return findings.map(finding => wholeFile(finding, file));
}

/** A live file that lies in the folder of no Rollout, as a finding at it. */
export function strayDiagnostic(path: string, settings: Settings): Diagnostic {
  const file = `${settings.outName}/${path}`;
  return wholeFile(strayFile({ path: [] }, { file, remove: removeCommand([path], settings) }), file);
}

/** The path comes from a plan.json that anybody may have edited, and the lines around the place are shown. */
function readRolloutFile(root: string, file: string | undefined): Source | undefined {
  if (file === undefined || !/\.ya?ml$/i.test(file) || /(?:^|\/)\./.test(file)) return undefined;
  const look = lookAt(root, file);
  const read = look.kind === 'file' ? readSource(root, look.file) : undefined;
  return read !== undefined && 'text' in read ? read : undefined;
}

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findCommit, type GitWrong, isWrong, openRepository } from '../host/git.ts';
import { openOut } from '../host/out-folder.ts';
import {
  findDefaultBase,
  type Proposal,
  type ProposalRequest,
  type ProposedFolder,
  readProposal,
} from '../host/proposal.ts';
import { type Change, judgeChange, type Verdict } from '../review/judge-change.ts';
import { withMoves } from '../review/moves.ts';
import { placeVerdict, readChange, strayDiagnostic } from './check-changes.ts';
import { noRolloutsIn, nothingLive } from './check-nothing.ts';
import {
  aboutPaths,
  type CheckRequest,
  commandsOf,
  outBelowRoot,
  wrongDeletion,
  wrongRequest,
} from './check-request.ts';
import type { Settings } from './settings.ts';

/** What a check found of a proposed change. */
export interface JudgedProposal {
  readonly where: ProposalRequest;
  readonly proposal: Proposal;
  readonly judged: readonly JudgedChange[];
  /** At live files of no Rollout. */
  readonly strays: readonly Diagnostic[];
}

/** A change of one Rollout, and what was found about it. */
export interface JudgedChange {
  readonly folder: ProposedFolder;
  readonly change: Change;
  readonly verdict: Verdict;
  /** What keeps its files from being read. */
  readonly unread: readonly Diagnostic[];
  /** What must not be merged, at its place. */
  readonly found: readonly Diagnostic[];
}

/** Where to look, or what is wrong with the request. */
export function openProposal(request: CheckRequest, settings: Settings): ProposalRequest | GitWrong {
  const wrong = wrongRequest(request);
  if (wrong !== undefined) return { wrong };
  const repository = openRepository(settings.root);
  if (isWrong(repository)) return repository;
  const { base: ref } = request;
  const base = ref === undefined ? findDefaultBase(repository) : findCommit(repository, ref);
  if (isWrong(base)) return base;
  return { repository, base, out: openOut(settings.root, settings.outName), name: outBelowRoot(settings) };
}

/** Proves every hop that the files on disk make against a commit, or says what is wrong with the request. */
export async function judgeProposal(request: CheckRequest, settings: Settings): Promise<JudgedProposal | GitWrong> {
  const where = openProposal(request, settings);
  if (isWrong(where)) return where;
  const proposal = readProposal(where);
  if (isWrong(proposal)) return proposal;
  if (request.unobserved && !proposal.knowsParent)
    return {
      wrong: `the parent of ${where.base.ref} is not known: this clone is shallow. Fetch more first: git fetch --deepen 1`,
    };
  const isIdle = proposal.folders.length + proposal.strays.length === 0;
  const nothing = isIdle ? nothingLive(where, settings, request.base) : undefined;
  return nothing === undefined ? judgeEach(where, proposal, request, settings) : { wrong: nothing };
}

/** The same of what was read, whether or not there is anything. */
export async function judgeEach(
  where: ProposalRequest,
  proposal: Proposal,
  request: CheckRequest,
  settings: Settings,
): Promise<JudgedProposal | GitWrong> {
  const read = proposal.folders.map(folder => readChange(folder, where, settings.root));
  const all = withMoves(read.map(({ change }) => change));
  const odd = wrongDeletion(request.allowDeletion, all);
  if (odd !== undefined) return { wrong: odd };
  const chosen = aboutPaths(all, proposal.strays, request.paths, settings);
  if (typeof chosen === 'string') return { wrong: chosen };
  const { changes, strays, idle } = chosen;
  const empty = await noRolloutsIn(idle, settings);
  if (empty !== undefined) return { wrong: empty };
  const rules = {
    allowedDeletions: new Set(request.allowDeletion),
    unobserved: request.unobserved,
    commands: commandsOf(settings, where.base.ref),
  };
  const judged = changes.map((change): JudgedChange => {
    const verdict = judgeChange(change, rules);
    const at = proposal.folders.findIndex(({ directory }) => directory === change.directory);
    return {
      ...{ change, verdict, folder: proposal.folders[at]!, unread: read[at]!.diagnostics },
      found: placeVerdict(verdict, change, where, settings.root),
    };
  });
  return { where, proposal, judged, strays: strays.map(path => strayDiagnostic(path, settings)) };
}

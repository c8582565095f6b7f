import { byPlace, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Commit, findCommit, isWrong, openRepository } from '../../host/git.ts';
import { openOut } from '../../host/out-folder.ts';
import { findDefaultBase, type Proposal, type ProposalRequest, readProposal } from '../../host/proposal.ts';
import { shellWord } from '../../layout/shell-word.ts';
import { editedByHand, strayFile } from '../../review/check-messages.ts';
import { judgeChange, type Verdict } from '../../review/judge-change.ts';
import { withMoves } from '../../review/moves.ts';
import { verdictData, verdictLine } from '../../review/verdict-words.ts';
import { placeVerdict, readChange, strayDiagnostic } from '../check-changes.ts';
import { noRolloutsIn, nothingLive } from '../check-nothing.ts';
import { checkPromotion } from '../check-promotion.ts';
import {
  aboutPaths,
  type CheckRequest,
  commandsOf,
  outBelowRoot,
  wrongDeletion,
  wrongRequest,
} from '../check-request.ts';
import { count } from '../count.ts';
import type { Settings } from '../settings.ts';
import { outFromHere } from '../synth-summary.ts';
import { printReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

/** Proves every hop that the files on disk make against a commit, and tells what must be seen first. */
export async function check(request: CheckRequest, settings: Settings): Promise<ExitCode> {
  const where = openProposal(request, settings);
  if (typeof where === 'string') return tellUsage([where], 'check');
  const proposal = readProposal(where);
  if (isWrong(proposal)) return tellUsage([proposal.wrong], 'check');
  if (request.unobserved && !proposal.knowsParent)
    return tellUsage(
      [`the parent of ${where.base.ref} is not known: this clone is shallow. Fetch more first: git fetch --deepen 1`],
      'check',
    );
  const isIdle = proposal.folders.length + proposal.strays.length === 0;
  const nothing = isIdle ? nothingLive(where, settings, request.base) : undefined;
  if (nothing !== undefined) return tellUsage([nothing], 'check');
  const read = proposal.folders.map(folder => readChange(folder, where, settings.root));
  const all = withMoves(read.map(({ change }) => change));
  const odd = wrongDeletion(request.allowDeletion, all);
  if (odd !== undefined) return tellUsage([odd], 'check');
  const chosen = aboutPaths(all, proposal.strays, request.paths, settings);
  if (typeof chosen === 'string') return tellUsage([chosen], 'check');
  const { changes, strays, idle } = chosen;
  const empty = await noRolloutsIn(idle, settings);
  if (empty !== undefined) return tellUsage([empty], 'check');
  const rules = {
    allowedDeletions: new Set(request.allowDeletion),
    unobserved: request.unobserved,
    commands: commandsOf(settings, where.base.ref),
  };
  const judged = changes.map(change => ({ change, verdict: judgeChange(change, rules) }));
  const promotion = request.promotionOnly ? await checkPromotion(where, settings) : [];
  if (isWrong(promotion)) return tellUsage([promotion.wrong], 'check');
  const named = new Set(changes.map(({ directory }) => directory));
  const diagnostics = [
    ...read.filter(({ change }) => named.has(change.directory)).flatMap(one => one.diagnostics),
    ...judged.flatMap(({ change, verdict }) => placeVerdict(verdict, change, where, settings.root)),
    ...strays.map(path => strayDiagnostic(path, settings)),
    ...promotion,
  ];
  return tell(
    judged.map(({ verdict }) => verdict),
    diagnostics,
    { ...where.base, hasRollouts: proposal.hasRollouts, untracked: proposal.untracked },
    settings,
  );
}

/** Where to look, or what is wrong with the request. */
function openProposal(request: CheckRequest, settings: Settings): ProposalRequest | string {
  const wrong = wrongRequest(request);
  if (wrong !== undefined) return wrong;
  const repository = openRepository(settings.root);
  if (isWrong(repository)) return repository.wrong;
  const { base: ref } = request;
  const base = ref === undefined ? findDefaultBase(repository) : findCommit(repository, ref);
  if (isWrong(base)) return base.wrong;
  return { repository, base, out: openOut(settings.root, settings.outName), name: outBelowRoot(settings) };
}

/** People read one line for each Rollout on stdout; machines find the same in their document. */
function tell(
  verdicts: readonly Verdict[],
  found: readonly Diagnostic[],
  { ref, id, hasRollouts, untracked }: Commit & Pick<Proposal, 'hasRollouts' | 'untracked'>,
  settings: Settings,
): ExitCode {
  const lines = verdicts.map(verdictLine);
  const isText = settings.format === 'text';
  if (isText && !settings.quiet) print(lines.map(line => `${line}\n`).join(''));
  const diagnostics = [...found].sort(byPlace);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const total = `${count(verdicts.length, 'hop')} from ${ref}: ${errors === 0 ? 'all proved' : count(errors, 'error')}`;
  const isAdded = diagnostics.some(({ code }) => code === strayFile.code || code === editedByHand.code);
  const closing = [
    ...(isText ? [] : lines),
    verdicts.length + errors === 0 ? `no live manifest differs from ${ref}` : total,
    ...(verdicts.length === 0 && hasRollouts
      ? ['Rollouts differ; surefoot synth --check tells whether their manifests are written']
      : []),
    ...(untracked === 0
      ? []
      : [
          `git does not track ${count(untracked, 'file')} of ${settings.outName}/ yet${isAdded ? '' : `; to commit them too: git add -- ${shellWord(outFromHere(settings))}`}`,
        ]),
  ];
  const facts = { base: id, hops: verdicts.map(verdictData) };
  return printReport({ diagnostics, findings: [], closing, facts }, settings);
}

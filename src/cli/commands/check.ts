import { byPlace, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Commit, isWrong } from '../../host/git.ts';
import type { Proposal } from '../../host/proposal.ts';
import { shellWord } from '../../layout/shell-word.ts';
import { editedByHand, strayFile } from '../../review/check-messages.ts';
import type { Verdict } from '../../review/judge-change.ts';
import { verdictData, verdictLine } from '../../review/verdict-words.ts';
import { checkPromotion } from '../check-promotion.ts';
import type { CheckRequest } from '../check-request.ts';
import { count } from '../count.ts';
import { judgeProposal } from '../judge-proposal.ts';
import type { Settings } from '../settings.ts';
import { outFromHere } from '../synth-summary.ts';
import { printReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

/** Proves every hop that the files on disk make against a commit, and tells what must be seen first. */
export async function check(request: CheckRequest, settings: Settings): Promise<ExitCode> {
  const found = await judgeProposal(request, settings);
  if (isWrong(found)) return tellUsage([found.wrong], 'check');
  const { where, proposal, judged, strays } = found;
  const promotion = request.promotionOnly ? await checkPromotion(where, settings) : [];
  if (isWrong(promotion)) return tellUsage([promotion.wrong], 'check');
  const diagnostics = [
    ...judged.flatMap(({ unread }) => unread),
    ...judged.flatMap(one => one.found),
    ...strays,
    ...promotion,
  ];
  return tell(
    judged.map(({ verdict }) => verdict),
    diagnostics,
    { ...where.base, hasRollouts: proposal.hasRollouts, untracked: proposal.untracked },
    settings,
  );
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

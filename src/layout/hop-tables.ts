import { type Hop, type Plan, stateOf } from '../model/plan.ts';
import { plainText, table } from './markdown.ts';
import type { Proved } from './plan-json.ts';
import { riskName, riskWords, together } from './risk-words.ts';
import { changeWords, obligationWords } from './words.ts';

/** Whether a hop leads away from an abort. */
export const fromAbort = (plan: Plan, hop: Hop): boolean => stateOf(plan, hop.from).kind === 'abort';

/** Hops along the tape; those to an abort and from it have a table of their own. */
export function hopsTable(plan: Plan, proved: Proved): string {
  const rows = plan.hops.flatMap((hop, i) =>
    hop.kind === 'abort' || fromAbort(plan, hop)
      ? []
      : [
          [
            `${hop.from} → ${hop.to}`,
            hop.kind,
            changeWords(proved.changes[i]!),
            toBeSeen(hop),
            provedWords(proved, i),
            remaining(proved, i),
          ],
        ],
  );
  return table(['hop', 'kind', 'what it changes', 'to be seen first', 'proved', 'what remains'], 'llllll', rows);
}

const toBeSeen = (hop: Hop): string => hop.obligations.map(obligationWords).join('; ');

/** In which orders a hop was proved to lose no requests; nothing where it changes nothing. */
function provedWords({ changes, proofs }: Proved, index: number): string {
  const { created, updated, deleted } = changes[index]!;
  const operations = created.length + updated.length + deleted.length;
  if (operations === 0) return '';
  return operations === 1 || proofs[index]!.atOnce ? 'at once' : `any order of ${operations}`;
}

const remaining = ({ risks }: Proved, index: number): string => [...new Set(risks[index]!.map(riskName))].join(', ');

/** One line per abort: what it changes, what must be seen to resume, and where to go to give the release up. */
export function abortSection(plan: Plan, proved: Proved): readonly string[] {
  const after = (abort: Hop, kind: Hop['kind']): number =>
    plan.hops.findIndex(other => other.from === abort.to && other.kind === kind);
  const rows = plan.hops.flatMap((hop, i) => {
    if (hop.kind !== 'abort') return [];
    const [resume, giveUp] = [after(hop, 'resume'), after(hop, 'retire')];
    const last = giveUp < 0 ? '' : `${plan.hops[giveUp]!.to}, once ${toBeSeen(plan.hops[giveUp]!)}`;
    return [
      [
        hop.to,
        changeWords(proved.changes[i]!),
        resume < 0 ? '' : toBeSeen(plan.hops[resume]!),
        last,
        provedWords(proved, i),
        remaining(proved, i),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const head = [
    'abort',
    'what it changes',
    'to be seen before resuming',
    'to give the release up',
    'proved',
    'what remains',
  ];
  return ['## Aborts', 'Nothing needs to be seen before an abort.', table(head, 'llllll', rows)];
}

/** What the proofs do not rule out, each once. */
export function riskSection({ risks }: Proved): readonly string[] {
  const lines = together(risks.flat()).map(risk => `- **${riskName(risk)}**: ${plainText(riskWords(risk))}`);
  return lines.length === 0 ? [] : ['## What remains a risk', lines.join('\n')];
}

import { visible } from '../layout/visible.ts';
import { obligationWords } from '../layout/words.ts';
import type { Verdict } from './judge-change.ts';

/** A verdict on one line: `reviews (default/bookinfo): canary-10 → canary-20: proved in any order, 1 operation`. */
export function verdictLine(verdict: Verdict): string {
  const [environment, namespace, rollout] = verdict.directory.split('/');
  const way = `${verdict.from ?? 'new'} → ${verdict.to ?? 'deleted'}`;
  return visible(`${rollout} (${environment}/${namespace}): ${way}: ${judgement(verdict)}`);
}

function judgement(verdict: Verdict): string {
  const { kind, operations, moved, obligations, replaced, skips = [] } = verdict;
  if (isRefused(verdict)) return `refused, ${codesOf(verdict).join(', ')}`;
  const parts = [
    ...(moved === undefined || kind === 'deleted' ? [] : [`moved from ${moved}`]),
    `${PROVED[kind]}, ${kind === 'hop' ? operationsWords(operations) : objectsWords(operations)}`,
    ...(skips.length === 0 ? [] : [`skips ${skips.join(', ')}`]),
    ...(replaced.length === 0 ? [] : [`replaces the pods of ${replaced.join(', ')}`]),
    ...(obligations.length === 0 ? [] : [`first see: ${obligations.map(obligationWords).join(', ')}`]),
  ];
  return parts.join('; ');
}

/** Whether anything was found that must not be merged. */
const isRefused = (verdict: Verdict): boolean => codesOf(verdict).length > 0;

/** Codes of what was found, each once. */
export const codesOf = ({ findings, unread }: Verdict): readonly string[] => [
  ...new Set([...unread, ...findings.map(({ code }) => code)]),
];

const PROVED: { readonly [kind in Verdict['kind']]: string } = {
  hop: 'proved in any order',
  added: 'proved as a whole',
  deleted: 'deleted as allowed',
};

const operationsWords = (count: number): string =>
  count === 0 ? 'changes nothing' : `${count} ${count === 1 ? 'operation' : 'operations'}`;

const objectsWords = (count: number): string => `${count} ${count === 1 ? 'object' : 'objects'}`;

/** A verdict as data for programs. */
export function verdictData(verdict: Verdict) {
  const { findings: _, unread: __, ...data } = verdict;
  return { ...data, verdict: isRefused(verdict) ? 'refused' : 'proved', findings: codesOf(verdict) };
}

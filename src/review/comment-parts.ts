import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { obligationWords } from '../layout/words.ts';
import type { RecoveredPortion } from '../model/recovered.ts';
import { printShare } from '../traffic/share.ts';
import type { CommentedChange, Traffic } from './comment-facts.ts';
import { cellCode, commentCode, commentSentence, commentText } from './comment-text.ts';
import { differenceLines } from './difference-text.ts';
import type { Verdict } from './judge-change.ts';
import { codesOf } from './verdict-words.ts';

/** Whether anything of a change must not be merged. */
export const isRefusedChange = ({ verdict, findings }: CommentedChange): boolean =>
  (verdict !== undefined && codesOf(verdict).length > 0) || findings.some(({ severity }) => severity === 'error');

/** The line of a change in the table. */
export function changeRow(change: CommentedChange): readonly string[] {
  const [environment = '', namespace, rollout] = change.directory.split('/');
  return [
    cellCode(`${namespace}/${rollout}`),
    cellCode(environment),
    wayCell(change),
    trafficCell(change),
    verdictCell(change),
  ];
}

function wayCell({ from, to, verdict }: CommentedChange): string {
  if (verdict?.kind === 'added') return `new → ${stepCell(to)}`;
  if (verdict?.kind === 'deleted') return `${stepCell(from)} → deleted`;
  return from === to ? stepCell(to) : `${stepCell(from)} → ${stepCell(to)}`;
}

const stepCell = (step: string | undefined): string => (step === undefined ? 'unknown' : cellCode(step));

function trafficCell({ before, after }: CommentedChange): string {
  const [old, now] = [before, after].map(side => (side === undefined ? 'none' : commentText(trafficWords(side))));
  return old === now ? `${now}` : `${old} → ${now}`;
}

/** `v1 90 %, v2 10 %, mirror v2 5 %`. */
const trafficWords = ({ split, mirror }: Traffic): string =>
  [...split.map(portionWords), ...mirror.map(one => `mirror ${portionWords(one)}`)].join(', ') || 'nowhere';

const portionWords = ({ target, share }: RecoveredPortion): string =>
  `${'version' in target ? target.version : 'nowhere'} ${printShare(share)} %`;

function verdictCell(change: CommentedChange): string {
  const { verdict } = change;
  if (isRefusedChange(change)) {
    const codes = [
      ...new Set([...(verdict === undefined ? [] : codesOf(verdict)), ...change.findings.map(({ code }) => code)]),
    ];
    return `**refused**: ${codes.map(cellCode).join(', ')}`;
  }
  return verdict === undefined ? 'the plan only' : PROVED[verdict.kind];
}

const PROVED: { readonly [kind in Verdict['kind']]: string } = {
  hop: 'proved in any order',
  added: 'proved as a whole',
  deleted: 'deleted as allowed',
};

/** All about one change, folded unless it is refused. */
export function changeDetails(change: CommentedChange): string {
  const [environment = '', namespace, rollout] = change.directory.split('/');
  const { from, to, source, page } = change;
  const hop = from === to ? `${to}` : `${from ?? 'new'} → ${to ?? 'deleted'}`;
  const way = change.verdict === undefined ? 'the plan' : hop;
  const files = [
    ...(source === undefined ? [] : [`Rollout: ${commentCode(source)}`]),
    ...(page === undefined ? [] : [`every state: ${commentCode(page)}`]),
  ];
  return [
    `<details${isRefusedChange(change) ? ' open' : ''}>\n<summary>${commentText(`${namespace}/${rollout}, environment ${environment}: ${way}`)}</summary>`,
    ...listed('What changes', differencesOf(change)),
    ...(change.findings.length === 0 ? [] : [`**Found**\n\n${change.findings.map(findingLine).join('\n')}`]),
    ...proofOf(change),
    ...listed('To be seen before this is merged', change.verdict?.obligations.map(obligationWords) ?? []),
    ...(change.chart === undefined ? [] : [change.chart]),
    ...(files.length === 0 ? [] : [`${files.join(', ')}.`]),
    '</details>',
  ].join('\n\n');
}

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`**${title}**\n\n${lines.map(entryOf).join('\n')}`];

/** What belongs to the line above it is indented. */
const entryOf = (line: string): string => `${/^ {2}/.test(line) ? '  ' : ''}- ${commentText(line.trim())}`;

const differencesOf = ({ difference, states, verdict }: CommentedChange): readonly string[] => [
  ...(difference === undefined ? [] : differenceLines(difference)),
  ...(states.added.length === 0 ? [] : [`new in the plan: ${states.added.join(', ')}`]),
  ...(states.removed.length === 0 ? [] : [`no longer in the plan: ${states.removed.join(', ')}`]),
  ...(verdict === undefined && states.added.length + states.removed.length === 0
    ? ['the same states, of which some differ']
    : []),
];

function proofOf(change: CommentedChange): readonly string[] {
  const { verdict } = change;
  if (verdict === undefined || isRefusedChange(change)) return [];
  const { skips = [], replaced, moved } = verdict;
  const notes = [
    ...(skips.length === 0 ? [] : [`It skips ${commentText(skips.join(', '))}.`]),
    ...(replaced.length === 0 ? [] : [`It replaces the pods of ${commentText(replaced.join(', '))} on purpose.`]),
    ...(moved === undefined || verdict.kind === 'deleted' ? [] : [`It moved here from ${commentCode(moved)}.`]),
  ];
  return [[`**Proof**: ${proofWords(verdict)}`, ...notes].join(' ')];
}

function proofWords({ kind, operations }: Verdict): string {
  if (kind === 'added') return `with all its ${objects(operations)} there, no request is lost.`;
  if (kind === 'deleted') return `its ${objects(operations)} may be deleted.`;
  if (operations === 0) return 'no object means anything else than before.';
  return operations === 1
    ? 'one object changes, at once; no request is lost.'
    : `in whatever order the ${objects(operations)} are created, updated and deleted, and wherever that stops, no request is lost.`;
}

const objects = (count: number): string => `${count} ${count === 1 ? 'object' : 'objects'}`;

/** A finding as an entry of a list. */
export const findingLine = ({ severity, code, file, line, column, what, why, fix }: Diagnostic): string =>
  `- **${severity}** ${commentCode(code)} at ${commentCode(`${file}:${line}:${column}`)}: ${[what, why, fix].map(commentSentence).join(' ')}`;

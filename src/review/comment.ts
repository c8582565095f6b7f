import { table } from '../layout/markdown.ts';
import type { CommentFacts, CommentLimits, OutDrift } from './comment-facts.ts';
import { changeDetails, changeRow, findingLine, isRefusedChange } from './comment-parts.ts';
import { commentCode, commentText } from './comment-text.ts';

/** The first line of the comment about an output folder, by which it is found again. No page shows it. */
export const commentMarker = (place: string): string =>
  `<!-- surefoot:comment ${encodeURIComponent(place).replaceAll('%2F', '/').replaceAll('--', '%2D%2D')} -->`;

/** Characters that GitHub takes in a comment; bytes are no matter (its API answers 422 "body is too long (maximum is 65536 characters)"). */
export const GITHUB_LIMIT = 65_536;

/** Characters of a note: https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
export const GITLAB_LIMIT = 1_000_000;

/** Whether there is nothing to tell of a proposal. */
export const isNoChange = ({ changes, findings, drift }: CommentFacts): boolean =>
  changes.length + findings.length + drift.files.length === 0;

/** The Markdown of the one comment about a proposal, with its marker; never longer than the limit. */
export function composeComment(facts: CommentFacts, { most }: CommentLimits): string {
  if (isNoChange(facts)) return `${commentMarker(facts.place)}\n${nothingChanges(facts)}\n`;
  const changes = [...facts.changes].sort((a, b) => Number(isRefusedChange(b)) - Number(isRefusedChange(a)));
  const rows = fitting(changes.map(changeRow), Math.floor(most * 0.35));
  const blocks = [
    commentMarker(facts.place),
    `### Surefoot: ${title(facts)}`,
    ...(rows.kept.length === 0 ? [] : [table(HEAD, 'lllll', rows.kept).trimEnd()]),
    ...(rows.left === 0 ? [] : [`${rows.left} more ${rows.left === 1 ? 'Rollout' : 'Rollouts'}: ${told(facts)}`]),
    ...findingSection(facts, Math.floor(most * 0.2)),
    ...driftSection(facts.drift, facts.outName, Math.floor(most * 0.1)),
  ];
  const last = `Compared with ${commentCode(facts.base.ref)} (${commentCode(facts.base.id.slice(0, 12))}). ${NOT_PROVED}`;
  const whole = changes.map(change => ({ change, text: changeDetails(change) }));
  const room = most - lengthOf([...blocks, last]) - LEFT_OUT;
  const kept = shortestThatFit(whole, room);
  const left = whole.filter(one => !kept.has(one));
  return `${[
    ...blocks,
    ...whole.filter(one => kept.has(one)).map(({ text }) => text),
    ...(left.length === 0 ? [] : [leftOut(left.length, whole.length, facts)]),
    last,
  ].join('\n\n')}\n`;
}

const HEAD = ['Rollout', 'environment', 'step', 'traffic', 'verdict'];

const NOT_PROVED = 'The proof is about objects, not about what they run: nothing here looked at a cluster.';

/** Room for the line about what was left out. */
const LEFT_OUT = 2000;

const nothingChanges = ({ base, outName }: CommentFacts): string =>
  `Surefoot: no Rollout changes: ${commentCode(outName)} is as at ${commentCode(base.ref)}, and says what the Rollouts say.`;

function title({ changes, findings, drift, outName }: CommentFacts): string {
  const refused = changes.filter(isRefusedChange).length;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const parts = [
    ...(changes.length === 0
      ? []
      : refused === 0
        ? [`${counted(changes.length, 'change')}, all proved`]
        : [`${refused} of ${counted(changes.length, 'change')} ${refused === 1 ? 'is' : 'are'} refused`]),
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(drift.files.length === 0 ? [] : [`${commentCode(outName)} is not what the Rollouts say`]),
  ];
  return parts.length === 0 ? counted(findings.length, 'warning') : parts.join('; ');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const told = ({ commands }: CommentFacts): string =>
  `${commentCode(commands.check)} and ${commentCode(commands.diff)} tell them all.`;

const leftOut = (left: number, all: number, facts: CommentFacts): string =>
  `Left out, because this comment would be too long: the details of ${left} of ${counted(all, 'Rollout')}, the longest ones. ${told(facts)}`;

function findingSection({ findings }: CommentFacts, room: number): readonly string[] {
  const [errors, warnings] = (['error', 'warning'] as const).map(severity => {
    const { kept, left } = fitting(findings.filter(one => one.severity === severity).map(findingLine), room / 2);
    const more = left === 0 ? [] : [`- and ${left} more: ${commentCode('surefoot validate')} tells all`];
    return { count: kept.length + left, lines: [...kept, ...more].join('\n') };
  });
  return [
    ...(errors!.count === 0 ? [] : ['**Found in the Rollouts**', errors!.lines]),
    ...(warnings!.count === 0
      ? []
      : [`<details>\n<summary>${counted(warnings!.count, 'warning')}</summary>`, warnings!.lines, '</details>']),
  ];
}

function driftSection({ files, mend }: OutDrift, outName: string, room: number): readonly string[] {
  if (files.length === 0) return [];
  const lines = files.slice(0, MOST_FILES).map(({ how, file }) => `- ${commentText(how)}: ${commentCode(file)}`);
  const { kept } = fitting(lines, room);
  const left = files.length - kept.length;
  const more = left === 0 ? [] : [`- and ${left} more: ${commentCode('surefoot synth --check')} tells all`];
  return [
    `**${commentCode(outName)} is not what the Rollouts say**`,
    [...kept, ...more].join('\n'),
    mend.length === 0
      ? `Delete what surefoot did not write; ${commentCode('surefoot synth --check')} gives the command.`
      : `To mend it: ${mend.map(commentCode).join(', then ')}, and commit what changes.`,
  ];
}

const MOST_FILES = 20;

/** As many texts as fit, in their order; one that is too long does not keep those behind it out. */
function fitting<T extends string | readonly string[]>(
  texts: readonly T[],
  room: number,
): { readonly kept: readonly T[]; readonly left: number } {
  const kept: T[] = [];
  let used = 0;
  for (const text of texts) {
    const size = (typeof text === 'string' ? text.length : text.join(' | ').length) + 5;
    if (used + size > room) continue;
    used += size;
    kept.push(text);
  }
  return { kept, left: texts.length - kept.length };
}

/** Those that remain where the longest ones are dropped until the rest fits. */
function shortestThatFit<T extends { readonly text: string }>(all: readonly T[], room: number): ReadonlySet<T> {
  const kept = new Set<T>();
  let used = 0;
  for (const one of [...all].sort((a, b) => a.text.length - b.text.length)) {
    used += one.text.length + 2;
    if (used > room) break;
    kept.add(one);
  }
  return kept;
}

const lengthOf = (blocks: readonly string[]): number => blocks.reduce((sum, { length }) => sum + length + 2, 0);

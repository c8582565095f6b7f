import { isAbsolute, join } from 'node:path';
import type { Drift } from '../host/survey-out.ts';
import type { Outcome, SynthReport } from '../host/synth-report.ts';
import { shellWord } from '../layout/shell-word.ts';
import { visible } from '../layout/visible.ts';
import { alignColumns, shorten } from './columns.ts';
import { count } from './count.ts';

const MOST_ROLLOUTS = 20;
const MOST_FILES = 50;

/** What synth did: a line per Rollout where there are few, the totals, and what to do next. */
export function sumUpSynth(report: SynthReport, where: Where): readonly string[] {
  const { outcomes, pruned } = report;
  const told = outcomes.length <= MOST_ROLLOUTS ? outcomes : outcomes.filter(one => one.outcome !== 'unchanged');
  const lines = alignColumns(told.map(one => [visible(one.source), sayOutcome(one)]));
  return [
    ...shorten(lines, MOST_ROLLOUTS),
    ...pruned.map(directory => visible(`${directory}  deleted from ${where.outName}/`)),
    sayTotals(outcomes),
    ...sayExtra(report.drift.extra, where),
    ...sayNext(report, where),
  ];
}

const sayOutcome = ({ outcome, written, deleted, replaced = [] }: Outcome): string => {
  switch (outcome) {
    case 'unchanged':
      return 'unchanged';
    case 'written':
      return `${sayCounts(written, deleted)}${replaced.length === 0 ? '' : `; replace: the pods of ${replaced.join(', ')}`}`;
    case 'untouched':
      return 'left untouched because of errors';
    default:
      return outcome satisfies never;
  }
};

const sayCounts = (written: number, deleted: number): string =>
  deleted === 0 ? `${written} written` : `${written} written, ${deleted} deleted`;

function sayTotals(outcomes: readonly Outcome[]): string {
  const written = outcomes.filter(one => one.outcome === 'written');
  const untouched = outcomes.filter(one => one.outcome === 'untouched').length;
  const sum = (pick: (one: Outcome) => number): number => written.reduce((total, one) => total + pick(one), 0);
  const files = sayCounts(
    sum(one => one.written),
    sum(one => one.deleted),
  );
  return [
    `${count(outcomes.length, 'rollout')}:`,
    written.length === 0 ? 'none changed' : `${written.length} changed (${files})`,
    ...(untouched === 0 ? [] : [`and ${untouched} left untouched`]),
  ].join(' ');
}

/** A check fails on them, and synth never deletes them: silence would surprise in CI. */
const sayExtra = ([first, ...others]: readonly string[], { outName }: Where): readonly string[] => {
  if (first === undefined) return [];
  const which = visible(`${outName}/${first}`) + (others.length === 0 ? '' : ` and ${others.length} more`);
  const were = others.length === 0 ? '1 file was' : `${others.length + 1} files were`;
  return [`${were} not written by Surefoot, so synth --check fails: ${which}`];
};

function sayNext({ outcomes, pruned }: SynthReport, { outName, startedIn }: Where): readonly string[] {
  if (outcomes.some(one => one.outcome === 'untouched'))
    return ['next: mend the errors above and run surefoot synth again'];
  const changed = pruned.length > 0 || outcomes.some(one => one.outcome === 'written');
  const isElsewhere = isAbsolute(outName) || outName.startsWith('..');
  const git = startedIn === undefined ? 'git' : `git -C ${shellWord(startedIn)}`;
  return changed && !isElsewhere ? [`next: ${git} add ${shellWord(outName)}, and commit it with the Rollouts`] : [];
}

/** How out/ differs from the Rollouts, ending with the commands that mend it; empty where it does not differ. */
export function sumUpDrift(drift: Drift, where: CheckedWhere): readonly string[] {
  const rows = driftRows(drift, where).map(({ how, file }) => [how, visible(file)]);
  if (rows.length === 0) return [];
  const differ = rows.length === 1 ? 'differs' : 'differ';
  return [
    ...shorten(alignColumns(rows), MOST_FILES),
    `${count(rows.length, 'file')} in ${where.outName}/ ${differ} from what the Rollouts say; to mend it:`,
    ...(rows.length === drift.extra.length ? [] : [`  ${synthCommand(where)}`]),
    ...(drift.extra.length === 0 ? [] : [`  ${removeCommand(drift.extra, where)}`]),
  ];
}

/** Every file that differs, and how. */
export const driftRows = (drift: Drift, { outName }: Where): readonly { how: string; file: string }[] =>
  [
    ...drift.stale.map(path => ({ how: 'stale', path })),
    ...drift.missing.map(path => ({ how: 'missing', path })),
    ...drift.obsolete.map(path => ({ how: 'obsolete', path })),
    ...drift.leftovers.map(path => ({ how: 'unfinished', path })),
    ...drift.extra.map(path => ({ how: 'extra', path })),
  ].map(({ how, path }) => ({ how, file: `${outName}/${path}` }));

/** Which folder is meant, and how a command finds it. */
export interface Where {
  readonly outName: string;
  /** The folder of `-C`; absent: the working directory. */
  readonly startedIn?: string;
}

export interface CheckedWhere extends Where {
  /** The PATHs of the check. */
  readonly paths: readonly string[];
}

/** The command that mends what differs, but for files that Surefoot did not write. */
export const synthCommand = ({ paths, ...where }: CheckedWhere): string =>
  [commandIn('synth', where), ...paths.map(shellWord)].join(' ');

/** A command with the options that find this folder again. */
export function commandIn(name: string, { outName, startedIn }: Where): string {
  const start = startedIn === undefined ? [] : ['-C', startedIn];
  const out = outName === 'out' ? [] : ['--out', outName];
  return ['surefoot', name, ...start, ...out].map(shellWord).join(' ');
}

/** The command that removes what Surefoot did not write, which synth never does. */
export function removeCommand(extra: readonly string[], where: Where): string {
  const folder = outFromHere(where);
  return ['rm', '--', ...extra.map(path => `${folder}/${path}`)].map(shellWord).join(' ');
}

/** The output folder from where commands are typed. */
export const outFromHere = ({ outName, startedIn = '' }: Where): string =>
  isAbsolute(outName) ? outName : join(startedIn, outName);

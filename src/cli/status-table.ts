import { FLEET_HEADER, type FleetRow } from '../review/fleet-status.ts';
import { alignColumns } from './columns.ts';
import type { Paint, Style } from './paint.ts';
import { progressBar } from './progress-bar.ts';
import { widthOf } from './reporters/width.ts';

/** Columns of the terminal that reads a table; absent: no terminal does, and there are no bars. */
export type TerminalWidth = number | undefined;

/** The fleet for people: a line for each row. */
export function statusTable(rows: readonly FleetRow[], width: TerminalWidth, paint: Paint): string {
  const cells = rows.map(row => Object.values(row.cells));
  const bare = Math.max(...alignColumns([Object.values(FLEET_HEADER), ...cells]).map(widthOf));
  const lines = alignColumns(width === undefined ? withoutBars(cells) : withBars(rows, barWidth(width - bare - GAP)));
  const [header = '', ...shown] = width === undefined ? lines : lines.map(line => cut(line, lines, width));
  return [paint('dim', header), ...shown.map((line, index) => painted(line, rows[index]!, paint))]
    .map(line => `${line}\n`)
    .join('');
}

const BAR = /[█░]+/;
const GAP = 2;
const [SHORTEST, LONGEST] = [5, 20];

const barWidth = (room: number): number => Math.min(LONGEST, Math.max(SHORTEST, room));

const withoutBars = (cells: readonly (readonly string[])[]) => [Object.values(FLEET_HEADER), ...cells];

/** The bar stands beside the place on the tape that it draws. */
const withBars = (rows: readonly FleetRow[], width: number): readonly (readonly string[])[] => [
  cellsOf(FLEET_HEADER, ''),
  ...rows.map(({ cells, done }) => cellsOf(cells, done === undefined ? '' : progressBar(done, width))),
];

const cellsOf = (
  { environment, rollout, step, tape, traffic, since, next, waits }: FleetRow['cells'],
  bar: string,
): readonly string[] => [environment, rollout, step, tape, bar, traffic, since, next, waits];

/** What the last column must keep, so that cutting it is better than a line that goes on below. */
const LEAST_LAST = 12;

/** Ends a line at the edge of the terminal, where only the last column stands beyond it. */
function cut(line: string, [header = '']: readonly string[], width: number): string {
  if (widthOf(line) <= width) return line;
  const last = widthOf(header) - widthOf(FLEET_HEADER.waits);
  if (width - last < LEAST_LAST) return line;
  let kept = '';
  let used = 0;
  for (const letter of line) {
    used += widthOf(letter);
    if (used >= width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

const STYLES: { readonly [phase in FleetRow['phase']]: Style | undefined } = {
  'in-progress': undefined,
  aborted: 'red',
  'at-rest': 'dim',
  unreadable: 'red',
};

/** Of a line without a colour of its own the bar has one. */
function painted(line: string, { phase }: FleetRow, paint: Paint): string {
  const style = STYLES[phase];
  return style === undefined ? line.replace(BAR, bar => paint('cyan', bar)) : paint(style, line);
}

import { isAsWritten } from '../layout/edited.ts';
import { visible } from '../layout/visible.ts';
import { printDuration } from '../model/duration.ts';
import type { Stay } from '../review/fleet-status.ts';
import { isAborted, placeOf, type StoodSince } from '../review/standing.ts';
import { ageWords, trafficWords } from '../review/standing-words.ts';
import type { Tape, TapeState } from '../review/tape.ts';
import { alignColumns, shorten } from './columns.ts';
import type { Paint } from './paint.ts';
import { progressBar } from './progress-bar.ts';
import type { StayDetails } from './status-details.ts';
import { abortBlock, nextBlock, type PageStyle } from './status-hops.ts';

/** All about a Rollout in one environment, for people. */
export function statusPage(stay: Stay, details: StayDetails, style: PageStyle): string {
  const { tape } = stay;
  const blocks =
    'untold' in tape
      ? [[visible(`plan.json ${tape.untold}. Write it anew: ${style.command('synth')}`)]]
      : [stateTable(tape, style.paint), nextBlock(stay, tape, style), abortBlock(stay, tape, details, style)];
  return [[...titleLines(stay, details, style)], ...blocks, fileBlock(details, style)]
    .filter(block => block.length > 0)
    .map(block => block.map(line => `${line}\n`).join(''))
    .join('\n');
}

function titleLines(stay: Stay, details: StayDetails, { paint, isTerminal, now }: PageStyle): readonly string[] {
  const { tape, environment, namespace, rollout, source } = stay;
  const provider = 'untold' in tape ? [] : [tape.provider];
  const about = [...provider, `environment ${environment}`, ...(source === undefined ? [] : [source])].join(', ');
  const title = `${paint('bold', visible(`${namespace}/${rollout}`))}  ${visible(about)}`;
  if ('untold' in tape) return [title];
  const place = placeOf(tape);
  const at = place === undefined ? '' : `, ${place.position}/${place.length}`;
  const done = place === undefined ? 0 : (place.position - 1) / Math.max(1, place.length - 1);
  const bar = isTerminal && place !== undefined ? `  ${progressBar(done, BAR)}` : '';
  return [title, `${visible(tape.step)}${at}${bar}`, ...sinceLines(stay.since, details, now).map(visible)];
}

const BAR = 20;

function sinceLines(since: StoodSince, { author, subject }: StayDetails, now: number): readonly string[] {
  switch (since.kind) {
    case 'since':
      return [
        `on ${since.target} since ${timeWords(since.time)}, ${ageWords(now - since.time)} ago`,
        `by ${since.commit.slice(0, 10)}${author === undefined ? '' : ` of ${author}: ${subject}`}`,
      ];
    case 'pending':
      return [
        `not on ${since.target} yet, ${since.there === undefined ? 'which has no plan of it' : `which has ${since.there}`}`,
      ];
    case 'unknown':
      return ['nobody knows since when'];
    default:
      return since satisfies never;
  }
}

/** `2026-03-01 14:30 UTC` */
const timeWords = (time: number): string => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

const HEADER = ['', 'state', 'kind', 'traffic', 'pods', 'pause'];

/** Every state of the tape; an abort stands behind the state that it leaves. */
function stateTable(tape: Tape, paint: Paint): readonly string[] {
  const place = placeOf(tape)?.position ?? 0;
  const aborted = isAborted(tape) ? tape.aborts.filter(({ name }) => name === tape.step) : [];
  const states = [...tape.states.slice(0, place), ...aborted, ...tape.states.slice(place)];
  const here = states.findIndex(({ name }) => name === tape.step);
  const rows = states.map((state, index) => stateRow(state, index < here ? '✓' : index === here ? '➤' : ''));
  const [header = '', ...lines] = alignColumns([HEADER, ...rows]);
  return [paint('dim', header), ...lines.map((line, index) => (index === here ? paint('bold', line) : line))];
}

const stateRow = (state: TapeState, mark: string): readonly string[] =>
  [
    mark,
    state.name,
    state.kind,
    trafficWords(state),
    state.running.map(({ version, replicas }) => `${version} ${replicas}`).join(', ') || '-',
    state.pause !== undefined ? printDuration(state.pause) : state.kind === 'step' ? 'until promoted' : '-',
  ].map(visible);

/** Files are told up to so many. */
const MOST_FILES = 10;

/** Where the files of a Rollout are not what was written, or what was committed. */
function fileBlock({ edited, uncommitted = [] }: StayDetails, { outAt, command }: PageStyle): readonly string[] {
  const rows =
    edited === undefined || isAsWritten(edited)
      ? []
      : [
          ...edited.changed.map(path => ['changed', path]),
          ...edited.added.map(path => ['added', path]),
          ...edited.missing.map(path => ['missing', path]),
        ].map(([word = '', path = '']) => [word, visible(`${outAt}/${path}`)]);
  const drift =
    rows.length === 0
      ? []
      : [
          `live files are not those that plan.json lists; to write them anew: ${command('synth')}`,
          ...shorten(alignColumns(rows), MOST_FILES).map(line => `    ${line}`),
        ];
  const paths = uncommitted.map(path => `    ${visible(`${outAt}/${path}`)}`);
  return [...drift, ...(paths.length === 0 ? [] : ['not committed yet:', ...shorten(paths, MOST_FILES)])];
}

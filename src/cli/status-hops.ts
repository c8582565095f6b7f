import { riskName, riskWords, together } from '../layout/risk-words.ts';
import { shellWord } from '../layout/shell-word.ts';
import { visible } from '../layout/visible.ts';
import { changeWords } from '../layout/words.ts';
import type { Stay } from '../review/fleet-status.ts';
import { abortHop, nextHop, waysOut } from '../review/standing.ts';
import { waitWords } from '../review/standing-words.ts';
import type { Tape, TapeHop } from '../review/tape.ts';
import type { Paint } from './paint.ts';
import type { ReadyAbort, StayDetails } from './status-details.ts';

/** How a page is printed, and what to type on it. */
export interface PageStyle {
  readonly paint: Paint;
  /** Whether a terminal reads it: then there is a bar. */
  readonly isTerminal: boolean;
  readonly now: number;
  /** The output folder from where commands are typed. */
  readonly outAt: string;
  /** `surefoot`, a command, and the options that find this folder again. */
  readonly command: (name: string) => string;
}

/** The hop that comes next, or the ways out of an abort, or that the tape has ended. */
export function nextBlock(stay: Stay, tape: Tape, style: PageStyle): readonly string[] {
  const waits = `waits for: ${waitWords(tape, stay.since, style.now).join(', ')}`;
  const ways = waysOut(tape);
  if (ways.length > 0)
    return ways.flatMap(way => hopLines(way, way.kind === 'resume' ? [typed('resume', stay, style)] : [], style));
  const next = nextHop(tape);
  return next === undefined
    ? ['done: this is the last state of the tape']
    : hopLines(next, [waits, typed('promote', stay, style)], style);
}

function hopLines(
  { from, to, kind, changes, risks }: TapeHop,
  more: readonly string[],
  { paint }: PageStyle,
): readonly string[] {
  const lines = [
    changeWords(changes),
    ...together(risks).map(risk => `${riskName(risk)}: ${riskWords(risk)}`),
    ...more,
  ];
  return [`${paint('bold', visible(`${from} → ${to}`))}  ${kind}`, ...lines.map(line => `    ${visible(line)}`)];
}

export function abortBlock(stay: Stay, tape: Tape, { abort }: StayDetails, style: PageStyle): readonly string[] {
  const hop = abortHop(tape);
  if (hop === undefined || abort === undefined) return [];
  const fix = abort.state === 'ready' ? typed('abort', stay, style) : `write it anew: ${style.command('synth')}`;
  return hopLines(hop, [ABORT_WORDS[abort.state](`${style.outAt}/${abort.file}`), fix], style);
}

const ABORT_WORDS: { readonly [state in ReadyAbort['state']]: (file: string) => string } = {
  ready: file => `ready in ${file}`,
  edited: file => `${file} is not what plan.json lists`,
  missing: file => `${file} is missing`,
};

/** A command about this very Rollout, as it can be typed. */
const typed = (name: string, { source, rollout, environment }: Stay, { command }: PageStyle): string =>
  [
    command(name),
    shellWord(source ?? rollout),
    ...(environment === 'default' ? [] : ['--env', shellWord(environment)]),
  ].join(' ');

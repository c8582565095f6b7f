import { faultWords } from '../layout/words.ts';
import { printDuration } from '../model/duration.ts';
import type { Obligation } from '../model/plan.ts';
import type { Split } from '../model/traffic.ts';
import { printShare, wholeOf } from '../traffic/share.ts';
import { isAborted, nextHop, type Pause, pauseOf, type StoodSince, waysOut } from './standing.ts';
import type { Tape, TapeRule, TapeState } from './tape.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** How long ago something was, in one unit, so much as is over: `12m`, `3h`, `5d`. */
export function ageWords(milliseconds: number): string {
  const age = Math.max(0, milliseconds);
  if (age < MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  return age < 2 * DAY ? `${Math.floor(age / HOUR)}h` : `${Math.floor(age / DAY)}d`;
}

/** How long something still lasts, never less than it does: `45s`, `12m`, `3h5m`, `2d4h`. */
export function leftWords(milliseconds: number): string {
  const unit = milliseconds <= MINUTE ? SECOND : milliseconds <= DAY ? MINUTE : HOUR;
  return printDuration(Math.ceil(milliseconds / unit) * unit);
}

/** Where requests go: `v1 90 % · v2 10 %, mirror v2 5 %, testers → v2`. */
export function trafficWords({ rules }: Pick<TapeState, 'rules'>): string {
  const fallback = rules.at(-1);
  if (fallback === undefined) return '-';
  return [shares(fallback.split), ...treatment(fallback), ...rules.slice(0, -1).map(ruleWords)].join(', ');
}

const shares = (split: Split): string =>
  split.map(({ version, share }) => `${version} ${printShare(share)} %`).join(' · ') || '-';

const ruleWords = (rule: TapeRule): string =>
  [`${rule.name} → ${wholeOf(rule.split) ?? shares(rule.split)}`, ...treatment(rule)].join(', ');

const treatment = ({ mirror, fault }: TapeRule): readonly string[] => [
  ...(mirror.length === 0 ? [] : [`mirror ${shares(mirror)}`]),
  ...faultWords(fault),
];

/** Since when, for a cell of a table. */
export function sinceWords(since: StoodSince, now: number): string {
  switch (since.kind) {
    case 'since':
      return ageWords(now - since.time);
    case 'pending':
      return `not on ${since.target} yet`;
    case 'unknown':
      return 'unknown';
    default:
      return since satisfies never;
  }
}

/** What must come before the next hop, in a few words each; at the end of the tape, or in an abort, that. Never empty. */
export function waitWords(tape: Tape, since: StoodSince, now: number): readonly string[] {
  if (isAborted(tape)) return [abortWords(tape)];
  const next = nextHop(tape);
  if (next === undefined) return ['done'];
  const pause = pauseOf(tape, since, now);
  const words = [
    ...(pause === undefined ? [] : [pauseWords(pause, since)]),
    ...next.obligations.flatMap(obligation => shortWords(obligation)),
  ];
  return words.length === 0 ? ['a promotion'] : words;
}

function abortWords(tape: Tape): string {
  const ways = waysOut(tape).map(({ kind, to }) => (kind === 'resume' ? 'resume' : `go back to ${to}`));
  return ways.length === 0 ? 'in abort' : `in abort: ${ways.join(' or ')}`;
}

function pauseWords({ duration, left }: Pause, since: StoodSince): string {
  if (left === 0) return 'pause over';
  if (left !== undefined) return `pause ${leftWords(left)} left`;
  return `pause ${printDuration(duration)}${since.kind === 'pending' ? ' not begun' : ''}`;
}

/** The pause is told with what is left of it. */
function shortWords(obligation: Obligation): readonly string[] {
  switch (obligation.kind) {
    case 'available':
      return [`${obligation.version}: ${obligation.replicas} available`];
    case 'reachable':
      return [`${obligation.version}: ready`];
    case 'idle':
      return [`${obligation.version}: no requests`];
    case 'synced':
      return [`${obligation.state}: synced`];
    case 'paused':
      return [];
    default:
      return obligation satisfies never;
  }
}

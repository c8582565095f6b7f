import type { Stay } from '../review/fleet-status.ts';
import {
  abortHop,
  currentState,
  nextHop,
  pauseOf,
  phaseOf,
  placeOf,
  type StoodSince,
  waysOut,
} from '../review/standing.ts';
import { waitWords } from '../review/standing-words.ts';
import type { Tape } from '../review/tape.ts';
import type { StayDetails } from './status-details.ts';

/** All that is known of a Rollout in one environment, as data: shares in basis points, durations in milliseconds, times in both forms. */
export function statusDocument(stay: Stay, details: StayDetails, now: number): object {
  const { tape, since, ...names } = stay;
  const { uncommitted } = details;
  const told =
    'untold' in tape
      ? { phase: 'unreadable', wrong: `plan.json ${tape.untold}` }
      : { phase: phaseOf(tape), ...tapeData(tape, since, now), ...fileData(tape, details) };
  return {
    ...names,
    ...told,
    since: sinceData(since, details, now),
    ...(uncommitted === undefined ? {} : { uncommitted }),
  };
}

function tapeData(tape: Tape, since: StoodSince, now: number) {
  const { provider, step } = tape;
  const { kind, running, rules } = currentState(tape);
  const place = placeOf(tape);
  const [pause, next, ways] = [pauseOf(tape, since, now), nextHop(tape), waysOut(tape)];
  const begun = since.kind === 'since' ? timeData('until', since.time + (pause?.duration ?? 0)) : {};
  return {
    ...{ provider, step, kind },
    ...place,
    ...{ running, rules },
    ...(pause === undefined ? {} : { pause: { ...pause, ...begun } }),
    ...(next === undefined ? {} : { next }),
    ...(ways.length === 0 ? {} : { ways }),
    waitsFor: waitWords(tape, since, now),
    states: tape.states,
  };
}

function fileData(tape: Tape, { abort, edited }: StayDetails) {
  const hop = abortHop(tape);
  return {
    ...(hop === undefined || abort === undefined ? {} : { abort: { ...hop, ...abort } }),
    ...(edited === undefined ? {} : { edited }),
  };
}

function sinceData(since: StoodSince, { author, subject }: StayDetails, now: number) {
  if (since.kind !== 'since') return since;
  const { time, ...rest } = since;
  const by = author === undefined ? {} : { author, subject };
  return { ...rest, ...by, ...timeData('time', time), age: Math.max(0, now - time) };
}

/** A time since 1970, and the same for people. */
function timeData(name: string, milliseconds: number) {
  const date = new Date(milliseconds);
  // Dates end before numbers do.
  return { [name]: milliseconds, ...(Number.isNaN(date.getTime()) ? {} : { [`${name}Iso`]: date.toISOString() }) };
}

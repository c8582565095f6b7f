import { wholeOf } from '../traffic/share.ts';
import type { Tape, TapeHop, TapeState } from './tape.ts';

/** Since when a Rollout stands where it stands on the branch from which agents sync. */
export type StoodSince =
  | {
      readonly kind: 'since';
      readonly target: string;
      readonly commit: string /** Milliseconds since 1970. */;
      readonly time: number;
    }
  /** The branch does not say so yet; `there` is the step that it has, absent: it has no plan. */
  | { readonly kind: 'pending'; readonly target: string; readonly there?: string }
  | { readonly kind: 'unknown' };

/** What people ask first about a Rollout. `at-rest`: no release is under way. */
export type Phase = 'in-progress' | 'aborted' | 'at-rest';

/** Where on its tape a Rollout stands; an abort stands at the state that it leaves. `position` counts from 1. */
export interface Place {
  readonly position: number;
  readonly length: number;
}

/** The state in which a Rollout stands. */
export const currentState = ({ step, states, aborts }: Tape): TapeState =>
  [...states, ...aborts].find(({ name }) => name === step)!;

/** Whether a Rollout stands in an abort. */
export const isAborted = (tape: Tape): boolean => currentState(tape).kind === 'abort';

export function phaseOf(tape: Tape): Phase {
  const state = currentState(tape);
  if (state.kind === 'abort') return 'aborted';
  const isAlone =
    state.running.length === 1 && state.rules.length === 1 && wholeOf(state.rules[0]!.split) !== undefined;
  return state.kind === 'baseline' || state === tape.states.at(-1) || isAlone ? 'at-rest' : 'in-progress';
}

/** Undefined: an abort of a state that the tape has no more. */
export function placeOf(tape: Tape): Place | undefined {
  const { step, states } = tape;
  const left = isAborted(tape) ? leftBy(tape) : step;
  const index = states.findIndex(({ name }) => name === left);
  return index < 0 ? undefined : { position: index + 1, length: states.length };
}

/** The state that the current abort left: the one to which it resumes. */
const leftBy = ({ step, hops }: Tape): string | undefined =>
  hops.find(({ from, kind }) => from === step && kind === 'resume')?.to;

/** The hop to the next state of the tape; undefined: the tape ends here, or an abort waits for a decision. */
export function nextHop(tape: Tape): TapeHop | undefined {
  if (isAborted(tape)) return undefined;
  const next = tape.states[tape.states.findIndex(({ name }) => name === tape.step) + 1];
  return tape.hops.find(({ from, to }) => from === tape.step && to === next?.name);
}

/** The ways out of an abort: resume, and back to where the stable version stood alone; none elsewhere. */
export const waysOut = (tape: Tape): readonly TapeHop[] =>
  isAborted(tape) ? tape.hops.filter(({ from }) => from === tape.step) : [];

/** The hop to the abort that is ready for the current state; undefined: there is none, such as where nothing is to be taken back. */
export const abortHop = (tape: Tape): TapeHop | undefined =>
  tape.hops.find(({ from, kind }) => from === tape.step && kind === 'abort');

/** How long a Rollout is to stay where it is, in milliseconds. */
export interface Pause {
  readonly duration: number;
  /** 0: it is over. Absent: nobody knows when it began, or it has not begun. */
  readonly left?: number;
}

/** The pause before the next hop; undefined: there is none. Times in milliseconds since 1970. */
export function pauseOf(tape: Tape, since: StoodSince, now: number): Pause | undefined {
  const paused = nextHop(tape)?.obligations.find(({ kind }) => kind === 'paused');
  if (paused?.kind !== 'paused') return undefined;
  const { duration } = paused;
  return since.kind === 'since' ? { duration, left: Math.max(0, since.time + duration - now) } : { duration };
}

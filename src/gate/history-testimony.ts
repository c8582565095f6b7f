import { quote } from '../diagnostics/wording.ts';
import { printDuration } from '../model/duration.ts';
import type { Obligation } from '../model/plan.ts';
import { failed, type Testimony, told } from './testimony.ts';

/** Since when a step stands on the target branch. */
export type StepSince =
  | { readonly kind: 'since' /** Milliseconds since 1970. */; readonly time: number }
  | {
      readonly kind: 'never' /** What the branch holds instead; absent: no plan, or one without a step. */;
      readonly newest?: { readonly step?: string };
    }
  /** The clone is shallow. */
  | { readonly kind: 'unknown' };

/** What the time of a step is held against; durations and times in milliseconds. */
export interface HistoryFacts {
  readonly since: StepSince;
  readonly step: string;
  /** When the live manifests last changed on the branch; absent: not after the step came, or nobody can tell. */
  readonly changed?: number;
  /** How people call the target branch. */
  readonly branch: string;
  readonly pollInterval: number;
  readonly now: number;
  /** A time as ISO 8601 has it, in UTC. */
  readonly clock: (time: number) => string;
}

/** What the history of the target branch says of an obligation: only that there was time enough, never that anybody looked. */
export function historyTestimony(obligation: Obligation, facts: HistoryFacts): Testimony {
  const { since, step, branch } = facts;
  switch (since.kind) {
    case 'unknown':
      return failed('this clone is shallow, so nobody can tell since when the step stands; type git fetch --unshallow');
    case 'never':
      return told(false, `${branch} holds ${insteadOf(since.newest?.step)}, not ${quote(step)}`);
    default:
      return obligation.kind === 'paused'
        ? pauseSince(since.time, obligation.duration, facts)
        : stoodSince(since.time, facts);
  }
}

const insteadOf = (step: string | undefined): string => (step === undefined ? 'no step' : `the step ${quote(step)}`);

function pauseSince(time: number, duration: number, { branch, now, clock }: HistoryFacts): Testimony {
  const left = time + duration - now;
  if (left <= 0) return told(true, `${sinceWords(now - time, branch)}, and the pause was ${printDuration(duration)}`);
  return told(
    false,
    `${roughly(left)} of ${printDuration(duration)} left, until ${momentWords(time + duration, now, clock)}`,
  );
}

/** Manifests that changed in the step, as with more pods, are younger than the step. */
function stoodSince(time: number, { branch, pollInterval, now, changed = time }: HistoryFacts): Testimony {
  const age = now - Math.max(time, changed);
  const interval = `the poll interval of ${printDuration(pollInterval)}`;
  const what = changed > time ? changedWords(age, branch) : sinceWords(age, branch);
  if (age >= pollInterval) return told(true, `${what}, longer than ${interval}; nobody looked at the cluster`);
  return told(false, `${what}, shorter than ${interval}; nobody looked at the cluster`);
}

/** A committer's clock may be ahead of ours. */
const sinceWords = (age: number, branch: string): string =>
  `the step is on ${branch} since ${age < 0 ? 'a time that is yet to come' : roughly(age, Math.floor)}`;

const changedWords = (age: number, branch: string): string =>
  `the manifests are on ${branch} as they are since ${age < 0 ? 'a time that is yet to come' : roughly(age, Math.floor)}`;

const MINUTE = 60_000;

/** A duration in whole minutes, or in seconds where it is shorter than one; by default not less than it is. */
export function roughly(milliseconds: number, round: (parts: number) => number = Math.ceil): string {
  const unit = milliseconds < MINUTE ? 1000 : MINUTE;
  return printDuration(round(milliseconds / unit) * unit);
}

/** `14:05 UTC`, with its day where that is another one than today; a minute that has begun is counted whole. */
function momentWords(time: number, now: number, clock: HistoryFacts['clock']): string {
  const [day, hour] = clock(Math.ceil(time / MINUTE) * MINUTE).split('T');
  const isToday = clock(now).startsWith(`${day}T`);
  return `${isToday ? '' : `${day} `}${hour?.slice(0, 5)} UTC`;
}

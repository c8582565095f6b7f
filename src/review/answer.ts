import type { Retries } from '../model/plan.ts';
import type { Fault, Match, Share } from '../model/traffic.ts';

/** What becomes of a request in one state. */
export type Answer = Taken | Untaken;

/** A rule takes the request. */
export interface Taken {
  readonly state: string;
  /** Its name in the Rollout; `default` for the last one of a state. */
  readonly rule: string;
  /** All that it takes; empty: every request. */
  readonly matches: readonly Match[];
  /** The first of its matches that holds; absent: it takes every request. */
  readonly met?: Match;
  readonly split: readonly AnswerPortion[];
  readonly mirror: readonly AnswerPortion[];
  readonly fault?: Fault;
  /** Milliseconds; absent: none, or one that belongs to the version. */
  readonly timeout?: number;
  /** Absent: none. */
  readonly retries?: Retries;
  /** Absent: the path is forwarded as it came. */
  readonly rewrite?: string;
}

/** No rule takes the request. */
export interface Untaken {
  readonly state: string;
  readonly rule: null;
  /** The reason, a sentence without its full stop. */
  readonly why: string;
}

/** A version and its part of such requests; or nothing, where they would fail, and why. */
export type AnswerPortion =
  | {
      readonly version: string;
      readonly share: Share;
      /** Where the numbers of pods make the split: how many the version has. */
      readonly pods?: number;
      /** Milliseconds, where the timeout belongs to the version. */
      readonly timeout?: number;
    }
  | { readonly missing: string; readonly share: Share };

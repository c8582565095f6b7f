import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Plan } from './plan.ts';

/** A file to compile: its path relative to the root, with forward slashes, and its text. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A file to write: its path relative to the output folder, with forward slashes. */
export interface OutFile {
  readonly path: string;
  readonly text: string;
}

/** What becomes of one source: plain data, so that a worker can send it. */
export interface Compiled {
  readonly source: string;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where an error was found: such a rollout is left untouched, whole. */
  readonly result?: CompiledRollout;
}

export interface CompiledRollout {
  readonly plan: Plan;
  /** `<environment>/<namespace>/<rollout>`, the folder below live/ and plan/. */
  readonly directory: string;
  /** live/…, plan/…/<state>.yaml, plan/…/plan.md, plan/…/plan.json; sorted by path. */
  readonly files: readonly OutFile[];
  /** Identities of the objects of all states, sorted: what no other rollout may hold, now or at a later step. */
  readonly claims: readonly string[];
  /** What each hop changes, in the order of `plan.hops`. */
  readonly changes: readonly HopChanges[];
}

/** Objects that a hop creates, updates and deletes, as `Kind/name`, sorted. */
export interface HopChanges {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
}

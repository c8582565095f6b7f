import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Commit, Repository } from '../host/git.ts';
import type { OutFolder } from '../host/out-folder.ts';
import type { Standing } from '../host/standings.ts';
import type { CompiledRollout, Source } from '../model/compiled.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Observation, Observer } from '../model/observation.ts';
import type { Verdict } from '../review/judge-change.ts';
import type { Refusal } from '../review/move-messages.ts';
import type { Settings } from './settings.ts';

/** What is asked of each Rollout. */
export interface MoveRequest {
  readonly verb: 'promote' | 'resume';
  /** Absent: the next state of the tape, or the step that was aborted. */
  readonly to?: string;
  /** The step in which it is thought to stand; absent: wherever it does. */
  readonly from?: string;
  /** Refusals that are overridden. */
  readonly allow: ReadonlySet<Refusal>;
  /** Absent: whoever is there, the best witness first. */
  readonly observers?: readonly Observer[];
  /** Absent: the current one. */
  readonly kubeContext?: string;
}

/** Where Rollouts are moved. */
export interface MovePlace {
  readonly settings: Settings;
  readonly repository: Repository;
  /** What is checked out, and the branch from which agents sync. */
  readonly head: Commit;
  readonly target: Commit;
  readonly out: OutFolder;
  /** The output folder, relative to the root of the repository. */
  readonly name: string;
  /** surefoot.yaml; absent: there is none. */
  readonly fleet?: Fleet;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A Rollout that may move: nothing is written yet. */
export interface Move {
  readonly standing: Standing;
  readonly from: string;
  readonly to: string;
  /** The Rollout file as it is, and as it would be. */
  readonly before: Source;
  readonly after: Source;
  readonly result: CompiledRollout;
  readonly verdict: Verdict;
  readonly observations: readonly Observation[];
  /** Refusals that were overridden, in the words of `--allow`. */
  readonly allowed: readonly Refusal[];
}

/** What came of the question whether a Rollout may move. */
export type Judged =
  | { readonly kind: 'sound'; readonly move: Move; readonly warnings: readonly Diagnostic[] }
  /** There is nowhere to go. */
  | { readonly kind: 'idle'; readonly words: string }
  /** `isUnknown`: all that stands in the way is that nobody can tell. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[]; readonly isUnknown: boolean }
  /** The command cannot do this at all. */
  | { readonly kind: 'wrong'; readonly message: string };

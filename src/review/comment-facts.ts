import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RecoveredPortion } from '../model/recovered.ts';
import type { Difference } from './difference.ts';
import type { Verdict } from './judge-change.ts';

/** All that a comment on a proposal tells. */
export interface CommentFacts {
  /** The commit that it is compared with. */
  readonly base: { readonly ref: string; readonly id: string };
  /** The output folder from the top of the repository: which comment it is, where there are several. */
  readonly place: string;
  /** The same as the user named it. */
  readonly outName: string;
  readonly changes: readonly CommentedChange[];
  /** About Rollouts and files, not about a change of one; files from the top of the repository. */
  readonly findings: readonly Diagnostic[];
  readonly drift: OutDrift;
  /** What to type to read what has no room. */
  readonly commands: { readonly check: string; readonly diff: string };
}

/** Files of the output folder that are not what the Rollouts say, and the commands that mend it. */
export interface OutDrift {
  readonly files: readonly { readonly how: string; readonly file: string }[];
  readonly mend: readonly string[];
}

/** What a proposal makes of one Rollout in one environment. */
export interface CommentedChange {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  /** Steps; absent: there is none, or nothing tells. */
  readonly from?: string;
  readonly to?: string;
  /** Absent: no live manifest differs, only the plan. */
  readonly verdict?: Verdict;
  /** Where requests go that meet no rule of their own; absent: there is nothing of it. */
  readonly before?: Traffic;
  readonly after?: Traffic;
  /** Absent: nothing can be compared. */
  readonly difference?: Difference;
  /** States that only the plan after, or only the one before, has. */
  readonly states: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Markdown of the chart of the plan after; absent: there is none that can be drawn. */
  readonly chart?: string;
  /** Path of the Rollout file; absent: nothing tells. */
  readonly source?: string;
  /** Path of the page with every state; absent: there is none. */
  readonly page?: string;
  readonly findings: readonly Diagnostic[];
}

/** Where requests and copies of them go. */
export interface Traffic {
  readonly split: readonly RecoveredPortion[];
  readonly mirror: readonly RecoveredPortion[];
}

export interface CommentLimits {
  /** Characters that a comment may have. */
  readonly most: number;
}

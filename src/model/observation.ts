import type { Obligation } from './plan.ts';

/** Who can tell whether an obligation is met, the best witness first. `history`: how long ago the step reached the target branch. */
export const OBSERVERS = ['prometheus', 'kubectl', 'history'] as const;
export type Observer = (typeof OBSERVERS)[number];

/** What was found out about one obligation of a hop. */
export interface Observation {
  readonly obligation: Obligation;
  /** `unknown`: nobody who was asked can tell, so it is neither a yes nor a no. */
  readonly verdict: 'seen' | 'unseen' | 'unknown';
  /** Who told; absent: nobody could. */
  readonly by?: Observer;
  /** What was seen, or why nobody can tell: words for people, a sentence without its full stop. */
  readonly evidence: string;
}

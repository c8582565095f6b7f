import type { Counterexample } from './breach.ts';

/** What was proved of a hop, in whatever order its objects are created, updated and deleted. */
export interface HopProof {
  /** Whether at most one object that others depend on changes, so that there is no way between. */
  readonly atOnce: boolean;
  /** How requests are lost on the way; absent: none are. */
  readonly broken?: Counterexample;
  /** The same of the way back, as `git revert` takes it. */
  readonly brokenBack?: Counterexample;
  /**
   * How requests are lost where the state that the hop starts from was never applied whole, and the cluster may hold any mixture of it
   * and the state before it; absent: none are, or there is no state before it, or it is a retire, which obliges to see it whole.
   */
  readonly unobserved?: Counterexample;
}

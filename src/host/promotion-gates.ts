import type { FreezeWindow } from '../gate/freeze.ts';
import type { SoakVerdict } from '../gate/soak.ts';
import type { Fleet } from '../model/fleet.ts';
import type { PlanRecord } from '../plan-record.ts';
import type { Commit, Repository } from './git.ts';

/** A promotion, resume or release that is about to be made. */
export interface GatesRequest {
  /** surefoot.yaml as it was read; absent: there is none. */
  readonly fleet?: Fleet;
  readonly environment: string;
  /** The Rollout in this environment, as it is about to be committed: its versions are compared with those of the earlier environment. */
  readonly record: PlanRecord;
  /** Name of the state where it stands until now; absent: nothing stands, or nothing tells. */
  readonly from?: string;
  /** Name of the state where it shall stand. */
  readonly to: string;
  readonly repository: Repository;
  /** The head of the target branch. */
  readonly target: Commit;
  /** The output folder, relative to the root. */
  readonly outName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What holds a promotion back. An abort, and a move back on the tape, are never held. */
export interface PromotionGates {
  /** The freeze that ends last; absent: it is none now. */
  readonly freeze?: FreezeWindow;
  /** What the earlier environment shows; absent: none is asked. It holds back unless it is `seen`. */
  readonly soak?: SoakVerdict;
}

/** Judges what surefoot.yaml demands of a promotion in this environment. */
export function promotionGates(_request: GatesRequest): PromotionGates {
  return {};
}

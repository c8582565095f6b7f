import { freezesOf, frozenAt } from '../gate/freeze.ts';
import { canBeHeld, type PromotionGates } from '../gate/gate-findings.ts';
import type { Fleet } from '../model/fleet.ts';
import type { PlanRecord } from '../plan-record.ts';
import { askSoak, type Branch } from './soak.ts';

export type { PromotionGates };

/** A promotion, resume or release that is about to be made. */
export interface GatesRequest extends Branch {
  /** surefoot.yaml as it was read; absent: there is none. */
  readonly fleet?: Fleet;
  readonly environment: string;
  /** The Rollout in this environment, as it is about to be committed: its versions are compared with those of the earlier environment. */
  readonly record: PlanRecord;
  /** Name of the state where it stands until now; absent: nothing stands, or nothing tells. */
  readonly from?: string;
  /** Name of the state where it shall stand. */
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Judges what surefoot.yaml demands of a promotion in this environment. An abort, and a step back, are never held. */
export function promotionGates({ fleet, environment, record, from, to, now, ...branch }: GatesRequest): PromotionGates {
  if (fleet === undefined || !canBeHeld(record, from, to)) return {};
  const freeze = frozenAt(freezesOf(fleet, environment), now);
  const promotion = fleet.environments?.[environment]?.promotion;
  return {
    ...(freeze === undefined ? {} : { freeze }),
    ...(promotion === undefined ? {} : { soak: askSoak({ promotion, here: record, to }, branch, now) }),
  };
}

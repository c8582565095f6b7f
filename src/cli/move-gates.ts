import { shutGates } from '../gate/gate-findings.ts';
import { promotionGates } from '../host/promotion-gates.ts';
import type { CompiledRollout } from '../model/compiled.ts';
import { planRecord } from '../plan-record.ts';
import { overridden } from '../review/move-messages.ts';
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
  const record = planRecord(directory, text);
  const gates = promotionGates({
    ...(fleet === undefined ? {} : { fleet }),
    ...(from === undefined ? {} : { from }),
    ...{ environment: plan.environment, record, to: plan.current },
    ...{ repository, target, outName: name, now },
  });
  return shutGates(gates, record).map(({ refusal, finding, isUnknown }) => ({
    ...{ refusal, isUnknown },
    finding: { ...finding, fix: finding.fix + overridden(refusal) },
  }));
}

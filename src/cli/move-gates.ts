import { frozen, notSoaked, soakUnknown } from '../gate/gate-messages.ts';
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
  const { freeze, soak } = promotionGates({
    ...(fleet === undefined ? {} : { fleet }),
    ...(from === undefined ? {} : { from }),
    ...{ environment: plan.environment, record: planRecord(directory, text), to: plan.current },
    ...{ repository, target, outName: name, now },
  });
  const held = { rollout: plan.rollout, environment: plan.environment };
  return [
    ...(freeze === undefined ? [] : [obstacle('freeze', frozen(AT, { ...held, window: freeze }))]),
    ...(soak === undefined || soak.verdict === 'seen'
      ? []
      : [
          soak.verdict === 'unknown'
            ? { ...obstacle('soak', soakUnknown(AT, { ...held, soak })), isUnknown: true }
            : obstacle('soak', notSoaked(AT, { ...held, soak })),
        ]),
  ];
}

const AT = { path: [] };

const obstacle = (refusal: Obstacle['refusal'], finding: Obstacle['finding']): Obstacle => ({
  refusal,
  finding: { ...finding, fix: `${finding.fix}${overridden(refusal)}` },
});

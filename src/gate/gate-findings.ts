import type { At, Finding } from '../diagnostics/finding.ts';
import type { PlanRecord } from '../plan-record.ts';
import type { FreezeWindow } from './freeze.ts';
import { frozen, notSoaked, soakUnknown } from './gate-messages.ts';
import type { SoakVerdict } from './soak.ts';

/** What surefoot.yaml has to say about a promotion. */
export interface PromotionGates {
  /** The freeze that ends last; absent: nothing is frozen now. */
  readonly freeze?: FreezeWindow;
  /** What the earlier environment shows; absent: none is asked. It holds back unless it is `seen`. */
  readonly soak?: SoakVerdict;
}

/** Whether a move can be held back at all: an abort, and a step back on the tape, never are. `from` undefined: nothing stands there. */
export function canBeHeld({ states, aborts }: PlanRecord, from: string | undefined, to: string): boolean {
  if (aborts.includes(to)) return false;
  const tape = states.filter(name => !aborts.includes(name));
  return from === undefined || !tape.includes(from) || tape.indexOf(to) >= tape.indexOf(from);
}

/** One finding for each gate that is shut, the freeze first. `at`: the place of the step that is written. */
export function gateFindings(
  { freeze, soak }: PromotionGates,
  { rollout, environment }: PlanRecord,
  at: At,
): readonly Finding[] {
  const held = { rollout, environment };
  const rule = soak?.verdict === 'unknown' ? soakUnknown : notSoaked;
  return [
    ...(freeze === undefined ? [] : [frozen(at, { ...held, window: freeze })]),
    ...(soak === undefined || soak.verdict === 'seen' ? [] : [rule(at, { ...held, soak })]),
  ];
}

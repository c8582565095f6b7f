import type { Finding } from '../diagnostics/finding.ts';
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
  // An abort stands where the step stands that was aborted.
  const start = from !== undefined && aborts.includes(from) ? from.slice('abort-'.length) : from;
  return start === undefined || !tape.includes(start) || tape.indexOf(to) >= tape.indexOf(start);
}

/** A gate that holds a promotion back, in the word of `--allow`; `isUnknown`: nobody can tell whether it would. */
export interface ShutGate {
  readonly refusal: 'freeze' | 'soak';
  readonly finding: Finding;
  readonly isUnknown: boolean;
}

/** The gates that are shut, the freeze first. */
export function shutGates({ freeze, soak }: PromotionGates, { rollout, environment }: PlanRecord): readonly ShutGate[] {
  const held = { rollout, environment };
  const shut: ShutGate[] = [];
  if (freeze !== undefined)
    shut.push({ refusal: 'freeze', finding: frozen(AT, { ...held, window: freeze }), isUnknown: false });
  if (soak !== undefined && soak.verdict !== 'seen') {
    const isUnknown = soak.verdict === 'unknown';
    shut.push({ refusal: 'soak', finding: (isUnknown ? soakUnknown : notSoaked)(AT, { ...held, soak }), isUnknown });
  }
  return shut;
}

const AT = { path: [] };

import type { Capabilities } from '../model/capabilities.ts';
import type { State, Version } from '../model/plan.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import { type Load, loadOf } from '../traffic/load.ts';
import { wholeOf } from '../traffic/share.ts';
import { defaultRule, type TapeStep } from './tape.ts';

/** What is judged: every state, aborts included. */
export interface CapacityScope {
  readonly spec: RolloutSpec;
  readonly offer: Pick<Capabilities, 'splitBy' | 'ownsWorkloads'>;
  readonly versions: readonly Version[];
  readonly states: readonly State[];
  readonly steps: readonly TapeStep[];
}

/** A state in which a version has fewer pods than it needs; shares are in basis points. */
export interface Lack {
  readonly state: State;
  readonly share: number;
  readonly copies: number;
  readonly pods: number;
  readonly needed: number;
  /** Pods that it would need for all requests. */
  readonly whole: number;
  /** Whether the split follows from numbers of pods. */
  readonly pool: boolean;
}

/** The states in which one version lacks pods, and the worst of them. */
export interface Lacking {
  readonly worst: Lack;
  readonly lacks: readonly Lack[];
  /** Pods that carry all requests. */
  readonly strength: number;
}

/** Whether pods give the split by their numbers, so that each of them gets the same part of everything. */
export const isPool = ({ rules }: State, { offer }: CapacityScope): boolean =>
  offer.splitBy === 'replicas' && wholeOf(defaultRule(rules).split) === undefined;

/** What a version needs in a state. */
type Need = Pick<Lack, 'needed' | 'whole' | 'pool'>;

/** The states in which a version has fewer pods than `needIn` says; where that is undefined it is not judged. */
export function lacksOf(
  version: Version,
  { states }: CapacityScope,
  needIn: (state: State, load: Load) => Need | undefined,
): readonly Lack[] {
  return states.flatMap(state => {
    const running = state.running.find(one => one.version === version.name);
    if (running === undefined) return [];
    const load = loadOf(state.rules, version.name);
    const need = needIn(state, load);
    return need === undefined || running.replicas >= need.needed
      ? []
      : [{ state, ...load, pods: running.replicas, ...need }];
  });
}

/** Where most pods are missing; of several the first. */
export const worstOf = (lacks: readonly Lack[]): Lack | undefined =>
  lacks.reduce<Lack | undefined>(
    (worst, lack) => (worst === undefined || lack.needed - lack.pods > worst.needed - worst.pods ? lack : worst),
    undefined,
  );

import type { Capabilities } from '../model/capabilities.ts';
import type { Version } from '../model/plan.ts';
import type { Rule } from '../model/traffic.ts';
import { loadOf } from '../traffic/load.ts';
import type { TapeStep } from './tape.ts';

/** Pods by running version, in the order of provisioning. */
export type PodCounts = ReadonlyMap<string, number>;

/** How many pods each version needs along the tape. */
export interface Sizing {
  /** Pods of a version that is provisioned before the step, into a state with these rules. */
  readonly provision: (version: string, step: number, rules: readonly Rule[]) => number;
  /** Pods that must stand before the step's rules may rule; equal to `pods` where nothing is missing. */
  readonly before: (step: number, pods: PodCounts, rules: readonly Rule[]) => PodCounts;
  /** Pods of the step itself. */
  readonly during: (step: number, pods: PodCounts) => PodCounts;
  /** The rules that hold while pods are `pods` and the route says `rules`. */
  readonly effective: (rules: readonly Rule[], pods: PodCounts) => readonly Rule[];
}

/** Pods of a version that carries everything: none where somebody else keeps them. */
export function fullStrength(version: Version, offer: Capabilities): number {
  switch (version.kind) {
    case 'service':
      return 0;
    case 'template':
      return version.template.replicas;
    case 'workload':
      return offer.ownsWorkloads && !version.workload.replicasWritten ? 0 : version.workload.replicas;
    default:
      return version satisfies never;
  }
}

/** Pods by version when each carries everything. */
export const fullStrengths = (versions: readonly Version[], offer: Capabilities): PodCounts =>
  new Map(versions.map(version => [version.name, fullStrength(version, offer)]));

/** The same counts with some of them replaced. */
export const withPods = (pods: PodCounts, changes: PodCounts): PodCounts =>
  new Map([...pods].map(([version, count]) => [version, changes.get(version) ?? count]));

/**
 * Where routes carry weights, the split does not depend on pods: `full` starts all of them, `gradual` what the share
 * needs. An autoscaled version comes up with its minimum either way: from there its number of pods is not ours.
 */
export function weightSizing(
  steps: readonly TapeStep[],
  full: PodCounts,
  surge: 'full' | 'gradual',
  autoscaled: ReadonlySet<string>,
): Sizing {
  const needed = (version: string, step: number): number => {
    const whole = full.get(version) ?? 0;
    if (surge === 'full' || step < 0 || autoscaled.has(version)) return whole;
    const { share, copies } = loadOf(steps[step]!.rules, version);
    return Math.min(whole, Math.max(1, Math.ceil((whole * (share + copies)) / 10_000)));
  };
  return {
    provision: (version, step) => needed(version, step),
    before: (step, pods) =>
      new Map(
        [...pods].map(([version, count]) => [
          version,
          steps[step]!.named.includes(version) ? Math.max(count, needed(version, step)) : count,
        ]),
      ),
    during: (_step, pods) => pods,
    effective: rules => rules,
  };
}

import { naturally } from '../model/order.ts';
import { type Rule, type Split, WHOLE } from '../model/traffic.ts';
import { apportion, printShare, wholeOf } from '../traffic/share.ts';
import { idleInPool, joinsWhole, unreachableRatio } from './messages.ts';
import type { Report } from './report.ts';
import { type PodCounts, type Sizing, withPods } from './sizing.ts';
import { defaultRule, type TapeStep } from './tape.ts';

/** What the numbers of pods are derived from. */
export interface RatioScope {
  readonly steps: readonly TapeStep[];
  /** By step, the version that keeps its strength. */
  readonly stable: readonly string[];
  readonly full: PodCounts;
  readonly report: Report;
}

/**
 * Where the split follows from pods: the stable version keeps its strength and the others come on top, so that stable
 * pods alone can carry everything again (3 + 1 pods are 25 %).
 */
export function ratioSizing(scope: RatioScope): Sizing {
  const { steps, full } = scope;
  const targets = steps.map((step, index) => podsFor(index, step, scope));
  const strength = (version: string): number => full.get(version) ?? 0;
  return {
    provision: (version, step, rules) => {
      if (isPool(rules)) return 0;
      const first = targets.slice(step).find(target => (target.get(version) ?? 0) > 0);
      return first?.get(version) ?? strength(version);
    },
    before: (step, pods, rules) => {
      const whole = wholeOf(defaultRule(steps[step]!.rules).split);
      if (whole !== undefined) {
        const joins = isPool(rules) && pods.get(whole) === 0;
        if (joins)
          scope.report(joinsWhole({ path: steps[step]!.trafficAt }, { version: whole, step: steps[step]!.name }));
        return withPods(pods, new Map([[whole, strength(whole)]]));
      }
      return isPool(rules) ? pods : withPods(pods, targets[step]!);
    },
    during: (step, pods) => {
      const next = withPods(pods, targets[step]!);
      reportIdle(steps[step]!, next, scope.report);
      return next;
    },
    effective: (rules, pods) => (isPool(rules) ? [...rules.slice(0, -1), pooled(defaultRule(rules), pods)] : rules),
  };
}

const isPool = (rules: readonly Rule[]): boolean => wholeOf(defaultRule(rules).split) === undefined;

/** The split that pods give by their numbers. */
function pooled(rule: Rule, pods: PodCounts): Rule {
  const versions = [...pods.keys()].sort(naturally);
  const shares = apportion(versions.map(version => pods.get(version)!));
  const split = versions.map((version, i) => ({ version, share: shares[i]! })).filter(portion => portion.share > 0);
  return { ...rule, split };
}

/** The version of a shared split that the others are counted by: the stable one where it takes part. */
export const baseOf = (split: Split, stable: string): string =>
  split.some(p => p.version === stable) ? stable : (split[0]?.version ?? '');

/** Pods of every version of a shared split; those of a split that cannot be reached are the nearest ones, and reported. */
function podsFor(index: number, step: TapeStep, scope: RatioScope): PodCounts {
  const split = defaultRule(step.rules).split;
  const whole = wholeOf(split);
  if (whole !== undefined) return new Map([[whole, scope.full.get(whole) ?? 0]]);
  const stable = baseOf(split, scope.stable[index]!);
  const stableShare = split.find(p => p.version === stable)?.share ?? WHOLE;
  const strength = scope.full.get(stable) ?? 0;
  const exact = split.map(p => (p.version === stable ? strength : (strength * p.share) / stableShare));
  const counts = exact.map(count => Math.max(1, Math.round(count)));
  const reached = apportion(counts);
  if (split.some((p, i) => p.share !== reached[i]))
    reportUnreachable(step, { split, counts, reached, stable, strength }, scope.report);
  return new Map(split.map((p, i) => [p.version, counts[i]!]));
}

interface Ratio {
  readonly split: Split;
  readonly counts: readonly number[];
  readonly reached: readonly number[];
  readonly stable: string;
  readonly strength: number;
}

function reportUnreachable(step: TapeStep, ratio: Ratio, report: Report): void {
  const { split, counts, reached, stable, strength } = ratio;
  const others = split.filter(p => p.version !== stable);
  const wanted = others.map(p => `${printShare(p.share)} % for ${p.version}`).join(' and ');
  const errors = split.map((p, i) => Math.abs(p.share - reached[i]!));
  const parts = split.map(
    (p, i) => `${printShare(reached[i]!)} % for ${p.version} (${counts[i]} ${counts[i] === 1 ? 'pod' : 'pods'})`,
  );
  report(
    unreachableRatio(
      { path: step.trafficAt },
      {
        wanted,
        stable,
        replicas: strength,
        nearest: `${parts.join(', ')}, off by ${printShare(Math.max(...errors))} %`,
        needed: `set replicas of ${stable} to ${exactStrength(split, stable)}`,
      },
    ),
  );
}

/** The smallest number of stable pods that reaches a split exactly. */
export function exactStrength(split: Split, stable: string): number {
  const stableShare = split.find(p => p.version === stable)?.share ?? WHOLE;
  return stableShare / split.map(p => p.share).reduce(greatestCommonDivisor, stableShare);
}

export const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

function reportIdle(step: TapeStep, pods: PodCounts, report: Report): void {
  const split = defaultRule(step.rules).split;
  if (wholeOf(split) !== undefined) return;
  for (const [version, count] of pods) {
    if (count > 0 && !split.some(p => p.version === version))
      report(idleInPool({ path: step.trafficAt }, { version, step: step.name }));
  }
}

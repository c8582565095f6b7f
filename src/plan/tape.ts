import type { Path } from '../diagnostics/finding.ts';
import type { Rule } from '../model/traffic.ts';
import { wholeOf } from '../traffic/share.ts';

/** A step as the tape sees it. */
export interface TapeStep {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Versions that must run during the step: those with traffic or a mirror, and those written at 0 %. */
  readonly named: readonly string[];
  readonly pause?: number;
  readonly origin: Path;
  /** Where the percentages were written. */
  readonly trafficAt: Path;
}

/** When versions come and go along the tape. */
export interface Lifetimes {
  /** By step: the version that an abort from this step returns to, the one that last had 100 % before it. */
  readonly stable: readonly string[];
  /** By step: versions to provision before it, in the order in which the step names them. */
  readonly provisions: readonly (readonly string[])[];
  /** By step: versions to retire after it. */
  readonly retires: readonly (readonly string[])[];
}

/** The default rule of a list of rules: the last one. */
export const defaultRule = (rules: readonly Rule[]): Rule => rules[rules.length - 1]!;

/**
 * A version is provisioned before the first step that names it. It is retired after the first step that neither names
 * it nor would return to it on an abort, if no later step does: so a version keeps its pods through its rollback window.
 */
export function lifetimes(steps: readonly TapeStep[], stable: string): Lifetimes {
  const stables: string[] = [];
  let whole = stable;
  for (const step of steps) {
    stables.push(whole);
    whole = wholeOf(defaultRule(step.rules).split) ?? whole;
  }
  const lastNamed = new Map<string, number>([[stable, -1]]);
  const lastStable = new Map<string, number>();
  const provisions = steps.map((step, index) => {
    const fresh = step.named.filter(version => !lastNamed.has(version));
    for (const version of step.named) lastNamed.set(version, index);
    lastStable.set(stables[index]!, index);
    return fresh;
  });
  // The next release would return to it.
  lastStable.set(whole, steps.length);
  const retires = steps.map((): string[] => []);
  for (const [version, named] of lastNamed) {
    retires[Math.max(named + 1, lastStable.get(version) ?? -1)]?.push(version);
  }
  return { stable: stables, provisions, retires };
}

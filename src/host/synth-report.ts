import { byPlace, type Diagnostic, distinct } from '../diagnostics/diagnostic.ts';
import type { Member } from '../layout/claimants.ts';
import type { Draft } from './draft.ts';
import type { Settlement } from './settle.ts';
import { type Drift, joinSurplus, type Surplus } from './survey-out.ts';

/** What became, or in a check would become, of one source. */
export interface Outcome {
  readonly source: string;
  /** `untouched`: it has errors, or another Rollout holds what it wants. */
  readonly outcome: 'unchanged' | 'written' | 'untouched';
  readonly written: number;
  readonly deleted: number;
  /** Versions whose pods the next sync replaces in place, on purpose; absent: none. */
  readonly replaced?: readonly string[];
}

export interface SynthReport {
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** In the order of the sources. */
  readonly outcomes: readonly Outcome[];
  /** Directories of Rollouts that were deleted from out/. */
  readonly pruned: readonly string[];
  /** How out/ differed before anything was written. */
  readonly drift: Drift;
}

/** What out/ holds beyond what is wanted, by whose it is. */
export interface FleetSurplus {
  /** One for each member of the fleet, by its results; undefined where it is left untouched. */
  readonly ofMembers: readonly (readonly Surplus[] | undefined)[];
  readonly ofPruned: readonly Surplus[];
  /** Outside the folders of every Rollout. */
  readonly rest: Surplus;
}

/** Sums up a run, or what a run would do. */
export function reportSynth(settlement: Settlement, surplus: FleetSurplus): SynthReport {
  const { fleet, pruned } = settlement;
  const drafts = fleet.flatMap(({ results }) => results ?? []);
  const parts = [...surplus.ofMembers.flatMap(part => part ?? []), ...surplus.ofPruned, surplus.rest];
  return {
    diagnostics: distinct([...settlement.diagnostics, ...fleet.flatMap(member => member.diagnostics)].sort(byPlace)),
    outcomes: fleet.map((member, index) => outcomeOf(member, surplus.ofMembers[index])),
    pruned: pruned.map(plan => plan.directory),
    drift: {
      stale: drafts.flatMap(draft => draft.comparison.stale).sort(),
      missing: drafts.flatMap(draft => draft.comparison.missing).sort(),
      ...joinSurplus(parts),
    },
  };
}

function outcomeOf({ source, results }: Member<Draft>, surplus: readonly Surplus[] | undefined): Outcome {
  if (results === undefined || surplus === undefined) return { source, outcome: 'untouched', written: 0, deleted: 0 };
  const differs = results.map(({ comparison }) => comparison.stale.length + comparison.missing.length);
  const replaced = [...new Set(results.flatMap(result => result.replaced ?? []))];
  const written = differs.reduce((total, count) => total + count, 0);
  const deleted = surplus.reduce((total, part) => total + part.obsolete.length, 0);
  return {
    source,
    outcome: written + deleted === 0 ? 'unchanged' : 'written',
    written,
    deleted,
    ...(replaced.length === 0 ? {} : { replaced }),
  };
}

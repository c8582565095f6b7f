import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Claims, Member } from '../layout/claimants.ts';
import type { Compiled, CompiledRollout } from '../model/compiled.ts';
import { type CommittedPlan, planPathOf } from './committed-plan.ts';
import { type Comparison, compareFiles } from './compare.ts';
import { outBlocked } from './messages.ts';
import type { OutFolder } from './out-folder.ts';
import { type Staged, stageFiles } from './write-out.ts';

/** A compiled Rollout of one environment without its texts: what must be remembered of it until the whole fleet is settled. */
export interface Draft extends Claims {
  /** Paths of the files that it wants. */
  readonly wanted: readonly string[];
  readonly comparison: Comparison;
  /** Empty where nothing differs, or nothing is to be written. */
  readonly staged: Staged;
  /** Versions whose pods the next sync replaces in place; absent: none. */
  readonly replaced?: readonly string[];
}

/**
 * Compares a compiled Rollout with what is on disk and, where `write` is set, stages what differs.
 * The texts are let go, so that the memory of a large fleet does not grow with them.
 */
export function draftRollout(out: OutFolder, compiled: Compiled, write: boolean): Member<Draft> {
  const { source, diagnostics, results } = compiled;
  if (results === undefined) return { source, diagnostics };
  const comparisons = results.map(({ files }) => compareFiles(out, files));
  const by = comparisons.find(({ blocked }) => blocked !== undefined)?.blocked;
  if (by !== undefined) return { source, diagnostics: [blocked(out, source, by), ...diagnostics] };
  return {
    source,
    diagnostics,
    results: results.map((result, index) => draftOf(out, result, comparisons[index]!, write)),
  };
}

function draftOf(out: OutFolder, result: CompiledRollout, comparison: Comparison, write: boolean): Draft {
  const { directory, claims, files, replaced = [] } = result;
  const differs = new Set([...comparison.stale, ...comparison.missing]);
  const staged = stageFiles(out, write ? files.filter(file => differs.has(file.path)) : []);
  const names = replaced.map(({ version }) => version);
  return { directory, claims, wanted: files.map(f => f.path), comparison, staged, replaced: names };
}

function blocked(out: OutFolder, source: string, by: string): Diagnostic {
  return wholeFile(outBlocked({ path: [] }, { path: by === '' ? out.name : `${out.name}/${by}` }), source);
}

/** What the committed plan.json must say where it equals the wanted one: no need to read it. */
export const unchangedPlans = ({ source, results = [] }: Member<Draft>): readonly CommittedPlan[] =>
  results.flatMap(({ directory, wanted, claims, comparison }) => {
    const path = planPathOf(directory);
    const differs = comparison.stale.includes(path) || comparison.missing.includes(path) || !wanted.includes(path);
    return differs ? [] : [{ directory, source, files: wanted, objects: claims }];
  });

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Claims, Member } from '../layout/claimants.ts';
import type { Compiled, CompiledRollout, OutFile } from '../model/compiled.ts';
import { type CommittedPlan, planPathOf } from './committed-plan.ts';
import { type Comparison, compareFiles, type Watch } from './compare.ts';
import { contentDigest } from './digest.ts';
import type { Stamp } from './file-stamp.ts';
import { lostPlan } from './lost-plan.ts';
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
  /** `contentDigest` of all files, those staged among them; absent: nobody asked. */
  readonly content?: string;
  /** Whether it is known that nothing but the wanted files is in its folders; absent: they are still to be looked at. */
  readonly alone?: true;
}

/**
 * Compares a compiled Rollout with what is on disk and, where `write` is set, stages what differs; with `watch` it tells
 * the `content`. The texts are let go, so that the memory of a large fleet does not grow with them.
 */
export function draftRollout(out: OutFolder, compiled: Compiled, write: boolean, watch: boolean): Member<Draft> {
  const { source, diagnostics, results } = compiled;
  if (results === undefined) return { source, diagnostics };
  const stamps = new Map<string, Stamp>();
  const note = watch ? (path: string, stamp: Stamp) => stamps.set(path, stamp) : undefined;
  const comparisons = results.map(({ files }) => compareFiles(out, files, note));
  const by = comparisons.find(({ blocked }) => blocked !== undefined)?.blocked;
  if (by !== undefined) return { source, diagnostics: [blocked(out, source, by), ...diagnostics] };
  const lost = results.flatMap(
    ({ directory, files }, index) => lostPlan(out, { directory, files, comparison: comparisons[index]! }) ?? [],
  );
  if (lost.length > 0) return { source, diagnostics: [...lost, ...diagnostics] };
  const drafts = results.map((result, index) => draftOf(result, comparisons[index]!, stage(out, write, note)));
  return { source, diagnostics, results: watch ? drafts.map(draft => withContent(draft, stamps)) : drafts };
}

type Stage = (files: readonly OutFile[]) => Staged;

const stage =
  (out: OutFolder, write: boolean, watch: Watch | undefined): Stage =>
  files =>
    write ? stageFiles(out, files, watch) : { moves: [] };

function draftOf(result: CompiledRollout, comparison: Comparison, stage: Stage): Draft {
  const { directory, claims, files, replaced = [] } = result;
  const differs = new Set([...comparison.stale, ...comparison.missing]);
  const staged = stage(files.filter(file => differs.has(file.path)));
  return {
    directory,
    claims,
    wanted: files.map(f => f.path),
    comparison,
    staged,
    replaced: replaced.map(one => one.version),
  };
}

function withContent(draft: Draft, stamps: ReadonlyMap<string, Stamp>): Draft {
  const files = [...draft.wanted].sort().map(path => [path, stamps.get(path)] as const);
  return files.every((file): file is readonly [string, Stamp] => file[1] !== undefined)
    ? { ...draft, content: contentDigest(files) }
    : draft;
}

function blocked(out: OutFolder, source: string, by: string): Diagnostic {
  return wholeFile(outBlocked({ path: [] }, { path: by === '' ? out.name : `${out.name}/${by}` }), source);
}

/** What the committed plan.json must say where it equals the wanted one: no need to read it. */
export const unchangedPlans = ({ source, results = [] }: Member<Draft>): readonly CommittedPlan[] =>
  results.flatMap(({ directory, wanted, claims, comparison, alone }) => {
    const path = planPathOf(directory);
    const differs = comparison.stale.includes(path) || comparison.missing.includes(path) || !wanted.includes(path);
    const plan = { directory, source, files: wanted, objects: claims };
    return differs ? [] : [alone === true ? { ...plan, alone } : plan];
  });

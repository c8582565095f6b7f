import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean, quote } from '../diagnostics/wording.ts';
import type { CompiledFolder } from '../host/compiled-out.ts';
import { fileBelow, lookAt } from '../host/look.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { planFacts } from '../plan-facts.ts';
import type { Committed, Comparison } from '../review/comparison.ts';
import type { DiffScope } from './diff-request.ts';
import type { Settings } from './settings.ts';

/** What was compared, or why nothing could be: the words of a person lead nowhere. */
export type Compared =
  | {
      readonly comparisons: readonly Comparison[];
      readonly diagnostics: readonly Diagnostic[];
      readonly closing: readonly string[];
    }
  | { readonly wrong: readonly string[] };

/** Files of out/ with what their plan.json says, and what could not be read of them. */
export interface ReadCommitted {
  readonly committed: Committed;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what out/ holds of one directory; absent: it holds nothing. */
export function committedOf(called: string, directory: string, folder: CompiledFolder | undefined): ReadCommitted {
  const { files, diagnostics } = readManifestFiles(folder?.live ?? []);
  const facts = planFacts(directory, folder?.plan);
  return { committed: { called, facts, files }, diagnostics: [...(folder?.refused ?? []), ...diagnostics] };
}

/** Says which directories of out/ are meant, by the Rollout file of each and its environment. */
export interface Filter {
  /** Whether the Rollout file is among the PATHs, whether it is there or only was; absent: nobody knows its file. */
  readonly names: (source: string | undefined) => boolean;
  /** Those of the environment. */
  readonly inEnvironment: (directories: readonly string[]) => readonly string[];
}

/** Reads which Rollouts are meant, or says what is wrong with a PATH. */
export function filterOf(
  { root }: Settings,
  { paths, environment }: DiffScope,
): Filter | { readonly wrong: readonly string[] } {
  const files = paths.map(path => fileBelow(root, path));
  const wrong = paths.flatMap((path, i) =>
    files[i] === undefined ? [`${quote(path)} is outside of ${quote(root)}; use -C to start elsewhere.`] : [],
  );
  if (wrong.length > 0) return { wrong };
  return {
    names: source =>
      files.length === 0 ||
      files.some(file => source !== undefined && (file === '' || source === file || source.startsWith(`${file}/`))),
    inEnvironment: directories =>
      environment === undefined ? directories : directories.filter(one => one.startsWith(`${environment}/`)),
  };
}

/** Why nothing that was ever compiled is meant; empty where nobody said what is meant. */
export function noneCompiled(
  root: string,
  { paths, environment }: DiffScope,
  known: readonly string[],
): readonly string[] {
  const environments = [...new Set(known.map(directory => directory.split('/')[0] ?? ''))];
  if (environment !== undefined && !environments.includes(environment))
    return [`nothing was compiled for the environment ${quote(environment)}.${didYouMean(environment, environments)}`];
  const absent = paths.map(path => lookAt(root, path)).flatMap(look => (look.kind === 'wrong' ? [look.message] : []));
  if (paths.length === 0 || absent.length > 0) return absent;
  return [
    `nothing was compiled from ${paths.map(quote).join(' or ')}: name Rollout files, and run surefoot synth first.`,
  ];
}

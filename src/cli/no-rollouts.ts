import { quote } from '../diagnostics/wording.ts';
import { DEFAULT_FOLDER } from '../host/find-sources.ts';

/** Says that the PATHs hold nothing to compile, so that silence never means it; `files` is how many were found there. */
export function sayNoRollouts(files: number, paths: readonly string[]): readonly string[] {
  if (files > 0) return [];
  const where = (paths.length === 0 ? [DEFAULT_FOLDER] : paths).map(quote).join(' or ');
  return [`no Rollout was found: there is no file in ${where} that ends in .yaml or .yml`];
}

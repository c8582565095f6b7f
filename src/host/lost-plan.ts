import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { readCommitted } from '../layout/committed.ts';
import type { OutFile } from '../model/compiled.ts';
import { planPathOf, readPlanText, withLeftovers } from './committed-plan.ts';
import type { Comparison } from './compare.ts';
import { planLost } from './messages.ts';
import { nameOf, type OutFolder } from './out-folder.ts';
import { hasHeader } from './own-by-header.ts';
import { filesBelow } from './survey-out.ts';
import { isTempName } from './temp-file.ts';

/** A directory of out/, what is to be written there, and how it differs from what is there. */
export interface Placing {
  readonly directory: string;
  readonly files: readonly OutFile[];
  readonly comparison: Comparison;
}

/**
 * The error where live/ holds what would change and plan.json does not tell which versions serve; undefined where all is
 * well. What a first run that was killed left behind counts as nobody's: its plan.json lies there, finished but unnamed.
 */
export function lostPlan(out: OutFolder, placing: Placing): Diagnostic | undefined {
  const { directory, comparison } = placing;
  const path = planPathOf(directory);
  if (!comparison.stale.includes(path) && !comparison.missing.includes(path)) return undefined;
  const others = changing(out, placing);
  if (others.length === 0) return undefined;
  const text = readPlanText(out, directory);
  if (text !== undefined && readCommitted(text, directory) !== undefined) return undefined;
  const killed = new Set(text === undefined ? (withLeftovers(out, directory)?.files ?? []) : []);
  const first = others.find(other => !killed.has(other));
  if (first === undefined) return undefined;
  const params = { out: out.name, directory, first, missing: comparison.missing.includes(path) };
  return wholeFile(planLost({ path: [] }, params), `${out.name}/${path}`);
}

/** Files of live/ that a write would change or delete. */
function changing(out: OutFolder, { directory, files, comparison }: Placing): readonly string[] {
  const folder = `live/${directory}`;
  const wanted = new Set(files.map(file => file.path));
  const unwanted = filesBelow(out, folder)
    .filter(({ path, isFile }) => isFile && !wanted.has(path) && !isTempName(nameOf(path)))
    .filter(({ path }) => hasHeader(out.locate(path)));
  return [...comparison.stale.filter(path => path.startsWith(`${folder}/`)), ...unwanted.map(item => item.path)].sort();
}

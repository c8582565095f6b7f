import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Member } from '../layout/claimants.ts';
import { planPathOf } from './committed-plan.ts';
import { findTemplate } from './compiler.ts';
import { contentDigest, type Stamped, stampDigest, textDigest } from './digest.ts';
import type { Draft } from './draft.ts';
import { isSettled, type Stamp, sameStamp, stampOf } from './file-stamp.ts';

import { nameOf, type OutFolder, parentOf } from './out-folder.ts';
import { readSource } from './read-source.ts';
import type { Inputs, Remembered, RememberedResult, Sources } from './stat-index.ts';
import { statOf } from './system-error.ts';

/** Where sources and their files lie. */
export interface Place {
  readonly root: string;
  readonly out: OutFolder;
}

/** The draft of a source that neither changed itself nor has a changed file in out/; undefined where it is to be compiled. */
export function recaller({ root, out }: Place, sources: Sources): (file: string) => Member<Draft> | undefined {
  const found = new Map<string, string>();
  const hashOf = (path: string): string => {
    const known = found.get(path) ?? textDigest(JSON.stringify(findTemplate(root, path)));
    found.set(path, known);
    return known;
  };
  return file => {
    const known = sources.get(file);
    if (known === undefined || !isSameSource(root, file, known.inputs)) return undefined;
    if (!Object.entries(known.inputs.templates).every(([path, hash]) => hashOf(path) === hash)) return undefined;
    const results = known.results.map(result => recallResult(out, result));
    if (!results.every(result => result !== undefined)) return undefined;
    return { source: file, diagnostics: known.diagnostics, results };
  };
}

/** The stamp of a plain file; undefined where there is none. */
export function sourceStamp(root: string, file: string): Stamp | undefined {
  const stat = statOf(join(root, file));
  return stat?.isFile() === true ? stampOf(stat) : undefined;
}

function isSameSource(root: string, file: string, { stamp, hash }: Inputs): boolean {
  const now = sourceStamp(root, file);
  if (now === undefined) return false;
  if (stamp !== undefined && sameStamp(stamp, now)) return true;
  const read = readSource(root, file);
  return 'text' in read && textDigest(read.text) === hash;
}

function recallResult(out: OutFolder, { directory, claims, digest }: RememberedResult): Draft | undefined {
  const files = stampsBelow(out, directory);
  if (files === undefined || stampDigest(files) !== digest) return undefined;
  const comparison = { stale: [], missing: [] };
  return { directory, claims, wanted: files.map(([path]) => path), comparison, staged: { moves: [] }, alone: true };
}

/** Every file in the two folders of a directory, sorted, with its stamp; undefined where something is no plain file. */
function stampsBelow(out: OutFolder, directory: string): Stamped | undefined {
  const files: (readonly [string, Stamp])[] = [];
  for (const folder of [`live/${directory}`, `plan/${directory}`]) {
    const above = out.list(parentOf(folder));
    const kind = above.kind === 'folder' ? above.entries.get(nameOf(folder)) : undefined;
    if (kind === undefined) continue;
    if (kind !== 'folder' || !addStamps(out.locate(folder), folder, files)) return undefined;
  }
  return files;
}

function addStamps(place: string, folder: string, files: (readonly [string, Stamp])[]): boolean {
  for (const name of readdirSync(place).sort()) {
    const stat = statOf(`${place}${sep}${name}`);
    if (stat?.isFile() !== true) return false;
    files.push([`${folder}/${name}`, stampOf(stat)]);
  }
  return true;
}

/** A source that was just settled, with what it was made of. */
export interface Settled {
  readonly member: Member<Draft>;
  readonly inputs: Inputs;
}

/**
 * What to remember of a source; `out` is opened after everything was put into place. Nothing where its folders hold
 * anything else than what it wants, or where a file is so young that its next change may not show.
 */
export function remember(out: OutFolder, { member, inputs }: Settled): Remembered | undefined {
  const { diagnostics, results } = member;
  if (results === undefined || !isTrue(member)) return undefined;
  const remembered = results.map(draft => rememberResult(out, draft));
  if (!remembered.every(result => result !== undefined)) return undefined;
  const { stamp, ...rest } = inputs;
  const trusted = stamp !== undefined && isSettled(stamp, Date.now()) ? { stamp } : {};
  return { inputs: { ...rest, ...trusted }, diagnostics, results: remembered };
}

/**
 * Whether the next run would find the same. What is committed in plan.json is an input too: where it was written
 * anew, findings about it may be others the next time.
 */
const isTrue = ({ results = [] }: Member<Draft>): boolean =>
  results.every(({ directory, comparison: { stale, missing } }) => {
    const plan = planPathOf(directory);
    return !stale.includes(plan) && !missing.includes(plan);
  });

function rememberResult(out: OutFolder, { directory, claims, content }: Draft): RememberedResult | undefined {
  const files = stampsBelow(out, directory);
  if (content === undefined || files === undefined || contentDigest(files) !== content) return undefined;
  const now = Date.now();
  return files.every(([, stamp]) => isSettled(stamp, now))
    ? { directory, claims, digest: stampDigest(files) }
    : undefined;
}

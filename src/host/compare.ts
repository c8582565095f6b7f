import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { OutFile } from '../model/compiled.ts';
import { type Stamp, stampOf } from './file-stamp.ts';
import { nameOf, type OutFolder, parentOf } from './out-folder.ts';
import { isAbsent } from './system-error.ts';

/** How the wanted files differ from those on disk: paths, in the order of the files. */
export interface Comparison {
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  /** Something that is no plain file or folder, where one belongs; absent: nothing is in the way. */
  readonly blocked?: string;
}

/** Takes the stamp of a file whose content is known to be the wanted one. */
export type Watch = (path: string, stamp: Stamp) => void;

/** Compares wanted files, byte by byte, with what is on disk; `watch` is told of those that are the same. */
export function compareFiles(out: OutFolder, files: readonly OutFile[], watch?: Watch): Comparison {
  const stale: string[] = [];
  const missing: string[] = [];
  for (const file of files) {
    const found = lookUp(out, file, watch);
    if (found.kind === 'blocked') return { stale, missing, blocked: found.by };
    if (found.kind === 'missing') missing.push(file.path);
    if (found.kind === 'stale') stale.push(file.path);
  }
  return { stale, missing };
}

type Found = { readonly kind: 'same' | 'stale' | 'missing' } | { readonly kind: 'blocked'; readonly by: string };

function lookUp(out: OutFolder, file: OutFile, watch: Watch | undefined): Found {
  const folder = out.list(parentOf(file.path));
  if (folder.kind === 'blocked') return folder;
  const kind = folder.kind === 'absent' ? undefined : folder.entries.get(nameOf(file.path));
  if (kind === undefined) return { kind: 'missing' };
  if (kind !== 'file') return { kind: 'blocked', by: file.path };
  try {
    const told = watch === undefined ? undefined : (stamp: Stamp) => watch(file.path, stamp);
    return { kind: holds(out.locate(file.path), Buffer.from(file.text), told) ? 'same' : 'stale' };
  } catch (error) {
    if (isAbsent(error)) return { kind: 'missing' };
    throw error;
  }
}

let scratch = Buffer.allocUnsafe(65_536);

/** Whether a file holds exactly these bytes; one byte more than wanted is read, never a whole large file. */
function holds(path: string, wanted: Buffer, watch: ((stamp: Stamp) => void) | undefined): boolean {
  if (scratch.length <= wanted.length) scratch = Buffer.allocUnsafe(wanted.length * 2);
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    // Before reading: a change while it is read must show as another stamp.
    const stamp = watch === undefined ? undefined : stampOf(fstatSync(file));
    let length = 0;
    while (length <= wanted.length) {
      const count = readSync(file, scratch, length, wanted.length + 1 - length, null);
      if (count === 0) break;
      length += count;
    }
    const same = length === wanted.length && wanted.compare(scratch, 0, length) === 0;
    if (same && stamp !== undefined) watch?.(stamp);
    return same;
  } finally {
    closeSync(file);
  }
}

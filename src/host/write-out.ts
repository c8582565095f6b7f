import { closeSync, fstatSync, openSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import type { OutFile } from '../model/compiled.ts';
import type { Watch } from './compare.ts';
import { stampOf } from './file-stamp.ts';
import { type OutFolder, parentOf } from './out-folder.ts';
import { isAbsent, isSystemError } from './system-error.ts';
import { tempName } from './temp-file.ts';

/** Files written under temporary names beside their places, in the order in which they take them. */
export interface Staged {
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** Paths inside the output folder that a Rollout no longer needs. */
export interface Removals {
  /** Files of its own that it has no more. */
  readonly obsolete: readonly string[];
  /** Unfinished files of killed runs. */
  readonly leftovers: readonly string[];
}

/**
 * Writes files beside the places they will take, plan.json last. Nothing that exists changes yet,
 * so a fleet can be staged one Rollout at a time before it is settled who may write. `watch` is told of each file.
 */
export function stageFiles(out: OutFolder, files: readonly OutFile[], watch?: Watch): Staged {
  // A path that leads out is a bug: better found before anything is written.
  for (const file of files) out.locate(file.path);
  const ordered = [...files.filter(file => !isPlan(file.path)), ...files.filter(file => isPlan(file.path))];
  return {
    moves: ordered.map(file => ({
      from: stageFile(out, file, watch),
      to: file.path,
    })),
  };
}

/** One change of the output folder; the system does it whole or not at all. */
export type Operation =
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string };

/**
 * The order in which the files of a Rollout change: new files by renaming, then what is obsolete goes, and only then plan.json.
 * Stopped after any operation, each file is old or new, and the staged plan.json that is left tells the next run what is ours.
 */
export function operationsOf(staged: Staged, { obsolete, leftovers }: Removals): readonly Operation[] {
  const renames = staged.moves.map(({ from, to }): Operation => ({ kind: 'rename', from, to }));
  const removes = (paths: readonly string[]): readonly Operation[] => paths.map(path => ({ kind: 'remove', path }));
  const placesPlan = (one: Operation): boolean => one.kind === 'rename' && isPlan(one.to);
  return [
    ...renames.filter(one => !placesPlan(one)),
    ...removes(obsolete.filter(path => !isPlan(path))),
    ...renames.filter(placesPlan),
    ...removes(obsolete.filter(isPlan)),
    ...removes(leftovers),
  ];
}

/** Does the operations in order, then removes folders that they leave empty. */
export function operate(out: OutFolder, operations: readonly Operation[]): void {
  for (const one of operations) {
    if (one.kind === 'rename') renameSync(out.locate(one.from), out.locate(one.to));
    else remove(out, one.path);
  }
  removeEmptyFolders(
    out,
    operations.flatMap(one => (one.kind === 'remove' ? [one.path] : [])),
  );
}

/** The operations that take back what was staged, where a Rollout may not be written after all. */
export const discardsOf = (staged: Staged): readonly Operation[] =>
  staged.moves.map(({ from }) => ({ kind: 'remove', path: from }));

const isPlan = (path: string): boolean => path.startsWith('plan/') && path.endsWith('/plan.json');

function stageFile(out: OutFolder, file: OutFile, watch: Watch | undefined): string {
  const folder = parentOf(file.path);
  out.make(folder);
  const listed = out.list(folder);
  const name = tempName(listed.kind === 'folder' ? listed.entries : new Map());
  const path = `${folder}/${name}`;
  const written = openSync(out.locate(path), 'wx');
  try {
    writeFileSync(written, file.text);
    watch?.(file.path, stampOf(fstatSync(written)));
  } finally {
    closeSync(written);
  }
  return path;
}

function remove(out: OutFolder, path: string): void {
  try {
    unlinkSync(out.locate(path));
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** Removes the folders of deleted files where nothing is left in them, up to live/ and plan/. */
function removeEmptyFolders(out: OutFolder, deleted: readonly string[]): void {
  for (const start of new Set(deleted.map(parentOf))) {
    let folder = start;
    while (folder.includes('/') && removeFolder(out, folder)) folder = parentOf(folder);
  }
}

function removeFolder(out: OutFolder, folder: string): boolean {
  try {
    rmdirSync(out.locate(folder));
    return true;
  } catch (error) {
    if (isAbsent(error)) return true;
    if (isSystemError(error) && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) return false;
    throw error;
  }
}

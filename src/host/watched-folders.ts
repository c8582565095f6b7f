import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { FLEET_FILE } from '../model/fleet.ts';
import { DEFAULT_FOLDER } from './find-sources.ts';
import { isAbsent, statOf } from './system-error.ts';

/** What is watched below a folder, and what is not. */
export interface Watched {
  /** Absolute path of the folder that everything is relative to. */
  readonly root: string;
  /** Files and folders below the root, absolute; they need not exist. */
  readonly paths: readonly string[];
  /** Absolute path of the output folder, whose changes are our own. */
  readonly out: string;
}

/** Everything whose change can change what `synth` writes, for the PATHs that it was given: templates may lie anywhere below. */
export const watchedPaths = (root: string, paths: readonly string[]): readonly string[] =>
  [FLEET_FILE, ...(paths.length === 0 ? [DEFAULT_FOLDER] : paths)].map(path => resolve(root, path));

/** Whether a change at this name in a folder matters. */
type Concern = (name: string) => boolean;

/**
 * The folders to watch and which of their entries matter. Folders and never files, because an editor replaces a file by
 * another of its name; and those above a path too, because they can be moved away and come back.
 */
export function foldersToWatch(watched: Watched): ReadonlyMap<string, Concern> {
  const folders = new Map<string, Concern>();
  const add = (folder: string, concern: Concern): void => {
    const before = folders.get(folder);
    folders.set(folder, before === undefined ? concern : name => before(name) || concern(name));
  };
  for (const path of watched.paths) {
    let folder = watched.root;
    for (const part of relative(watched.root, path).split(sep)) {
      if (part === '' || !isFolder(folder)) break;
      add(folder, name => name === part);
      folder = join(folder, part);
    }
    if (folder === path && isFolder(path)) addTree(path, watched.out, add);
  }
  return folders;
}

function addTree(folder: string, out: string, add: (folder: string, concern: Concern) => void): void {
  const isInner = (name: string): boolean =>
    !name.startsWith('.') && name !== 'node_modules' && join(folder, name) !== out;
  const inner = new Set(foldersIn(folder).filter(isInner));
  add(folder, name => /\.ya?ml$/.test(name) || inner.has(name) || (isInner(name) && isFolder(join(folder, name))));
  for (const name of inner) addTree(join(folder, name), out, add);
}

const isFolder = (path: string): boolean => statOf(path)?.isDirectory() === true;

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
  } catch (error) {
    // It may have gone since it was seen.
    if (isAbsent(error)) return [];
    throw error;
  }
}

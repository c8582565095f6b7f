import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAbsent, statOf } from './system-error.ts';

/** What a name in a folder stands for. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** What lies at a path that should be a folder; `by` is the path of the thing that is none. */
export type Folder =
  | {
      readonly kind: 'folder';
      readonly entries: ReadonlyMap<string, EntryKind>;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'blocked'; readonly by: string };

/** The output folder. Paths inside it are relative to it, with forward slashes; the empty path is itself. */
export interface OutFolder {
  /** As the user named it, for messages. */
  readonly name: string;
  /** Absolute path on this machine of a path inside; throws where the path leads out. */
  readonly locate: (path: string) => string;
  /** What the folder held when it was first asked for; never looks through a link. */
  readonly list: (folder: string) => Folder;
  /** Makes a folder and those above it, where they are absent. */
  readonly make: (folder: string) => void;
}

/** Opens the output folder `name`, relative to `root` unless absolute; it need not exist. */
export function openOut(root: string, name: string): OutFolder {
  const base = resolve(root, name);
  const known = new Map<string, Folder>();
  const made = new Set<string>();
  const locate = (path: string): string => {
    if (path !== '' && !isPlainPath(path)) throw new Error(`the path ${JSON.stringify(path)} leads out of ${name}/`);
    return join(base, path);
  };
  const list = (folder: string): Folder => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = folder === '' ? readBase(base) : readFolder(folder, list(parentOf(folder)), locate);
    known.set(folder, found);
    return found;
  };
  const make = (folder: string): void => {
    if (made.has(folder) || list(folder).kind === 'folder') return;
    mkdirSync(locate(folder), { recursive: true });
    made.add(folder);
  };
  return { name, locate, list, make };
}

/** Whether a relative path stays below where it starts, on every system. */
export const isPlainPath = (path: string): boolean =>
  !/[\\\0]/.test(path) && path.split('/').every(part => part !== '' && part !== '.' && part !== '..');

/** The folder that holds a path inside the output folder. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function readBase(base: string): Folder {
  const stat = statOf(base);
  if (stat === undefined) return { kind: 'absent' };
  return stat.isDirectory() ? readEntries(base) : { kind: 'blocked', by: '' };
}

function readFolder(folder: string, parent: Folder, locate: (path: string) => string): Folder {
  if (parent.kind !== 'folder') return parent;
  const kind = parent.entries.get(nameOf(folder));
  if (kind === undefined) return { kind: 'absent' };
  return kind === 'folder' ? readEntries(locate(folder)) : { kind: 'blocked', by: folder };
}

function readEntries(path: string): Folder {
  try {
    const entries = new Map<string, EntryKind>();
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      entries.set(
        entry.name,
        entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
      );
    }
    return { kind: 'folder', entries };
  } catch (error) {
    // Between two looks another process may have removed the folder.
    if (isAbsent(error)) return { kind: 'absent' };
    throw error;
  }
}

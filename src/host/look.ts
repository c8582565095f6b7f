import { type Dirent, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Finding } from '../diagnostics/finding.ts';
import { nearest, quote } from '../diagnostics/wording.ts';
import { sourceLink, sourceName, sourceNotFile } from './messages.ts';
import { nameOf, parentOf } from './out-folder.ts';
import { isSystemError, statOf } from './system-error.ts';

/** What a path turned out to be; `file` is relative to the root, with forward slashes. */
export type Look =
  | { readonly kind: 'file' | 'folder'; readonly file: string }
  | {
      readonly kind: 'refused';
      readonly file: string;
      readonly finding: Finding;
    };

/** A PATH that no command can do anything with. */
export interface WrongPath {
  readonly kind: 'wrong';
  readonly message: string;
}

/** Looks at a PATH as typed, without following links. */
export function lookAt(root: string, path: string): Look | WrongPath {
  const file = fileBelow(root, path);
  if (file === undefined)
    return { kind: 'wrong', message: `${quote(path)} is outside of ${quote(root)}; use -C to start elsewhere.` };
  const parts = file === '' ? [] : file.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    const stat = statOf(join(root, part));
    if (stat === undefined) return { kind: 'wrong', message: absent(root, path, part) };
    if (stat.isSymbolicLink())
      return {
        kind: 'refused',
        file,
        finding: sourceLink({ path: [] }, { link: part }),
      };
    if (depth === parts.length && !stat.isDirectory()) return lookAtEntry(file, stat);
  }
  return { kind: 'folder', file };
}

/** A path as typed, relative to the root with forward slashes; undefined where it leads out. */
export function fileBelow(root: string, path: string): string | undefined {
  const file = relative(root, resolve(root, path)).split(sep).join('/');
  return file === '..' || file.startsWith('../') || isAbsolute(file) ? undefined : file;
}

/** Looks at something that is no folder. */
export function lookAtEntry(file: string, entry: Pick<Dirent, 'isFile' | 'isSymbolicLink'>): Look {
  const finding = refusal(file, entry);
  return finding === undefined ? { kind: 'file', file } : { kind: 'refused', file, finding };
}

function refusal(file: string, entry: Pick<Dirent, 'isFile' | 'isSymbolicLink'>): Finding | undefined {
  const at = { path: [] };
  if (entry.isSymbolicLink()) return sourceLink(at, { link: file });
  if (!entry.isFile()) return sourceNotFile(at, undefined);
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(file) ? sourceName(at, undefined) : undefined;
}

function absent(root: string, path: string, part: string): string {
  const near = nearest(nameOf(part), namesIn(join(root, parentOf(part))));
  const suggested =
    near === undefined ? '' : ` Did you mean ${quote(part.slice(0, part.length - nameOf(part).length) + near)}?`;
  return `${quote(path)} does not exist.${suggested}`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

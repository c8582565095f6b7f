import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainPath, parentOf } from './out-folder.ts';
import { isSystemError, statOf } from './system-error.ts';

/** Why a file cannot be made, as the rest of a sentence that begins with its path; undefined: it can. */
export function obstacleOf(root: string, path: string): string | undefined {
  if (!isPlainPath(path)) return 'leads out of the folder';
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    const stat = statOf(join(root, folder));
    if (stat === undefined) return undefined;
    if (!stat.isDirectory()) return `cannot be made, because ${folder} is a link or no folder`;
  }
  return statOf(join(root, path)) === undefined ? undefined : 'exists already, and is never overwritten';
}

/** Makes a file that is not there yet, with the folders above it; never through a link, never over another file. */
export function writeNew(root: string, path: string, text: string): string | undefined {
  const obstacle = obstacleOf(root, path);
  if (obstacle !== undefined) return obstacle;
  mkdirSync(join(root, parentOf(path)), { recursive: true });
  try {
    writeFileSync(join(root, path), text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return 'exists already, and is never overwritten';
    throw error;
  }
}

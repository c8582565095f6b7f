import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { DEFAULT_FOLDER } from './find-sources.ts';
import { isAbsent } from './system-error.ts';

/**
 * Why a folder may not be the output folder; undefined where it may. What is written must never lie among what is
 * read, where the next run would take it for Rollouts, or in the folder of git. Links on the way are looked through.
 */
export function outRefusal(root: string, name: string): string | undefined {
  const out = realPath(resolve(root, name));
  const rollouts = realPath(join(root, DEFAULT_FOLDER));
  if (isWithin(realPath(root), out)) return `--out ${quote(name)} holds the repository itself; ${NAME_ANOTHER}`;
  if (isWithin(out, rollouts) || isWithin(rollouts, out))
    return `--out ${quote(name)} and the folder ${DEFAULT_FOLDER}/ lie within each other; ${NAME_ANOTHER}`;
  if (out.split(sep).some(part => part.toLowerCase() === '.git'))
    return `--out ${quote(name)} lies in the folder of git; ${NAME_ANOTHER}`;
  return undefined;
}

const NAME_ANOTHER = 'name a folder of its own, such as "out".';

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** The path with its links followed as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!isAbsent(error) || dirname(path) === path) throw error;
    return join(realPath(dirname(path)), basename(path));
  }
}

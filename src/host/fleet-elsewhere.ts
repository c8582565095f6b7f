import { dirname, join, relative, sep } from 'node:path';
import { FLEET_FILE } from '../model/fleet.ts';
import { statOf } from './system-error.ts';

/** Why a root is not the one that is meant: its surefoot.yaml lies above, up to the top of the git repository, or has another name. */
export function fleetElsewhere(root: string): string | undefined {
  if (isThere(root, FLEET_FILE)) return undefined;
  const other = FLEET_FILE.replace('.yaml', '.yml');
  if (isThere(root, other)) return `${other} is not read: it must be called ${FLEET_FILE}.`;
  const top = topOf(root);
  if (top === undefined) return undefined;
  for (let folder = root; folder !== top; ) {
    folder = dirname(folder);
    if (!isThere(folder, FLEET_FILE)) continue;
    const above = relative(root, folder).split(sep).join('/');
    return `${FLEET_FILE} lies in ${above}: start there, or use -C ${above}`;
  }
  return undefined;
}

/** The nearest folder with a .git, from here upwards; undefined where there is none. */
function topOf(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isThere(folder, '.git')) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

const isThere = (folder: string, name: string): boolean => statOf(join(folder, name)) !== undefined;

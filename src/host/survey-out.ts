import { nameOf, type OutFolder } from './out-folder.ts';
import { isLeftover, isTempName } from './temp-file.ts';
import type { Removals } from './write-out.ts';

/** What out/ holds beyond what is wanted; paths inside the output folder, sorted. */
export interface Surplus extends Removals {
  /** Files that Surefoot did not write and never deletes. */
  readonly extra: readonly string[];
}

/** How out/ differs from what the Rollouts say; paths inside the output folder, sorted. */
export interface Drift extends Surplus {
  readonly stale: readonly string[];
  readonly missing: readonly string[];
}

/** A directory of out/, the files that belong there, and all that its Rollout ever wrote. */
export interface Holding {
  readonly directory: string;
  readonly wanted: readonly string[];
  readonly own: readonly string[];
}

/** Sorts what lies in the two folders of one Rollout and is not wanted. */
export function surveyRollout(out: OutFolder, holding: Holding): Surplus {
  const wanted = new Set(holding.wanted);
  const own = new Set(holding.own);
  const folders = [`live/${holding.directory}`, `plan/${holding.directory}`];
  return sortOut(
    folders.flatMap(folder => filesBelow(out, folder)).filter(({ path }) => !wanted.has(path)),
    own,
  );
}

/** Sorts what lies in live/ and plan/ outside the folders of these directories. */
export function surveyRest(out: OutFolder, directories: ReadonlySet<string>): Surplus {
  const spared = new Set([...directories].flatMap(directory => [`live/${directory}`, `plan/${directory}`]));
  return sortOut([...filesBelow(out, 'live', spared), ...filesBelow(out, 'plan', spared)], new Set());
}

/** Several surpluses as one. */
export const joinSurplus = (parts: readonly Surplus[]): Surplus => ({
  obsolete: parts.flatMap(part => part.obsolete).sort(),
  extra: parts.flatMap(part => part.extra).sort(),
  leftovers: parts.flatMap(part => part.leftovers).sort(),
});

/** What lies somewhere below a folder and is no folder itself. */
export interface Item {
  readonly path: string;
  readonly isFile: boolean;
}

function sortOut(items: readonly Item[], own: ReadonlySet<string>): Surplus {
  const surplus = {
    obsolete: [] as string[],
    extra: [] as string[],
    leftovers: [] as string[],
  };
  for (const { path, isFile } of items) {
    if (isFile && isTempName(nameOf(path))) {
      // A run that still goes on will rename or remove its own.
      if (isLeftover(nameOf(path))) surplus.leftovers.push(path);
    } else if (isFile && own.has(path)) surplus.obsolete.push(path);
    else surplus.extra.push(path);
  }
  return joinSurplus([surplus]);
}

/** Everything below a folder that is no folder itself, without looking through links or into spared folders. */
export function filesBelow(out: OutFolder, path: string, spared: ReadonlySet<string> = new Set()): readonly Item[] {
  if (spared.has(path)) return [];
  const folder = out.list(path);
  if (folder.kind !== 'folder') return [];
  return [...folder.entries].flatMap(([name, kind]) =>
    kind === 'folder'
      ? filesBelow(out, `${path}/${name}`, spared)
      : [{ path: `${path}/${name}`, isFile: kind === 'file' }],
  );
}

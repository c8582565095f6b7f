import { posix, relative, resolve, sep } from 'node:path';
import { didYouMean, list, quote } from '../diagnostics/wording.ts';
import { fileBelow } from '../host/look.ts';
import { statOf } from '../host/system-error.ts';
import type { Commands } from '../review/commands.ts';
import type { Change } from '../review/judge-change.ts';
import type { Settings } from './settings.ts';
import { outFromHere, removeCommand, synthCommand } from './synth-summary.ts';

/** What is asked of a check. */
export interface CheckRequest {
  /** Rollout files, or folders of them; empty: every Rollout that differs. */
  readonly paths: readonly string[];
  /** A commit; absent: where this branch left the default branch of the remote. */
  readonly base?: string;
  readonly promotionOnly: boolean;
  readonly unobserved: boolean;
  /** Directories `<environment>/<namespace>/<rollout>`. */
  readonly allowDeletion: readonly string[];
}

/** What is wrong with a request; undefined: nothing. */
export function wrongRequest({ paths, promotionOnly, allowDeletion }: CheckRequest): string | undefined {
  const odd = allowDeletion.find(directory => !/^[^/]+\/[^/]+\/[^/]+$/.test(directory));
  if (odd !== undefined)
    return `--allow-deletion ${quote(odd)} names no Rollout: write <environment>/<namespace>/<rollout>, such as default/shop/cart.`;
  if (paths.includes('-')) return 'check reads files only: it compares them with those of a commit.';
  return promotionOnly && paths.length > 0
    ? '--promotion-only looks at the whole repository; leave out the PATHs.'
    : undefined;
}

/** What is wrong with the deletions that are allowed; undefined: each of them happens. */
export function wrongDeletion(allowed: readonly string[], changes: readonly Change[]): string | undefined {
  const deleted = changes.flatMap(({ directory, after }) => (after === undefined ? [directory] : []));
  const odd = allowed.find(directory => !deleted.includes(directory));
  if (odd === undefined) return undefined;
  const others = deleted.length === 0 ? 'nothing is' : `what is: ${list(deleted)}`;
  return `--allow-deletion ${quote(odd)} names a Rollout that is not deleted here; ${others}.${didYouMean(odd, deleted)}${deleted.length === 0 ? ' Leave the option out.' : ''}`;
}

/** The output folder as git names it: relative to the root. */
export const outBelowRoot = ({ root, outName }: Settings): string =>
  posix.normalize(relative(root, resolve(root, outName)).split(sep).join('/'));

/** What to type, from where this command was. */
export const commandsOf = (settings: Settings, base: string): Commands => ({
  base,
  outName: settings.outName,
  outAt: outFromHere(settings),
  synth: synthCommand({ ...settings, paths: [] }),
  remove: paths => removeCommand(paths, settings),
});

/** What PATHs are about. */
export interface Chosen {
  readonly changes: readonly Change[];
  readonly strays: readonly string[];
  /** PATHs about which nothing differs. */
  readonly idle: readonly string[];
}

/** The changes, and the files of no Rollout, that PATHs are about, or what is wrong with one of them. */
export function aboutPaths(
  changes: readonly Change[],
  strays: readonly string[],
  paths: readonly string[],
  settings: Settings,
): Chosen | string {
  if (paths.length === 0) return { changes, strays, idle: [] };
  const out = outBelowRoot(settings);
  const live = `${out}/live`;
  const found = new Set<Change>();
  const near = new Set<string>();
  const idle: string[] = [];
  for (const path of paths) {
    const file = fileBelow(settings.root, path);
    if (file === undefined) return `${quote(path)} is outside of ${quote(settings.root)}; use -C to start elsewhere.`;
    const own = changes.filter(({ directory, before, after }) =>
      [before?.record.source, after?.record.source, `${live}/${directory}`].some(
        place => place !== undefined && (file === '' || place === file || place.startsWith(`${file}/`)),
      ),
    );
    if (own.length === 0 && statOf(resolve(settings.root, path)) === undefined) return `${quote(path)} does not exist.`;
    for (const change of own) found.add(change);
    const inside = strays.filter(stray => file === '' || `${out}/${stray}/`.startsWith(`${file}/`));
    for (const stray of inside) near.add(stray);
    const isUnchanged = isLiveFolder(file, live, settings.root);
    if (own.length + inside.length === 0 && !isUnchanged) idle.push(path);
  }
  return {
    changes: changes.filter(change => found.has(change)),
    strays: strays.filter(stray => near.has(stray)),
    idle,
  };
}

/** Whether a folder that is there lies in `live`, or `live` in it. */
const isLiveFolder = (file: string, live: string, root: string): boolean =>
  file.startsWith(`${live}/`) || (`${live}/`.startsWith(`${file}/`) && statOf(resolve(root, live)) !== undefined);

import { lookAt } from '../host/look.ts';
import { openOut } from '../host/out-folder.ts';
import { readSource } from '../host/read-source.ts';
import type { Standing } from '../host/standings.ts';
import { synthFiles } from '../host/synth-files.ts';
import type { OutFile } from '../model/compiled.ts';
import { loadCompiler } from './load-compiler.ts';
import type { Settings } from './settings.ts';

/**
 * Lets plan.md and plan.json say what compiling says, where the Rollout still compiles, and to the very live files that were put into place. Else
 * it tells what is left to do once it does.
 */
export async function refreshPage(
  { directory, facts: { source } }: Standing,
  placed: readonly OutFile[],
  settings: Settings,
): Promise<readonly string[]> {
  const later = [`plan.md is as before: run surefoot synth once the Rollout compiles`];
  try {
    const isSame = source !== undefined && (await compilesTo(source, directory, placed, settings));
    return isSame && (await synth(source, directory, settings)) ? [] : later;
  } catch {
    // Nothing of this may keep an abort from being told.
    return later;
  }
}

async function compilesTo(source: string, directory: string, placed: readonly OutFile[], settings: Settings) {
  const look = lookAt(settings.root, source);
  const read = look.kind === 'file' ? readSource(settings.root, look.file) : undefined;
  if (read === undefined || !('text' in read)) return false;
  const compile = await loadCompiler(settings);
  const files = compile(read).results?.find(one => one.directory === directory)?.files ?? [];
  const live = (all: readonly OutFile[]) =>
    JSON.stringify(
      all
        .filter(({ path }) => path.startsWith('live/'))
        .map(({ path, text }) => [path, text])
        .sort(),
    );
  return files.length > 0 && live(files) === live(placed);
}

/** Writes what compiling says, if that is nothing but this Rollout's page. */
async function synth(source: string, directory: string, { root, outName }: Settings): Promise<boolean> {
  const look = lookAt(root, source);
  if (look.kind === 'wrong') return false;
  const run = (write: boolean) =>
    synthFiles({
      root,
      out: openOut(root, outName),
      looks: [look],
      whole: false,
      prune: false,
      write,
      index: () => undefined,
    });
  const { drift } = await run(false);
  const own = new Set([`plan/${directory}/plan.md`, `plan/${directory}/plan.json`]);
  const others = [...drift.stale, ...drift.missing, ...drift.obsolete].filter(path => !own.has(path));
  if (others.length > 0) return false;
  await run(true);
  return true;
}

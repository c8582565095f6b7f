import { mkdirSync, readFileSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent, isSystemError, statOf } from './system-error.ts';
import { isRunning, tempName } from './temp-file.ts';

/** File of the output folder that tells by its number which process writes there. */
export const LOCK = '.surefoot.lock';

/** How long another run is waited for, and between two looks, in milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 20;

/** What is half done for so many looks stays so: a run that was killed before it wrote its number into the file. */
const ENOUGH_LOOKS = 100;

/** The output folder is another run's. */
export interface Locked {
  /** Number of the process that holds it; NaN where it does not say. */
  readonly holder: number;
}

/**
 * Takes an output folder, an absolute path, for one run, and waits for a run that has it; gives back how to let go of it.
 * Two runs at once could each list only its own files in plan.json, so that nobody would ever delete those of the other.
 */
export function lockOut(base: string, patience = PATIENCE): (() => void) | Locked {
  let holder = Number.NaN;
  for (let look = 0; look * PAUSE <= patience; look++) {
    const found = take(base, look >= ENOUGH_LOOKS);
    if (found === 'taken') return () => letGo(base);
    if (found === 'impossible') return () => {};
    if (found !== 'again') holder = found.holder;
    pause();
  }
  return { holder };
}

/** `impossible`: nothing can be written there, which is told where it is tried. */
function take(base: string, seenEnough: boolean): 'taken' | 'impossible' | 'again' | Locked {
  try {
    // What is no folder exists too, and a link to one must not be written through.
    if (statOf(base)?.isDirectory() === false) return 'impossible';
    mkdirSync(base, { recursive: true });
    writeFileSync(join(base, LOCK), `${process.pid}\n`, { flag: 'wx' });
    return 'taken';
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // Another run may have removed the folder just now, because it was empty.
    if (error.code === 'ENOENT') return seenEnough ? 'impossible' : 'again';
    return error.code === 'EEXIST' ? holderOf(base, seenEnough) : 'impossible';
  }
}

function holderOf(base: string, emptyIsStale: boolean): 'again' | Locked {
  const text = textOf(join(base, LOCK));
  if (text === undefined) return 'again';
  const holder = text === '' ? Number.NaN : Number(text);
  const stale = text === '' ? emptyIsStale : holder === process.pid || !isRunning(holder);
  if (!stale) return { holder };
  removeStale(base, text);
  return 'again';
}

/** Takes the file away under another name first: whoever comes second finds that it is not the stale one any more. */
function removeStale(base: string, stale: string): void {
  const aside = join(base, tempName(new Map()));
  try {
    renameSync(join(base, LOCK), aside);
    if (textOf(aside) === stale) unlinkSync(aside);
    else renameSync(aside, join(base, LOCK));
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

function letGo(base: string): void {
  try {
    unlinkSync(join(base, LOCK));
    // Where nothing was written, nothing is left behind.
    rmdirSync(base);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
};

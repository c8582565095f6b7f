import { closeSync, constants, openSync, readSync } from 'node:fs';
import { BEGINNINGS } from '../layout/paths.ts';
import { planPathOf } from './committed-plan.ts';
import type { OutFolder } from './out-folder.ts';
import { filesBelow } from './survey-out.ts';
import { isAbsent } from './system-error.ts';

const LONGEST = Math.max(...BEGINNINGS.map(text => text.length));

/** Files of a directory that say themselves that Surefoot wrote them, for where its plan.json tells nothing. */
export function ownByHeader(out: OutFolder, directory: string): readonly string[] {
  const files = [`live/${directory}`, `plan/${directory}`].flatMap(folder => filesBelow(out, folder));
  const own = files.filter(({ path, isFile }) => isFile && hasHeader(out.locate(path)));
  return [...own.map(({ path }) => path), planPathOf(directory)];
}

/** Whether a file says itself that Surefoot wrote it. */
export function hasHeader(path: string): boolean {
  try {
    const text = beginningOf(path);
    return BEGINNINGS.some(beginning => text.startsWith(beginning));
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(LONGEST);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, LONGEST, 0));
  } finally {
    closeSync(file);
  }
}

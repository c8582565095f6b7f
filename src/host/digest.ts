import { createHash } from 'node:crypto';
import type { Stamp } from './file-stamp.ts';

/** Files with their stamps. */
export type Stamped = readonly (readonly [path: string, stamp: Stamp])[];

/** One hash of many files: their paths and what their stamps say that a rename leaves as it is. */
export const contentDigest = (files: Stamped): string => digest(files, false);

/** One hash of many files: their paths and all that their stamps say. */
export const stampDigest = (files: Stamped): string => digest(files, true);

/** The hash of a text. */
export const textDigest = (text: string): string => createHash('sha256').update(text).digest('base64');

function digest(files: Stamped, whole: boolean): string {
  const numbers = new Float64Array(files.length * 4);
  let paths = '';
  let at = 0;
  for (const [path, { ino, size, mtime, ctime }] of files) {
    paths += `${path}\0`;
    numbers[at++] = ino;
    numbers[at++] = size;
    numbers[at++] = mtime;
    numbers[at++] = whole ? ctime : 0;
  }
  return createHash('sha256').update(paths).update(numbers).digest('base64');
}

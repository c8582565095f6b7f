import { createHash } from 'node:crypto';
import type { OutFile } from '../model/compiled.ts';

/** How the live files of a Rollout are not those that its plan.json lists; paths inside the output folder, sorted. */
export interface Edited {
  readonly changed: readonly string[];
  /** There, and not listed. */
  readonly added: readonly string[];
  /** Listed, and not there. */
  readonly missing: readonly string[];
}

/** Holds the live files of a directory against the hashes that its plan.json lists. */
export function editedFiles(directory: string, hashes: Hashes, live: readonly OutFile[]): Edited {
  const listed = new Map(Object.entries(hashes).filter(([path]) => path.startsWith(`live/${directory}/`)));
  const paths = new Set(live.map(({ path }) => path));
  return {
    changed: live.flatMap(({ path, text }) => (listed.has(path) && listed.get(path) !== sha256(text) ? [path] : [])),
    added: [...paths].filter(path => !listed.has(path)).sort(),
    missing: [...listed.keys()].filter(path => !paths.has(path)).sort(),
  };
}

/** SHA-256 by path inside the output folder. */
interface Hashes {
  readonly [path: string]: string;
}

/** Whether the live files are as they were written. */
export const isAsWritten = ({ changed, added, missing }: Edited): boolean =>
  changed.length + added.length + missing.length === 0;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

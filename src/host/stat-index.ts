import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { textDigest } from './digest.ts';
import type { Stamp } from './file-stamp.ts';
import { replaceFile } from './replace-file.ts';
import { isSystemError } from './system-error.ts';

/** What a source was when it was compiled: the source itself and the templates that it named. */
export interface Inputs {
  /** Absent: it was changed too shortly before to be told from its next change. */
  readonly stamp?: Stamp;
  /** Hash of the text. */
  readonly hash: string;
  /** Hash by path relative to the root, of whatever was found there. */
  readonly templates: { readonly [path: string]: string };
}

/** What is remembered of a source whose files in out/ are all as it wants them. */
export interface Remembered {
  readonly inputs: Inputs;
  readonly diagnostics: readonly Diagnostic[];
  readonly results: readonly RememberedResult[];
}

export interface RememberedResult {
  readonly directory: string;
  readonly claims: readonly string[];
  /** `stampDigest` of all files in the two folders of the directory. */
  readonly digest: string;
}

/** Remembered sources by file. */
export type Sources = ReadonlyMap<string, Remembered>;

/** A local index, as git has one: saves time and is never needed. */
export interface StatIndex {
  /** Empty where there is no index, or one of another tool, surefoot.yaml or place. */
  readonly read: () => Sources;
  /** Replaces the index; where the disk refuses, the next run takes longer. */
  readonly write: (sources: Sources) => void;
}

/** The index of an output folder. All words of `world` that sources were compiled in must be the same, else nothing is remembered. */
export function openIndex(folder: string, place: string, world: readonly string[]): StatIndex {
  const path = join(folder, `index-${textDigest(place).replace(/\W/g, '').slice(0, 24)}.json`);
  const header = textDigest(JSON.stringify([FORMAT, place, ...world]));
  return {
    read: () => parseIndex(readText(path), header),
    write: sources => {
      const body = JSON.stringify([...sources]);
      replaceFile(path, `${header} ${textDigest(body)}\n${body}`);
    },
  };
}

const FORMAT = 'surefoot index 1';

function parseIndex(text: string, header: string): Sources {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  // With its own hash a torn or foreign text is as good as none.
  return text.slice(0, end) === `${header} ${textDigest(body)}` ? new Map(JSON.parse(body)) : new Map();
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

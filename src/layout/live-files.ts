import type { Finding } from '../diagnostics/finding.ts';
import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import type { Drawing } from './lay-out.ts';
import { noFileName, sameFile } from './messages.ts';
import { livePath } from './paths.ts';

/** Longest name of a file on every usual disk, in bytes, which are letters here: https://en.wikipedia.org/wiki/Comparison_of_file_systems#Limits */
const LONGEST_NAME = 255;

/**
 * What keeps objects of any state from having a file of their own in live/: two kinds of one word in different API groups,
 * names that differ in case only, names that no file can have. `directory` is the Rollout's folder.
 */
export function liveFileFindings(directory: string, { states }: Pick<Drawing, 'states'>): readonly Finding[] {
  const found = new Map<string, Finding>();
  const seen = new Set<readonly KubeObject[]>();
  for (const { state, objects } of states) {
    if (seen.has(objects)) continue;
    seen.add(objects);
    const at = { path: state.origin };
    const first = new Map<string, KubeObject>();
    for (const object of objects) {
      const path = livePath(directory, object);
      const file = path.slice(`live/${directory}/`.length);
      const other = first.get(file.toLowerCase());
      first.set(file.toLowerCase(), object);
      if (!isFileName(file)) found.set(file, noFileName(at, { object: wordsOf(object), file }));
      // One object twice is what a proof finds.
      else if (other !== undefined && identityOf(other) !== identityOf(object))
        found.set(file, found.get(file) ?? sameFile(at, { objects: [wordsOf(other), wordsOf(object)], file }));
    }
  }
  return [...found.values()];
}

const wordsOf = ({ apiVersion, kind, metadata }: KubeObject): string => `${kind}/${metadata.name} (${apiVersion})`;

/** Letters, digits and a few signs: what every system takes, and neither a shell nor a page of Markdown reads otherwise. */
const isFileName = (name: string): boolean => /^[A-Za-z0-9][-A-Za-z0-9._:]*$/.test(name) && name.length <= LONGEST_NAME;

import type { LeafChange } from '../leaves.ts';
import { leafWords } from './leaf-words.ts';

/** Most places of one object or template that are told one by one. */
const MOST_PLACES = 6;

/** Places one by one on lines of their own, up to some; a single one beside its title. */
export function places(title: string, leaves: readonly LeafChange[]): readonly string[] {
  const words = some(leaves.map(leafWords));
  return words.length > 1 ? [title, ...words.map(line => `  ${line}`)] : words.map(line => `${title} ${line}`);
}

/** The first lines, and how many more there are; nothing is left out where all of them fit. */
export const some = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_PLACES
    ? lines
    : [...lines.slice(0, MOST_PLACES - 1), `and ${lines.length - MOST_PLACES + 1} more`];

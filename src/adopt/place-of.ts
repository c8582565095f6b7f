import { isMap, isPair, isSeq, LineCounter, parseDocument, type Range } from 'yaml';
import type { Path } from '../diagnostics/finding.ts';

/** A line and a column of a text, both counted from 1. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds the value or key that stands at a place of a text, as a path. */
export function pathFinder(text: string): (at: LineColumn) => Path {
  const lineCounter = new LineCounter();
  const root: unknown = parseDocument(text, { lineCounter }).contents;
  return ({ line, column }) => descend(root, (lineCounter.lineStarts[line - 1] ?? 0) + column - 1);
}

/** Of the entries of a map or a list the last that begins before the place, and on into it. */
function descend(node: unknown, offset: number): Path {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => startOf(key) <= offset);
    return pair === undefined ? [] : [String(pair.key), ...descend(pair.value, offset)];
  }
  if (!isSeq(node)) return [];
  const index = node.items.findLastIndex(item => startOf(item) <= offset);
  return index < 0 ? [] : [index, ...descend(node.items[index], offset)];
}

const startOf = (node: unknown): number => rangeOf(isPair(node) ? node.key : node)?.[0] ?? Number.POSITIVE_INFINITY;

const rangeOf = (node: unknown): Range | null | undefined =>
  typeof node === 'object' && node !== null && 'range' in node ? (node.range as Range | null | undefined) : undefined;

import type { Path } from '../diagnostics/finding.ts';
import type { ReadRollout } from '../read/read-rollout.ts';
import { inlineOf } from '../yaml/print-scalar.ts';

/** A Rollout's text with the places of its values. */
export interface Written {
  readonly text: string;
  readonly locate: ReadRollout['locate'];
  /** Whether blank lines at the end of a text may be part of it, so that nothing is put in before them; absent: no. */
  readonly keepsBlanks?: boolean;
}

/** Characters to replace; offsets count UTF-16 units of the text before any change, the end is exclusive. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with every splice made; they must not overlap. Those of one place are made in their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const inOrder = splices.map((splice, order) => ({ ...splice, order }));
  inOrder.sort((a, b) => b.start - a.start || b.order - a.order);
  return inOrder.reduce((now, { start, end, text: by }) => now.slice(0, start) + by + now.slice(end), text);
}

/** The line break that ends the line of a place, else that of the first line. */
export function breakAt(text: string, offset: number): string {
  const at = text.indexOf('\n', offset);
  const known = at < 0 ? text.indexOf('\n') : at;
  return known > 0 && text[known - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line of a place ends, before its line break. */
export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' && at > offset ? at - 1 : at;
}

/** Where the line of a place begins. */
export const startOfLine = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where a value is written; a block scalar without the line break at its end. */
export function valueAt({ text, locate }: Written, path: Path): { readonly start: number; readonly end: number } {
  const { start, end } = locate({ path });
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** Another word in place of a value, in the quotes of the old one; what is written over several lines becomes one. */
export function otherValue(written: Written, path: Path, word: string): Splice {
  const place = valueAt(written, path);
  const old = written.text.slice(place.start, place.end);
  const comment = /^[|>][-+0-9]*([ \t]+#.*)/.exec(old)?.[1]?.trimEnd() ?? '';
  const quotes = /^["']/.exec(old)?.[0];
  return { ...place, text: `${quotes === undefined ? inlineOf(word) : quotes + word + quotes}${comment}` };
}

/** Whether the map or list at a path is written in braces or brackets. */
export const isFlow = (written: Written, path: Path): boolean =>
  /[[{]/.test(written.text.charAt(written.locate({ path }).start));

/** The place of the first key of a block map, and what stands before each of its keys. */
export function headOf(written: Written, path: Path): { readonly start: number; readonly indentation: string } {
  const { start } = written.locate({ path });
  return { start, indentation: ' '.repeat(start - startOfLine(written.text, start)) };
}

/**
 * Adds an entry to a map that has some: after the value of the key `after` where it is given, else first. In a map
 * in braces it is always first, since a reader looks there.
 */
export function addEntry(written: Written, map: Path, entry: string, after?: string): Splice {
  const { text } = written;
  const { start, indentation } = headOf(written, map);
  if (isFlow(written, map)) return { start: start + 1, end: start + 1, text: flowEntry(text, start, entry) };
  if (after !== undefined) {
    const end = endOfLine(text, valueAt(written, [...map, after]).end);
    return insertion(end, `${breakAt(text, end)}${indentation}${entry}`);
  }
  const isAlone = text.slice(startOfLine(text, start), start).trim() === '';
  if (!isAlone || map.length === 0) return insertion(start, `${entry}${breakAt(text, start)}${indentation}`);
  const end = endOfLine(text, written.locate({ path: map, on: 'key' }).end);
  return insertion(end, `${breakAt(text, end)}${indentation}${entry}`);
}

/** Something put in at a place where nothing is taken away. */
export const insertion = (at: number, text: string): Splice => ({ start: at, end: at, text });

/** As the first entry of a map in braces, in the way in which they stand: `{a: 1}` or `{ a: 1 }`. */
function flowEntry(text: string, start: number, entry: string): string {
  const inside = text.slice(start + 1);
  if (/^\s*\}/.test(inside)) return /^\}/.test(inside) ? ` ${entry} ` : ` ${entry}`;
  return /^\s/.test(inside) ? ` ${entry},` : `${entry}, `;
}

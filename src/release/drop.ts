import type { Path } from '../diagnostics/finding.ts';
import { endOfLine, insertion, isFlow, type Splice, startOfLine, valueAt, type Written } from './splice.ts';

/** Entries of a list or map of a text that are to go, by index or key, in the order in which they are written. */
export interface Doomed {
  readonly path: Path;
  readonly entries: readonly (string | number)[];
  /** Every entry, in the order in which they are written. */
  readonly all: readonly (string | number)[];
}

/** Takes entries away with the comments that are about them; a list that loses all of them becomes `[]`, a map goes whole. */
export function drop(written: Written, doomed: Doomed): readonly Splice[] {
  const { path, entries, all } = doomed;
  if (entries.length === 0) return [];
  if (entries.length === all.length && typeof all[0] === 'string')
    return drop(written, { path: path.slice(0, -1), entries: [path.at(-1)!], all: [path.at(-1)!, ''] });
  if (isFlow(written, path)) return entries.length === all.length ? [emptied(written, path)] : inFlow(written, doomed);
  const gone = linesOf(written, doomed);
  const splices = gone.map(([first, last]) => cut(written.text, first, last));
  return entries.length === all.length ? [...splices, emptyList(written, path)] : splices;
}

function emptied(written: Written, path: Path): Splice {
  const { start, end } = written.locate({ path });
  return { start, end, text: '[]' };
}

/** After the colon of the key, ahead of a comment. */
function emptyList({ text, locate }: Written, path: Path): Splice {
  return insertion(text.indexOf(':', locate({ path, on: 'key' }).end) + 1, ' []');
}

/** Ranges of lines, both ends included, that hold the entries, what is written about them, and the gap that they leave. */
function linesOf(written: Written, { path, entries }: Doomed): readonly (readonly [number, number])[] {
  const lines = written.text.split('\n');
  const numberOf = (offset: number): number => written.text.slice(0, offset).split('\n').length - 1;
  const ceiling = path.length === 0 ? -1 : numberOf(written.locate({ path, on: 'key' }).start);
  const gone = new Set<number>();
  for (const entry of entries) {
    const sign = signOf(written, [...path, entry]);
    const column = sign - startOfLine(written.text, sign);
    let first = numberOf(sign);
    let last = numberOf(Math.max(sign, valueAt(written, [...path, entry]).end - 1));
    while (first - 1 > ceiling && /^\s*#/.test(lines[first - 1]!) && !gone.has(first - 1)) first--;
    while (isCommentBeyond(lines[last + 1], column)) last++;
    for (let line = first; line <= last; line++) gone.add(line);
    const isAtHead = first - 1 === ceiling || /^\s*$/.test(lines[first - 1] ?? '') || gone.has(first - 1);
    while (isAtHead && last + 2 < lines.length && /^\s*$/.test(lines[last + 1]!)) gone.add(++last);
  }
  return ranges([...gone].sort((a, b) => a - b));
}

/** Whether a line is a comment that stands deeper than an entry, and so inside of it. */
const isCommentBeyond = (line: string | undefined, column: number): boolean =>
  line !== undefined && /^\s*#/.test(line) && line.search(/#/) > column;

/** Where an entry begins: at its dash, or at its key. */
function signOf({ text, locate }: Written, path: Path): number {
  if (typeof path.at(-1) === 'string') return locate({ path, on: 'key' }).start;
  const { start } = locate({ path });
  for (let line = startOfLine(text, start); ; line = startOfLine(text, line - 1)) {
    const before = text.slice(line, Math.min(start, endOfLine(text, line)));
    const dash = /^\s*-(?=\s|$)/.exec(before)?.[0].length;
    if (dash !== undefined) return line + dash - 1;
    if (line === 0) return start;
  }
}

function ranges(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const number of numbers) {
    const last = result.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else result.push([number, number]);
  }
  return result;
}

/** Takes whole lines away; of a text without a last line break, the one before them instead. */
function cut(text: string, first: number, last: number): Splice {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const start = starts[first]!;
  const end = starts[last + 1];
  if (end !== undefined) return { start, end, text: '' };
  return { start: Math.max(0, text[start - 2] === '\r' ? start - 2 : start - 1), end: text.length, text: '' };
}

/** Each with the comma after it, or before it where it is the last one; lines that hold nothing else go whole. */
function inFlow(written: Written, { path, entries, all }: Doomed): readonly Splice[] {
  const { text, locate } = written;
  const startOf = (entry: string | number): number =>
    locate(typeof entry === 'string' ? { path: [...path, entry], on: 'key' } : { path: [...path, entry] }).start;
  const keptLast = all.findLastIndex(entry => !entries.includes(entry));
  return entries.map(entry => {
    const index = all.indexOf(entry);
    if (index > keptLast) {
      const end = valueAt(written, [...path, entry]).end;
      return { start: valueAt(written, [...path, all[index - 1]!]).end, end, text: '' };
    }
    return upTo(text, startOf(entry), valueAt(written, [...path, entry]).end);
  });
}

function upTo(text: string, start: number, valueEnd: number): Splice {
  const comma = /^(?:\s|#.*)*?,[^\S\n]*(?:#[^\n]*)?/.exec(text.slice(valueEnd))?.[0].length ?? 0;
  const end = valueEnd + comma;
  const line = startOfLine(text, start);
  const isWholeLine = text.slice(line, start).trim() === '' && text[end] === '\n';
  return isWholeLine ? { start: line, end: end + 1, text: '' } : { start, end, text: '' };
}

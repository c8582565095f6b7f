import { byPlace, type Diagnostic, type Place } from '../diagnostics/diagnostic.ts';
import type { At, Finding } from '../diagnostics/finding.ts';
import { masked, maskedLine, STARS } from './masked.ts';
import type { Span } from './nodes.ts';

const LINES_BEFORE = 2;
const MOST_LINES = 12;

/** A file that findings may point to. */
export interface PlacedText {
  readonly file: string;
  readonly text: string;
  readonly locate: (at: At) => Span;
}

/**
 * Gives findings their lines, columns and the lines of the file around them; in the order in which they are printed.
 * `others` are files that findings name; a finding about none of them points to the beginning of its file.
 */
export function placeFindings(
  file: string,
  text: string,
  findings: readonly Finding[],
  locate: (at: At) => Span,
  others: readonly PlacedText[] = [],
): Diagnostic[] {
  if (findings.length === 0) return [];
  const texts = new Map(
    [{ file, text, locate }, ...others].map(one => {
      const lines = linesOf(one.text);
      const ours = findings.filter(finding => (finding.at.file ?? file) === one.file);
      const { text: shownText, moved } = masked(one.text, ours, one.locate);
      return [one.file, { ...one, lines, shown: linesOf(shownText), moved }] as const;
    }),
  );
  const nowhere = { lines: linesOf(''), locate: () => ({ start: 0, end: 0 }) };
  const place = (at: At): Place => {
    const name = at.file ?? file;
    const { locate: find, lines } = texts.get(name) ?? nowhere;
    return placeOf(name, find(at), lines);
  };
  const placed = findings.map(({ at, notes, hidden, ...words }) => {
    const where = hidden ? withoutLength(place(at)) : place(at);
    const explained = notes.map(note => ({ ...place(note.at), text: note.text }));
    const known = texts.get(where.file);
    if (known === undefined) return { ...words, ...where, notes: explained, excerpt: [] };
    const excerpt = excerptOf(where, known.shown);
    const { start, end } = known.locate(at);
    const seen = placeOf(where.file, { start: known.moved(start), end: known.moved(end) }, known.shown);
    const mark = markOf(hidden ? overStars(seen) : seen, excerpt.find(({ line }) => line === where.line)?.text ?? '');
    const isMoved = mark.column !== where.column || mark.endColumn !== where.endColumn;
    return { ...words, ...where, notes: explained, excerpt, ...(isMoved ? { mark } : {}) };
  });
  return placed.sort(byPlace);
}

/** The end of a secret would tell how long it is, so its beginning stands for all of it. */
const withoutLength = (place: Place): Place => ({ ...place, endLine: place.line, endColumn: place.column });

/** As many columns as there are stars in its place. */
const overStars = (place: Place): Place => ({ ...place, endLine: place.line, endColumn: place.column + STARS.length });

/** Columns to mark; where the rest of the line is stars, these. */
function markOf({ column, endColumn }: Place, text: string): { readonly column: number; readonly endColumn: number } {
  if (column <= text.length || !text.endsWith(STARS)) return { column, endColumn };
  return { column: text.length - STARS.length + 1, endColumn: text.length + 1 };
}

interface Lines {
  readonly text: string;
  /** Offset of the first character of each line; a byte order mark belongs to no line. */
  readonly starts: readonly number[];
}

function linesOf(text: string): Lines {
  const starts = [text.startsWith('\ufeff') ? 1 : 0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return { text, starts };
}

function placeOf(file: string, span: Span, lines: Lines): Place {
  const start = Math.min(span.start, lines.text.length);
  const end = Math.max(start, beforeLineEnd(lines.text, Math.min(span.end, lines.text.length)));
  const from = position(start, lines.starts);
  const to = position(end, lines.starts);
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A block of text ends with its last line, not at the beginning of the line after. */
function beforeLineEnd(text: string, end: number): number {
  let last = end;
  while (last > 0 && (text[last - 1] === '\n' || text[last - 1] === '\r')) last--;
  return last;
}

function position(offset: number, starts: readonly number[]): { readonly line: number; readonly column: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(0, offset - starts[low]!) + 1 };
}

function excerptOf(place: Place, lines: Lines): Diagnostic['excerpt'] {
  const first = Math.max(1, place.line - LINES_BEFORE);
  const last = Math.min(place.endLine, first + MOST_LINES - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => lineAt(first + index, lines));
}

function lineAt(line: number, { text, starts }: Lines): { readonly line: number; readonly text: string } {
  const end = starts[line] ?? text.length + 1;
  return { line, text: maskedLine(text.slice(starts[line - 1], end - 1).replace(/\r$/, '')) };
}

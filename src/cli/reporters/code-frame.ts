import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';
import { widthOf } from './width.ts';

/** Columns of a source line that are shown at most; longer ones are cut around the place. */
const MOST_COLUMNS = 120;
const TAB = '  ';

/** The excerpt of a diagnostic with line numbers, and carets below the place; empty where there is no excerpt. */
export function codeFrame(diagnostic: Diagnostic): readonly string[] {
  const lines = diagnostic.excerpt;
  const { column, endColumn } = diagnostic.mark ?? diagnostic;
  const gutter = Math.max(5, ...lines.map(line => String(line.line).length + 2));
  return lines.flatMap(({ line, text }) => {
    const number = `${String(line).padStart(gutter)} | `;
    if (line !== diagnostic.line) return [`${number}${shown(cut(text, 0).text)}`.trimEnd()];
    const end = diagnostic.endLine > line ? text.length : endColumn - 1;
    const { text: part, from } = cut(text, column - 1);
    const start = clamp(column - 1 - from, part.length);
    const before = shown(part.slice(0, start));
    const marked = shown(part.slice(start, Math.max(start, clamp(end - from, part.length))));
    const carets = '^'.repeat(Math.max(1, widthOf(marked)));
    return [`${number}${shown(part)}`.trimEnd(), `${' '.repeat(gutter)} | ${' '.repeat(widthOf(before))}${carets}`];
  });
}

const shown = (text: string): string => visible(text.replaceAll('\t', TAB));

const clamp = (index: number, length: number): number => Math.min(Math.max(0, index), length);

/** The part of a line around a character, and where it begins; letters outside of the basic plane stay whole. */
function cut(text: string, index: number): { readonly text: string; readonly from: number } {
  if (text.length <= MOST_COLUMNS) return { text, from: 0 };
  let from = clamp(index - MOST_COLUMNS / 2, text.length - MOST_COLUMNS);
  let to = from + MOST_COLUMNS;
  if (splitsLetter(text, from)) from -= 1;
  if (splitsLetter(text, to)) to += 1;
  return { text: text.slice(from, to), from };
}

const splitsLetter = (text: string, index: number): boolean =>
  /^[\udc00-\udfff]/.test(text.slice(index, index + 1)) && /[\ud800-\udbff]$/.test(text.slice(0, index));

import type { Path } from '../diagnostics/finding.ts';
import type { Json } from '../model/kubernetes.ts';
import { entryLines, inFlow, itemLines } from './print-entry.ts';
import {
  addEntry,
  breakAt,
  endOfLine,
  headOf,
  insertion,
  isFlow,
  type Splice,
  startOfLine,
  valueAt,
  type Written,
} from './splice.ts';

/** A list or a map of a text, and the key of `spec` after whose value it goes where there is none; absent: first. */
export interface Collection {
  readonly path: Path;
  /** Index or key of its last entry; undefined: it is empty. */
  readonly last: string | number | undefined;
  readonly isWritten: boolean;
  readonly after?: string;
}

/** What to put at the end of a collection: entries of a map, or items of a list. */
export type Added = { readonly items: readonly Json[] } | { readonly entries: { readonly [key: string]: Json } };

/** Puts something at the end of a collection, in the style in which it is written. */
export function append(written: Written, collection: Collection, added: Added): readonly Splice[] {
  const { path, last, isWritten } = collection;
  if (!isWritten) return [missing(written, collection, added)];
  if (last === undefined) return filled(written, path, added);
  return isFlow(written, path)
    ? afterLastInFlow(written, path, last, flowParts(added))
    : [afterLast(written, path, last, added)];
}

const flowParts = (added: Added): readonly string[] =>
  'items' in added
    ? added.items.map(inFlow)
    : Object.entries(added.entries).map(([key, value]) => inFlow({ [key]: value }).slice(2, -2));

function blockLines(added: Added, pad: string): readonly string[] {
  return 'items' in added
    ? added.items.flatMap(item => itemLines(item, pad.length))
    : Object.entries(added.entries).flatMap(([key, value]) => entryLines(key, value, pad.length));
}

const indented = (lines: readonly string[], pad: string): readonly string[] =>
  lines.map(line => (line === '' ? '' : pad + line));

function afterLast(written: Written, path: Path, last: string | number, added: Added): Splice {
  const { text, locate, keepsBlanks } = written;
  const pad = typeof last === 'number' ? dashIndentation(written, path) : headOf(written, path).indentation;
  const lines = indented(blockLines(added, pad), pad);
  const whole = locate({ path: [...path, last] }).end;
  if (keepsBlanks === true && text[whole - 1] === '\n')
    return insertion(whole, lines.map(line => line + breakAt(text, whole - 1)).join(''));
  const end = afterComments(text, endOfLine(text, valueAt(written, [...path, last]).end), pad.length);
  return insertion(end, lines.map(line => breakAt(text, end) + line).join(''));
}

/** The end of the last line of comments that follow an entry deeper than it stands, and so belong to it. */
function afterComments(text: string, end: number, column: number): number {
  const below = /^\r?\n( *)#[^\r\n]*/.exec(text.slice(end));
  if (below === null || below[1]!.length <= column) return end;
  return afterComments(text, endOfLine(text, end + below[0].length), column);
}

/** What stands before the dashes of a block list: it begins with one. */
function dashIndentation({ text, locate }: Written, path: Path): string {
  const { start } = locate({ path });
  return ' '.repeat(start - startOfLine(text, start));
}

/** Each on a line of its own where the last one has such a line. */
function afterLastInFlow(
  written: Written,
  path: Path,
  last: string | number,
  parts: readonly string[],
): readonly Splice[] {
  const { text, locate } = written;
  const { end } = valueAt(written, [...path, last]);
  const { start } =
    typeof last === 'number' ? locate({ path: [...path, last] }) : locate({ path: [...path, last], on: 'key' });
  const comma = /^(?:\s|#.*)*?,/.exec(text.slice(end))?.[0].length;
  const after = end + (comma ?? 0);
  const line = startOfLine(text, start);
  const indentation = text.slice(line, start);
  const separator = indentation.trim() === '' && line > 0 ? breakAt(text, end) + indentation : ' ';
  const rest = text.slice(after, endOfLine(text, after));
  const at = separator !== ' ' && /^\s*(?:#.*)?$/.test(rest) ? endOfLine(text, after) : after;
  const given = parts.map(part => separator + part).join(',');
  return comma === undefined && at === after
    ? [insertion(at, `,${given}`)]
    : [...(comma === undefined ? [insertion(after, ',')] : []), insertion(at, given)];
}

/** In place of `[]` or `{}`; on lines below its key, unless that stands in braces itself. */
function filled(written: Written, path: Path, added: Added): readonly Splice[] {
  const { text, locate } = written;
  const { start, end } = locate({ path });
  const parent = path.slice(0, -1);
  if (isFlow(written, parent)) {
    const inside = flowParts(added).join(', ');
    return [{ start, end, text: 'items' in added ? `[${inside}]` : `{ ${inside} }` }];
  }
  const key = locate({ path, on: 'key' }).end;
  const colon = text.indexOf(':', key) + 1;
  const pad = `${headOf(written, parent).indentation}  `;
  const below = endOfLine(text, end);
  const lines = indented(blockLines(added, pad), pad).map(line => breakAt(text, below) + line);
  return [{ start: colon, end, text: '' }, insertion(below, lines.join(''))];
}

function missing(written: Written, { path, after }: Collection, added: Added): Splice {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  if (isFlow(written, parent)) {
    const inside = flowParts(added).join(', ');
    return addEntry(written, parent, `${key}: ${'items' in added ? `[${inside}]` : `{ ${inside} }`}`);
  }
  const { start, indentation } = headOf(written, parent);
  const pad = `${indentation}  `;
  const lines = [`${key}:`, ...indented(blockLines(added, pad), pad)];
  return addEntry(written, parent, lines.join(breakAt(written.text, start)), after);
}

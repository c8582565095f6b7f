import type { Json } from '../model/kubernetes.ts';
import { type Cursor, enterLine, refuse } from './reread-cursor.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PIPE = 0x7c;

// https://yaml.org/spec/1.2.2/#rule-ns-plain
const NOT_PLAIN = /^(?:$|[-?:](?: |$)|[ ,[\]{}#&*!|>'"%@`]|---|\.\.\.)|:(?: |$)| (?:#|$)/;

// Words that the core schema of 1.2 or the types of 1.1 take for something else than a string.
const LONGEST_WORD = 5;
const WORD = /^(?:~|=|<<|y|n|yes|no|on|off|null|true|false)$/i;

// All that the core schema of 1.2 (https://yaml.org/spec/1.2.2/#1032-tag-resolution) and the types of 1.1 take for numbers or dates.
const OPENS_NUMBER = /^[-+.0-9]/;
const NUMBER = /^[-+]?(?:\.?[0-9][-+.,:_ 0-9a-fotxz]*|\.inf|\.nan)$/i;
const PRINTED_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:e[-+][0-9]+)?)?$/;

const ESCAPE = /\\(?:["\\bfnrt]|u(?!d[89a-f])[0-9a-f]{4})/gi;

const BLOCK_HEADER = /\|2?[-+]?\n/y;

/** The value that fills the rest of the line; the lines of a block scalar stand at `column`. The next line is then entered. */
export function readValue(cursor: Cursor, column: number): Json {
  const { text, at } = cursor;
  const first = text.charCodeAt(at);
  if (first === PIPE) return readBlock(cursor, column);
  const end = first === QUOTE ? endOfQuotes(cursor, at) : text.indexOf('\n', at);
  if (text.charCodeAt(end) !== NEWLINE) refuse(cursor, 'more text behind a quoted one');
  const value = first === QUOTE ? unquoted(cursor, end) : plainOrEmpty(cursor, end);
  enterLine(cursor, end + 1);
  return value;
}

/** The text in quotes between the cursor and `end`. */
export function unquoted(cursor: Cursor, end: number): string {
  const raw = cursor.text.slice(cursor.at, end);
  if (!raw.includes('\\')) return raw.slice(1, -1);
  if (raw.replace(ESCAPE, '').includes('\\')) refuse(cursor, 'an escape that is never printed');
  return JSON.parse(raw);
}

/** The plain scalar between the cursor and `end`. */
export function plain(cursor: Cursor, end: number): number | string | boolean | null {
  const raw = cursor.text.slice(cursor.at, end);
  if (NOT_PLAIN.test(raw)) refuse(cursor, 'a text without quotes that is not plain');
  if (raw.length <= LONGEST_WORD && WORD.test(raw)) return word(cursor, raw);
  if (!OPENS_NUMBER.test(raw) || !NUMBER.test(raw)) return raw;
  return PRINTED_NUMBER.test(raw) ? Number(raw) : refuse(cursor, 'a number in another form');
}

/** Offset behind the closing quote of the text in quotes that begins at `start`. */
export function endOfQuotes(cursor: Cursor, start: number): number {
  const { text } = cursor;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === NEWLINE) break;
    if (code === BACKSLASH) at++;
  }
  return refuse(cursor, 'quotes that do not end on their line');
}

function plainOrEmpty(cursor: Cursor, end: number): Json {
  if (end === cursor.at + 2) {
    if (cursor.text.startsWith('{}', cursor.at)) return {};
    if (cursor.text.startsWith('[]', cursor.at)) return [];
  }
  return plain(cursor, end);
}

function word(cursor: Cursor, raw: string): boolean | null {
  if (raw === 'true') return true;
  if (raw === 'false') return false;
  return raw === 'null' ? null : refuse(cursor, 'a word that some readers take for another value');
}

function readBlock(cursor: Cursor, column: number): string {
  const { text, at } = cursor;
  BLOCK_HEADER.lastIndex = at;
  const header = column === 0 ? undefined : BLOCK_HEADER.exec(text)?.[0];
  if (header === undefined) return refuse(cursor, 'a block scalar of another kind');
  const pad = ' '.repeat(column);
  const end = endOfBlock(text, at + header.length, pad);
  const lines = text
    .slice(at + header.length - 1, end)
    .replaceAll(`\n${pad}`, '\n')
    .slice(1);
  if (lines.includes(' \n') || !headerFits(header, lines))
    refuse(cursor, 'a block scalar that other readers may change');
  enterLine(cursor, end);
  return header.includes('-') ? lines.slice(0, -1) : lines;
}

function headerFits(header: string, lines: string): boolean {
  const first = /[^\n]/.exec(lines)?.[0];
  if (first === undefined) return false;
  return header.includes('2') === (first === ' ') && header.includes('+') === lines.endsWith('\n\n');
}

function endOfBlock(text: string, start: number, pad: string): number {
  let at = start;
  while (text.charCodeAt(at) === NEWLINE || text.startsWith(pad, at)) at = text.indexOf('\n', at) + 1;
  return at;
}

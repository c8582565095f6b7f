import type { Json } from '../model/kubernetes.ts';
import { type Cursor, enterLine, refuse, SEPARATOR } from './reread-cursor.ts';
import { endOfQuotes, plain, readValue, unquoted } from './reread-scalar.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const QUESTION = 0x3f;

const FOREIGN = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** The one document of a text. Throws `not our dialect: …` on anything that `printYaml` does not print, for that is a bug. */
export function rereadYaml(text: string): Json {
  const documents = rereadDocuments(text);
  if (documents.length !== 1) throw new Error(`not our dialect: ${documents.length} documents instead of one`);
  return documents[0]!;
}

/** Every document of a text, in order; each may begin with comment lines. Comments alone hold no document. Throws as `rereadYaml`. */
export function rereadDocuments(text: string): readonly Json[] {
  checkCharacters(text);
  const cursor: Cursor = { text, at: 0, indent: -1 };
  const documents: Json[] = [];
  for (;;) {
    while (text.charCodeAt(cursor.at) === HASH) cursor.at = text.indexOf('\n', cursor.at) + 1;
    if (cursor.at === text.length && documents.length === 0) return documents;
    documents.push(readDocument(cursor));
    if (cursor.at === text.length) return documents;
    cursor.at += SEPARATOR.length;
  }
}

function readDocument(cursor: Cursor): Json {
  enterLine(cursor, cursor.at);
  if (cursor.indent !== 0) refuse(cursor, 'a document without a value');
  const value = readNode(cursor, 0);
  return atEnd(cursor) ? value : refuse(cursor, 'a line that belongs to none above it');
}

function checkCharacters(text: string): void {
  if (text !== '' && !text.endsWith('\n')) refuse({ text, at: text.length }, 'no line break');
  const foreign = text.search(FOREIGN);
  if (foreign >= 0) refuse({ text, at: foreign }, 'a character that is never printed');
}

/** An item of a sequence or a whole document; `column` is where its first character stands. */
function readNode(cursor: Cursor, column: number): Json {
  if (atMark(cursor, DASH)) return readSequence(cursor, column);
  return atMark(cursor, QUESTION) || endOfKey(cursor) >= 0 ? readMapping(cursor, column) : readValue(cursor, column);
}

function readSequence(cursor: Cursor, column: number): Json {
  const items: Json[] = [];
  do {
    cursor.at += 2;
    items.push(readNode(cursor, column + 2));
  } while (cursor.indent === column && atMark(cursor, DASH));
  return items;
}

function readMapping(cursor: Cursor, column: number): Json {
  const mapping: { [key: string]: Json } = {};
  do {
    const key = readKey(cursor, column);
    if (mapping[key] !== undefined && Object.hasOwn(mapping, key)) refuse(cursor, 'a key that stands twice');
    const value = readBehindKey(cursor, column);
    if (key !== '__proto__') mapping[key] = value;
    else
      Object.defineProperty(mapping, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  } while (cursor.indent === column && !atMark(cursor, DASH));
  return mapping;
}

/** Reads a key with its colon. */
function readKey(cursor: Cursor, column: number): string {
  if (atMark(cursor, QUESTION)) return readLongKey(cursor, column);
  const end = endOfKey(cursor);
  if (end < 0) refuse(cursor, 'neither a key nor an item');
  const isQuoted = cursor.text.charCodeAt(cursor.at) === QUOTE;
  const key = isQuoted ? unquoted(cursor, end) : plain(cursor, end);
  cursor.at = end + 1;
  return typeof key === 'string' ? key : refuse(cursor, 'a key that is not a string');
}

function readLongKey(cursor: Cursor, column: number): string {
  cursor.at += 2;
  const end = endOfQuotes(cursor, cursor.at);
  const key = unquoted(cursor, end);
  const colon = `\n${' '.repeat(column)}:`;
  if (!cursor.text.startsWith(colon, end)) refuse(cursor, 'a key without a colon');
  cursor.at = end + colon.length;
  return key;
}

/** The value of a key that stands at `column`. */
function readBehindKey(cursor: Cursor, column: number): Json {
  if (cursor.text.charCodeAt(cursor.at) === SPACE) {
    cursor.at++;
    return readValue(cursor, column + 2);
  }
  if (cursor.text.charCodeAt(cursor.at) !== NEWLINE) refuse(cursor, 'a key without a value');
  enterLine(cursor, cursor.at + 1);
  const isSequence = atMark(cursor, DASH);
  if (cursor.indent !== (isSequence ? column : column + 2)) refuse(cursor, 'a key without a value');
  return isSequence ? readSequence(cursor, column) : readMapping(cursor, column + 2);
}

/** Offset of the colon behind the key at the cursor; -1 where the line has no key. */
function endOfKey(cursor: Cursor): number {
  const { text } = cursor;
  if (text.charCodeAt(cursor.at) === QUOTE) {
    const end = endOfQuotes(cursor, cursor.at);
    return text.charCodeAt(end) === COLON ? end : -1;
  }
  let at = cursor.at;
  for (let code = text.charCodeAt(at); code !== NEWLINE; code = text.charCodeAt(++at)) {
    if (code !== COLON) continue;
    const next = text.charCodeAt(at + 1);
    if (next === SPACE || next === NEWLINE) return at;
  }
  return -1;
}

const atEnd = ({ indent }: Cursor): boolean => indent === -1;

const atMark = ({ text, at }: Cursor, mark: number): boolean =>
  text.charCodeAt(at) === mark && text.charCodeAt(at + 1) === SPACE;

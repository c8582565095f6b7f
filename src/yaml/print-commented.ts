import type { Json } from '../model/kubernetes.ts';
import { printYaml } from './print.ts';
import { commentOf } from './print-scalar.ts';

const WHY = Symbol('why');

/** A value with the comment that stands above it. */
interface Explained {
  readonly [WHY]: string;
  readonly value: Commented;
}

/** Plain data of which any value under a key, and any entry of a list, may carry a comment. Undefined values are left out. */
export type Commented = Json | Explained | readonly Commented[] | { readonly [key: string]: Commented | undefined };

/** Puts a comment above a value: plain sentences, broken into lines where they are printed. */
export const why = (comment: string, value: Commented): Explained => ({ [WHY]: comment, value });

/** One YAML document in the dialect of `printYaml`, with its comments; `head` is said of all of it. */
export const printCommented = (value: Mapping, head: string): string =>
  `${[...commentLines(head), ...mappingLines(value)].join('\n')}\n`;

/** Columns in which a comment ends, its indentation not counted. */
const WIDTH = 100;

/** Broken between words; none for the empty text. */
function commentLines(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n').flatMap(paragraph => wrap(paragraph));
  return commentOf(lines.join('\n')).trimEnd().split('\n');
}

function wrap(paragraph: string): readonly string[] {
  const lines: string[] = [];
  for (const word of paragraph.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

type Mapping = { readonly [key: string]: Commented | undefined };

const mappingLines = (mapping: Mapping): readonly string[] =>
  Object.entries(mapping).flatMap(([key, value]) => (value === undefined ? [] : fieldLines(key, value)));

function fieldLines(key: string, value: Commented): readonly string[] {
  if (isExplained(value)) return [...commentLines(value[WHY]), ...fieldLines(key, value.value)];
  if (!isFilled(value)) return linesOf(printYaml({ [key]: value }));
  const head = linesOf(printYaml({ [key]: null }).replace(/ null\n$/, '\n'));
  return [...head, ...(isList(value) ? value.flatMap(itemLines) : mappingLines(value).map(indented))];
}

function itemLines(item: Commented): readonly string[] {
  if (isExplained(item)) return [...commentLines(item[WHY]), ...itemLines(item.value)];
  if (!isFilled(item)) return linesOf(printYaml([item]));
  const lines = isList(item) ? item.flatMap(itemLines) : mappingLines(item);
  // What is said of the first key stands above the dash.
  const start = lines.findIndex(line => !line.startsWith('#'));
  return lines.map((line, i) => (i < start ? line : i === start ? `- ${line}` : indented(line)));
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

const indented = (line: string): string => (line === '' ? '' : `  ${line}`);

const isExplained = (value: Commented): value is Explained =>
  typeof value === 'object' && value !== null && WHY in value;

const isList = (value: object): value is readonly Commented[] => Array.isArray(value);

/** A mapping or list that has lines of its own. */
const isFilled = (value: Exclude<Commented, Explained>): value is readonly Commented[] | Mapping =>
  typeof value === 'object' && value !== null && Object.values(value).some(inner => inner !== undefined);

import type { Json } from '../model/kubernetes.ts';
import { printYaml } from '../yaml/print.ts';
import { inlineOf, numberOf } from '../yaml/print-scalar.ts';

/** Most columns of a line of a Rollout; the next one is broken into several. */
const WIDEST = 120;

/** Data on one line, in braces and brackets. */
export function inFlow(value: Json): string {
  if (typeof value === 'string') return flowText(value);
  if (typeof value === 'number') return numberOf(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(one => inFlow(one as Json)).join(', ')}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.length === 0 ? '{}' : `{ ${entries.map(pairOf).join(', ')} }`;
}

const pairOf = ([key, value]: readonly [string, unknown]): string => `${flowText(key)}: ${inFlow(value as Json)}`;

/** As in a block, but for the signs that have a meaning between braces. */
function flowText(text: string): string {
  const inline = inlineOf(text);
  return inline.startsWith('"') || !/[,[\]{}]|:$/.test(text) ? inline : JSON.stringify(text);
}

/** An entry of a map on lines of its own, one where that is short enough; `column` is where they begin. */
export function entryLines(key: string, value: Json, column: number): readonly string[] {
  const line = pairOf([key, value]);
  if (fits(line, value, column)) return [line];
  const below = isList(value)
    ? value.flatMap(item => itemLines(item, column + 2))
    : isMap(value)
      ? Object.entries(value).flatMap(([name, one]) => entryLines(name, one, column + 2))
      : [];
  if (below.length === 0)
    return printYaml({ [key]: value })
      .trimEnd()
      .split('\n');
  return [`${flowText(key)}:`, ...below.map(indented)];
}

/** An item of a list on lines of its own, with its dash. */
export function itemLines(value: Json, column: number): readonly string[] {
  const entries = isMap(value) ? Object.entries(value) : [];
  const line = entries.length === 1 ? pairOf(entries[0]!) : inFlow(value);
  if (entries.length === 0 || fits(line, value, column + 2)) return [`- ${line}`];
  const [first = '', ...rest] = entries.flatMap(([key, one]) => entryLines(key, one, column + 2));
  return [`- ${first}`, ...rest.map(indented)];
}

const indented = (line: string): string => (line === '' ? '' : `  ${line}`);

const fits = (line: string, value: Json, column: number): boolean => column + line.length <= WIDEST && !hasLines(value);

/** Whether a text in it has several lines. */
const hasLines = (value: Json): boolean =>
  typeof value === 'string'
    ? /\n./.test(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(one => hasLines(one as Json));

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { Json } from '../model/kubernetes.ts';
import { commentOf, inlineOf, keyOf, numberOf, stringOf } from './print-scalar.ts';

/**
 * One YAML document in block style that readers of YAML 1.1, readers of YAML 1.2 and kubectl read alike. Keys keep their
 * order, those with undefined values are left out, -0 is 0. Throws on what JSON cannot hold: NaN, Infinity, functions.
 */
export function printYaml(value: Json): string {
  if (typeof value === 'string') return `${inlineOf(value)}\n`;
  return `${isContainer(value) ? linesOf(value, '\n') : atomOf(value)}\n`;
}

/** A file of printed documents under a header; the header is plain words, each of its lines becomes a comment. */
export function printDocuments(header: string, texts: readonly string[]): string {
  return commentOf(header) + texts.join('---\n');
}

type Mapping = { readonly [key: string]: Json | undefined };
type Container = readonly Json[] | Mapping;

// In all that follows, `pad` is a line break and the indentation of the lines that are meant.

function linesOf(container: Container, pad: string): string {
  return isList(container) ? sequenceOf(container, pad) || '[]' : mappingOf(container, pad) || '{}';
}

function mappingOf(mapping: Mapping, pad: string): string {
  let lines = '';
  for (const key of Object.keys(mapping)) {
    const value = mapping[key];
    if (value === undefined) continue;
    if (lines !== '') lines += pad;
    lines += keyOf(key, pad) + fieldOf(value, pad);
  }
  return lines;
}

function sequenceOf(sequence: readonly Json[], pad: string): string {
  let lines = '';
  for (const item of sequence) {
    if (lines !== '') lines += pad;
    lines += `- ${itemOf(item, pad)}`;
  }
  return lines;
}

function fieldOf(value: Json, pad: string): string {
  if (typeof value === 'string') return ` ${stringOf(value, pad)}`;
  if (!isContainer(value)) return ` ${atomOf(value)}`;
  const inner = isList(value) ? pad : `${pad}  `;
  const lines = linesOf(value, inner);
  return lines === '[]' || lines === '{}' ? ` ${lines}` : inner + lines;
}

function itemOf(item: Json, pad: string): string {
  if (typeof item === 'string') return stringOf(item, pad);
  return isContainer(item) ? linesOf(item, `${pad}  `) : atomOf(item);
}

function atomOf(value: number | boolean | null): string {
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new Error(`a manifest cannot hold a value of type ${typeof value}`);
}

const isContainer = (value: Json): value is Exclude<Json, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;

const isList = (container: Container): container is readonly Json[] => Array.isArray(container);

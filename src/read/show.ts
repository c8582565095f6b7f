import type { JsonSchema } from '../model/provider.ts';

const PLAIN = /^[A-Za-z/][-\w./:@]*$/;
const NOT_TEXT = /^(?:true|false|null|~|yes|no|on|off|y|n)$/i;

/** A value as one writes it in YAML, on one line. */
export function show(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !NOT_TEXT.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${show(key)}: ${show(item)}`)
    .join(', ')} }`;
}

/** An example of what a schema wants, as one writes it; empty where the schema gives none. */
export function exampleOf(schema: JsonSchema): string {
  const { examples, default: absent, enum: words } = schema;
  const [first] = Array.isArray(examples) ? examples : [];
  const example = first ?? absent;
  return example === undefined ? textsOf(words).join(' | ') : show(example);
}

/** Texts of a value that should be a list of texts. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

/** Names of the fields that a schema of an object knows. */
export function fieldsOf(schema: JsonSchema): readonly string[] {
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

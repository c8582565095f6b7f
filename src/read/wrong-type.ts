import type { Finding } from '../diagnostics/finding.ts';
import { quote } from '../diagnostics/wording.ts';
import { secretName } from '../model/secret-shapes.ts';
import { durationMeant } from './meant.ts';
import type { Mistake } from './mistakes.ts';
import { wordsOf } from './pointer.ts';
import { PATTERNS } from './schema/patterns.ts';
import { wrongType } from './schema-messages.ts';
import { exampleOf, show, textsOf } from './show.ts';

const TYPES: { readonly [type: string]: string } = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys and values',
  array: 'a list',
};

/** A value of another kind than the field wants: what it is, what is wanted and how that is written. */
export function wrongTypeFinding({ path, data, schema, params, required }: Mistake): Finding {
  const types = typeof params['type'] === 'string' ? [params['type']] : textsOf(params['type']);
  const duration = schema['pattern'] === PATTERNS.duration.source;
  const wanted = duration ? 'a length of time' : wordsFor(types);
  const advice = { types, data, example: exampleOf(schema), duration, required };
  const at = { path, on: data === null ? 'key' : 'value' } as const;
  return wrongType(at, {
    where: wordsOf(path),
    found: foundAt(path, data),
    wanted,
    why: whyOf(advice),
    fix: fixOf(advice),
  });
}

/** The value in words; a number that is perhaps a password is not told. */
const foundAt = (path: Mistake['path'], data: unknown): string =>
  typeof data === 'number' && secretName(String(path.at(-1)), String(data)) !== undefined ? 'a number' : kindOf(data);

function kindOf(data: unknown): string {
  if (data === null) return '';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'string') return `the text ${quote(data)}`;
  return typeof data === 'object' ? 'a map' : `the ${typeof data} ${String(data)}`;
}

const wordsFor = (types: readonly string[]): string => types.map(type => TYPES[type] ?? type).join(' or ');

function whyOf({ types, data, duration }: Advice): string {
  if (data === null) return 'A key without a value could mean all or nothing.';
  if (duration && typeof data === 'number') return 'A number alone does not say whether it counts seconds or hours.';
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return 'Unquoted it is no text to YAML, and readers may write it anew: 1.20 becomes 1.2.';
  }
  const numeric = types.includes('integer') || types.includes('number');
  if (numeric && typeof data === 'string') return 'What stands in quotes, or has a unit, is text to YAML.';
  return 'A value of another kind has no meaning here.';
}

interface Advice {
  readonly types: readonly string[];
  readonly data: unknown;
  readonly example: string;
  readonly duration: boolean;
  readonly required: boolean;
}

function fixOf(advice: Advice): string {
  const { types, data, example, required } = advice;
  if (data === null)
    return `Write a value${example === '' ? '' : `, such as ${example}`}${required ? '' : ', or delete the key'}.`;
  const simple = typeof data === 'string' ? fixOfText(data, types) : fixOfPlain(advice);
  if (simple !== undefined) return simple;
  if (types.includes('array')) return `Write a list, each entry after a dash${like(example)}.`;
  return example === '' ? `Write ${wordsFor(types)}.` : `Write it like ${example}.`;
}

function fixOfText(data: string, types: readonly string[]): string | undefined {
  const word = data.trim().toLowerCase();
  if (types.includes('number') || types.includes('integer')) {
    const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(word);
    if (percent) return `Write ${percent[1]}: the unit is percent already.`;
    if (/^-?\d+(?:\.\d+)?$/.test(word)) return `Write ${word} without quotes.`;
  }
  if (types.includes('boolean')) {
    if (['true', 'yes', 'on', 'y'].includes(word)) return `Write true: YAML 1.2 reads ${quote(data)} as text.`;
    if (['false', 'no', 'off', 'n'].includes(word)) return `Write false: YAML 1.2 reads ${quote(data)} as text.`;
  }
  return types.includes('array') ? `Write a list: [${show(data)}].` : undefined;
}

function fixOfPlain({ types, data, duration }: Advice): string | undefined {
  if (typeof data !== 'number' && typeof data !== 'boolean') return undefined;
  if (types.includes('string')) {
    const meant = duration ? durationMeant(String(data)) : '';
    return meant === '' ? 'Put quotes around it.' : `Write ${meant}: a length of time has a unit.`;
  }
  if (types.includes('integer') && typeof data === 'number') return `Write ${Math.round(data)}.`;
  return types.includes('array') ? `Write a list: [${show(data)}].` : undefined;
}

const like = (example: string): string => (example === '' ? '' : `, or in brackets like ${example}`);

import type { JsonSchema } from '../model/provider.ts';
import { PATTERNS, type TextPattern } from '../read/schema/patterns.ts';
import { show } from '../read/show.ts';
import { childrenOf, type Field, isEntry, listIn, objectIn } from './field.ts';

/** What is known of a field, in words; each is absent where there is nothing to say. */
export interface Facts {
  /** `duration (string)`, `list of integer`, `map of version (object)`. */
  readonly type: string;
  /** The only words that are allowed, as one writes them. */
  readonly words: readonly string[];
  /** Bounds, units, and how a text is written: one sentence part each. */
  readonly bounds: readonly string[];
  readonly default?: string;
  readonly example?: string;
  /** What must hold for each entry of a list or a map. */
  readonly each?: string;
  readonly description: string;
}

/** Reads the facts of a field from its schema. */
export function factsOf(root: JsonSchema, field: Field): Facts {
  const { schema } = field;
  const { default: absent, description } = schema;
  const [example] = listIn(schema, 'examples');
  const each = limitsOf(childrenOf(root, field).find(isEntry)?.schema ?? {});
  return {
    type: typeOf(root, field),
    words: wordsOf(schema).map(show),
    bounds: boundsOf(schema),
    ...(absent === undefined ? {} : { default: show(absent) }),
    // a default shows well enough how a value is written
    ...(example === undefined || absent !== undefined ? {} : { example: show(example) }),
    ...(each === '' ? {} : { each }),
    description: typeof description === 'string' ? description : '',
  };
}

const limitsOf = (schema: JsonSchema): string =>
  [...(wordsOf(schema).length === 0 ? [] : [wordsOf(schema).map(show).join(', ')]), ...boundsOf(schema)].join('; ');

/** `yes`, `no`, or what may stand in its place. */
export const requiredWords = ({ required }: Field): string =>
  typeof required === 'string' ? required : `yes, unless ${required.unless.join(' or ')} is written`;

function typeOf(root: JsonSchema, { schema, definition, ...field }: Field): string {
  const types = [schema['type']].flat().filter(type => typeof type === 'string');
  const entry = childrenOf(root, { schema, ...field }).find(isEntry);
  const inner = entry === undefined ? '' : ` of ${typeOf(root, entry)}`;
  const words = types.map(type => (inner === '' ? type : (CONTAINERS[type]?.concat(inner) ?? type))).join(' or ');
  // a definition of one field says nothing that its own name does not
  return definition === undefined || definition.includes('.') || definition === words
    ? words
    : `${definition} (${words})`;
}

const CONTAINERS: { readonly [type: string]: string } = { array: 'list', object: 'map' };

/** A choice between words and an object states its words for texts only. */
function wordsOf(schema: JsonSchema): readonly unknown[] {
  const words = listIn(schema, 'enum');
  return words.length > 0 ? words : listIn(objectIn(schema, 'then'), 'enum');
}

function boundsOf(schema: JsonSchema): readonly string[] {
  const names = objectIn(schema, 'propertyNames');
  return [
    range(schema['minimum'], schema['maximum'], ''),
    writtenWith(schema, 'written with'),
    range(undefined, schema['maxLength'], ' characters'),
    range(schema['minItems'], schema['maxItems'], ' entries'),
    schema['uniqueItems'] === true ? 'no entry twice' : '',
    fieldCount(schema),
    writtenWith(names, 'names written with'),
    range(undefined, names['maxLength'], ' characters in a name'),
  ].filter(text => text !== '');
}

function range(least: unknown, most: unknown, unit: string): string {
  if (typeof least === 'number' && typeof most === 'number') return `${least} to ${most}${unit}`;
  if (typeof least === 'number') return `at least ${least}${unit}`;
  return typeof most === 'number' ? `at most ${most}${unit}` : '';
}

/** Of a map the number of entries; of an object with fields of its own only whether some or one must be there. */
function fieldCount(schema: JsonSchema): string {
  const { minProperties, maxProperties } = schema;
  if (Object.keys(objectIn(schema, 'properties')).length === 0) return range(minProperties, maxProperties, ' entries');
  if (minProperties !== 1) return '';
  return maxProperties === 1 ? 'exactly one of its fields' : 'at least one of its fields';
}

const ALL: readonly TextPattern[] = Object.values(PATTERNS);

/** One pattern may have several meanings with the same words. */
function writtenWith({ pattern }: JsonSchema, lead: string): string {
  const known = ALL.find(({ source }) => source === pattern);
  if (known === undefined) return typeof pattern === 'string' ? `${lead} the pattern ${pattern}` : '';
  return `${lead} ${known.words}`;
}

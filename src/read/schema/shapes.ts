import type { Json } from '../../model/kubernetes.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { TextPattern } from './patterns.ts';

/** What a field says about itself beside its type. */
interface About {
  readonly description: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
}

/** Fields of an object by name. */
export interface Fields {
  readonly [field: string]: JsonSchema;
}

/** A schema for every key of a type of the model, so that none is forgotten. */
export type FieldsOf<T> = { readonly [key in keyof T]-?: JsonSchema };

/** An object with exactly these fields. */
export const record = (fields: Fields, about: About & { readonly required?: readonly string[] }): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: fields,
  ...about,
});

/** An object that has exactly one of these fields. */
export const oneOfFields = (fields: Fields, about: About): JsonSchema => ({
  ...record(fields, about),
  minProperties: 1,
  maxProperties: 1,
});

/** A map whose keys the author chooses. */
export const mapOf = (
  values: JsonSchema,
  about: About & { readonly names: TextPattern; readonly longest: number; readonly max: number; readonly min?: number },
): JsonSchema => {
  const { names, longest, max, min, ...rest } = about;
  return {
    type: 'object',
    propertyNames: { type: 'string', pattern: names.source, maxLength: longest },
    additionalProperties: values,
    maxProperties: max,
    ...(min === undefined ? {} : { minProperties: min }),
    ...rest,
  };
};

/** A list of `min` (absent: 0) to `max` entries. */
export const listOf = (
  items: JsonSchema,
  about: About & { readonly max: number; readonly min?: number; readonly distinct?: true },
): JsonSchema => {
  const { max, min, distinct, ...rest } = about;
  return {
    type: 'array',
    items,
    maxItems: max,
    ...(min === undefined ? {} : { minItems: min }),
    ...(distinct === undefined ? {} : { uniqueItems: true }),
    ...rest,
  };
};

/** A text of at most `longest` characters that is written like the pattern; its example is the pattern's own where none is given. */
export const text = (pattern: TextPattern, longest: number, about: About): JsonSchema => ({
  type: 'string',
  pattern: pattern.source,
  maxLength: longest,
  ...(about.default === undefined ? { examples: [pattern.example] } : {}),
  ...about,
});

/** Any text, several lines included. */
export const prose = (longest: number, about: About): JsonSchema => ({ type: 'string', maxLength: longest, ...about });

/** A whole number within bounds. */
export const integer = (minimum: number, maximum: number, about: About): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum,
  ...about,
});

/** A number within bounds, with decimals or without. */
export const number = (minimum: number, maximum: number, about: About): JsonSchema => ({
  type: 'number',
  minimum,
  maximum,
  ...about,
});

/** One of a few words. */
export const word = (words: readonly string[], about: About): JsonSchema => ({ type: 'string', enum: words, ...about });

/** True, or the key is absent: `false` would say nothing. */
export const onlyTrue = (description: string): JsonSchema => ({
  type: 'boolean',
  enum: [true],
  description,
  examples: [true],
});

/** Points to a definition; the description says what it means in this place. */
export const use = (definition: string, description: string): JsonSchema => ({
  $ref: `#/definitions/${definition}`,
  description,
});

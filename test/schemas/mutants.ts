import type { Json } from '../../src/model/kubernetes.ts';
import type { Sample } from './samples.ts';

/** One mistake in an otherwise sound object. */
export interface Mutant {
  readonly name: string;
  readonly object: Json;
}

type Place = { readonly path: readonly string[]; readonly value: Json };

/** Every object of a sample with a field that its schema does not know. */
export const withUnknownField = ({ object, maps }: Sample): Mutant[] =>
  places(object)
    .filter(({ path, value }) => isRecord(value) && !maps.includes(path.join('.')))
    .map(({ path, value }) => mutant('unknown field in', object, path, { ...record(value), unknownField: 'x' }));

/** Every field of a sample with a letter doubled. */
export const withMisspeltField = ({ object, maps }: Sample): Mutant[] =>
  places(object).flatMap(({ path, value }) =>
    !isRecord(value) || maps.includes(path.join('.'))
      ? []
      : Object.keys(value).map(key => {
          const entries = Object.entries(value).map(([k, v]): [string, Json] => [k === key ? `${k}${k.at(-1)}` : k, v]);
          return mutant(`misspelt ${key} in`, object, path, Object.fromEntries(entries));
        }),
  );

/** Every scalar of a sample turned into an object. */
export const withWrongType = ({ object }: Sample): Mutant[] =>
  places(object)
    .filter(({ value }) => typeof value !== 'object' || value === null)
    .map(({ path }) => mutant('wrong type of', object, path, { wrong: true }));

/** A copy with the value at a path replaced; without a value the key is left out. */
export function replaced(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? replaced(item, rest, by) : item));
  const { [key]: old, ...others } = record(value);
  if (rest.length === 0 && by === undefined) return others;
  return { ...others, [key]: replaced(old ?? {}, rest, by) };
}

const mutant = (what: string, object: Json, path: readonly string[], by: Json): Mutant => ({
  name: `${what} ${path.join('.') || 'the root'}`,
  object: replaced(object, path, by),
});

function places(value: Json, path: readonly string[] = []): Place[] {
  const children = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return [{ path, value }, ...children.flatMap(([key, child]: [string, Json]) => places(child, [...path, key]))];
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const record = (value: Json): { readonly [key: string]: Json } => (isRecord(value) ? value : {});

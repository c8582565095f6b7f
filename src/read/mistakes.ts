import type { Path } from '../diagnostics/finding.ts';
import type { JsonSchema } from '../model/provider.ts';
import { type Pointer, pathOf, pointerOf } from './pointer.ts';
import { schemaAt } from './schema-at.ts';
import { textsOf } from './show.ts';

/** What the compiled validator says about one place; see https://ajv.js.org/api.html#error-objects. */
export interface SchemaError {
  readonly instancePath: Pointer;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** The key that was checked, where keys themselves are. */
  readonly propertyName?: string;
  /** Where in the schema, or in a definition of it, the keyword stands. */
  readonly schemaPath?: string;
}

/** A document, the schema that it should follow, and the places of which nothing is known. */
export interface Judged {
  readonly value: unknown;
  readonly schema: JsonSchema;
  readonly unknown: ReadonlySet<Pointer>;
}

/** One error with what its wording needs. */
export interface Mistake {
  readonly keyword: string;
  /** The value, or the map that holds `key`. */
  readonly path: Path;
  /** Set where the mistake lies in a key of the map. */
  readonly key?: string;
  readonly params: { readonly [name: string]: unknown };
  /** What the schema says about the value; empty where that is not known. */
  readonly schema: JsonSchema;
  /** What the schema says about a field of the value. */
  readonly field: (name: string) => JsonSchema;
  /** The value; for a key its text. */
  readonly data: unknown;
  /** Whether the field is only wanted because of what else the map holds. */
  readonly conditional: boolean;
  /** Whether the value may not be left out. */
  readonly required: boolean;
}

/** More errors than anybody reads; a hostile file can cause tens of thousands. */
const MOST = 1000;

/** Errors that only repeat others: an `if` that led to a branch, a map whose key has an error of its own. */
const WRAPPERS: readonly string[] = ['if', 'propertyNames'];

/** The validator's errors, one group for each place, without repetitions and without what nobody can know. */
export function groupMistakes(errors: readonly SchemaError[], judged: Judged): readonly (readonly Mistake[])[] {
  const groups = new Map<string, Mistake[]>();
  for (const error of errors.slice(0, MOST)) {
    if (isRepetition(error) || isOfUnknown(error, judged.unknown)) continue;
    const place = `${error.instancePath} ${error.propertyName ?? ''}`;
    const group = groups.get(place) ?? [];
    group.push(mistakeOf(error, judged));
    groups.set(place, group);
  }
  return [...groups.values()];
}

function isRepetition({ keyword, instancePath, schemaPath }: SchemaError): boolean {
  const saidByIdentity = keyword === 'enum' && (instancePath === '/apiVersion' || instancePath === '/kind');
  return WRAPPERS.includes(keyword) || saidByIdentity || /\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath ?? '');
}

/** Nobody can say what is wrong with an alias, what a map lacks that has a merge key, or what a key means that is no text. */
function isOfUnknown(error: SchemaError, unknown: ReadonlySet<Pointer>): boolean {
  if (unknown.size === 0) return false;
  const { keyword, instancePath, params, propertyName } = error;
  const keys = [propertyName, params['missingProperty'], params['additionalProperty']];
  const ofKey = keys.some(key => typeof key === 'string' && unknown.has(`${instancePath}${pointerOf([key])}`));
  return ofKey || (keyword !== 'additionalProperties' && unknown.has(instancePath));
}

function mistakeOf(error: SchemaError, judged: Judged): Mistake {
  const { keyword, schemaPath, instancePath, propertyName, params } = error;
  const { path, data } = pathOf(instancePath, judged.value);
  return {
    keyword,
    path,
    ...(propertyName === undefined ? {} : { key: propertyName }),
    params,
    schema: schemaAt(judged.schema, path),
    field: name => schemaAt(judged.schema, [...path, name]),
    data: propertyName ?? data,
    required: textsOf(schemaAt(judged.schema, path.slice(0, -1))['required']).includes(String(path.at(-1))),
    conditional: /\/(?:then|else)\//.test(schemaPath ?? ''),
  };
}

import type { JsonSchema } from '../model/provider.ts';

/** One field of the language; for what is below it see `fieldsOf`. */
export interface Field {
  /** From the top: `spec.versions.*.env`, where `*` is a name that the author chooses; `spec.steps[].name`. Empty: the file. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** What the field says about itself, then what its definition says. */
  readonly schema: JsonSchema;
  /** The path inside the schema that the field refers to, such as `workload` or `workload.image`; absent: it stands alone. */
  readonly definition?: string;
  readonly required: Required;
}

/** Whether a field must be written; `unless` names the fields that stand in its place. */
export type Required = 'yes' | 'no' | { readonly unless: readonly string[] };

/** The whole file as a field. */
export const topOf = (schema: JsonSchema): Field => ({ path: '', name: '', schema, required: 'yes' });

/** The fields of an object; of a map or a list its one kind of entry, called `*` or `[]`. Nothing where there are none. */
export function childrenOf(root: JsonSchema, parent: Field): readonly Field[] {
  const { schema, path } = parent;
  const named = Object.entries(objectIn(schema, 'properties')).map(([name, child]) => ({
    ...resolved(root, asObject(child)),
    path: path === '' ? name : `${path}.${name}`,
    name,
    required: requiredOf(schema, name),
  }));
  const entry = entryOf(schema);
  if (entry === undefined) return named;
  const { name, child } = entry;
  const field = {
    ...resolved(root, child),
    path: `${path}${name === '*' ? '.*' : name}`,
    name,
    required: 'no' as const,
  };
  return [...named, field];
}

/** The fields that a person writes below a field: those of the entries, where it is a map or a list. */
export function fieldsOf(root: JsonSchema, parent: Field): readonly Field[] {
  const children = childrenOf(root, parent);
  const [only] = children;
  return children.length === 1 && only !== undefined && isEntry(only) ? fieldsOf(root, only) : children;
}

/** Whether a field is the entry of a map or a list. */
export const isEntry = ({ name }: Field): boolean => name === '*' || name === '[]';

/** Every field below, each before those below it; none is entered again inside of itself. */
export function allBelow(root: JsonSchema, parent: Field, within: readonly string[] = []): readonly Field[] {
  const { definition } = parent;
  if (definition !== undefined && within.includes(definition)) return [];
  const inside = definition === undefined ? within : [...within, definition];
  return childrenOf(root, parent).flatMap(child => [child, ...allBelow(root, child, inside)]);
}

function entryOf(schema: JsonSchema): { readonly name: '*' | '[]'; readonly child: JsonSchema } | undefined {
  if (isObject(schema['items'])) return { name: '[]', child: schema['items'] };
  if (isObject(schema['additionalProperties'])) return { name: '*', child: schema['additionalProperties'] };
  return undefined;
}

/** A schema of ours asks for fields always, or (`if` … `else`) unless one of a few others is there. */
function requiredOf(schema: JsonSchema, name: string): Required {
  if (listIn(schema, 'required').includes(name)) return 'yes';
  if (!listIn(objectIn(schema, 'else'), 'required').includes(name)) return 'no';
  const choices = objectIn(schema, 'if')['anyOf'];
  const others = Array.isArray(choices) ? choices.flatMap(choice => listIn(asObject(choice), 'required')) : [];
  return { unless: others.filter(other => typeof other === 'string') };
}

/** Follows references; what a field says about itself counts before what its definition says. */
function resolved(root: JsonSchema, schema: JsonSchema): Pick<Field, 'schema' | 'definition'> {
  const { $ref: reference, ...own } = schema;
  if (typeof reference !== 'string') return { schema };
  const steps = reference.split('/').slice(1);
  const target = resolved(root, steps.reduce<JsonSchema>(objectIn, root));
  const definition = steps.filter(step => step !== 'definitions' && step !== 'properties').join('.');
  return { schema: { ...target.schema, ...own }, definition };
}

export const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown): JsonSchema => (isObject(value) ? value : {});

/** The schema under a keyword; empty where there is none. */
export const objectIn = (schema: JsonSchema, key: string): JsonSchema =>
  asObject(Object.hasOwn(schema, key) ? schema[key] : undefined);

/** The list under a keyword; empty where there is none. */
export const listIn = (schema: JsonSchema, key: string): readonly unknown[] => {
  const value = schema[key];
  return Array.isArray(value) ? value : [];
};

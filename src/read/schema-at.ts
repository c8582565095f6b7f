import type { Path } from '../diagnostics/finding.ts';
import type { JsonSchema } from '../model/provider.ts';
import { unescaped } from './pointer.ts';

/**
 * The schema of the value at a path. Our schema has one for each place, because a field's schema never depends on
 * another field; what a field says about itself counts before what its definition says. Empty where nothing is known.
 */
export function schemaAt(root: JsonSchema, path: Path): JsonSchema {
  let schema = root;
  for (const step of path) schema = resolved(root, childOf(schema, step));
  return schema;
}

function childOf(schema: JsonSchema, step: string | number): JsonSchema {
  if (typeof step === 'number') return objectIn(schema, 'items');
  const named = objectIn(objectIn(schema, 'properties'), step);
  return Object.keys(named).length > 0 ? named : objectIn(schema, 'additionalProperties');
}

function resolved(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const { $ref: reference, ...own } = schema;
  if (typeof reference !== 'string') return schema;
  const steps = reference.split('/').slice(1).map(unescaped);
  return { ...resolved(root, steps.reduce(objectIn, root)), ...own };
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key of its own; empty where there is none. */
function objectIn(schema: JsonSchema, key: string): JsonSchema {
  const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
  return isObject(value) ? value : {};
}

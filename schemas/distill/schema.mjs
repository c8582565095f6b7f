/**
 * A node of a JSON Schema (draft-07), open to any keyword.
 * @typedef {{ [keyword: string]: any }} Schema
 */

/** An object that takes the given keys and no other. @param {{ [key: string]: Schema }} properties @param {string[]} required @returns {Schema} */
export const closed = (properties, required = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required: [...required].sort() }),
  additionalProperties: false,
});

/** An object with keys of the author's own. @param {Schema} values @returns {Schema} */
export const mapOf = values => ({ type: 'object', additionalProperties: values });

/** @param {string} name @returns {Schema} */
export const reference = name => ({ $ref: `#/definitions/${name}` });

/** Whether any of the places refers to a definition. @param {string} name @param {...unknown} places */
export const mentions = (name, ...places) => JSON.stringify(places).includes(JSON.stringify(reference(name).$ref));

/**
 * The schema of a whole kind: its header, and the fields that are left below it.
 * @param {{ apiVersion: string, kind: string, source: string, fields: { [key: string]: Schema }, definitions: { [name: string]: Schema } }} parts
 * @returns {Schema}
 */
export const kindSchema = ({ apiVersion, kind, source, fields, definitions }) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $comment: `Structural facts of ${source}`,
  ...closed(
    { apiVersion: { const: apiVersion }, kind: { const: kind }, ...fields, metadata: reference('ObjectMeta') },
    ['apiVersion', 'kind', 'metadata', ...('spec' in fields ? ['spec'] : [])],
  ),
  definitions,
});

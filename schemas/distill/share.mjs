import { sorted } from './print.mjs';
import { reference } from './schema.mjs';

/** @typedef {import('./schema.mjs').Schema} Schema */

/** Characters of JSON below which a repeated schema is not worth a name. */
const WORTH = 150;

/**
 * Moves schemas that occur more than once into `definitions`, the largest first, named by the key they first stand under.
 * @param {{ [key: string]: Schema }} fields
 * @returns {{ fields: { [key: string]: Schema }, definitions: { [name: string]: Schema } }}
 */
export function share(fields) {
  const root = { properties: sorted(fields) };
  /** @type {{ [name: string]: Schema }} */
  const definitions = {};
  for (let found = largestRepeated([root, ...Object.values(definitions)]); found; ) {
    const name = freeName(found.name, definitions);
    const body = JSON.parse(found.text);
    for (const place of found.places) place.holder[place.key] = reference(name);
    definitions[name] = body;
    found = largestRepeated([root, ...Object.values(definitions)]);
  }
  return { fields: root.properties, definitions };
}

/** @param {Schema[]} roots */
function largestRepeated(roots) {
  /** @type {Map<string, { name: string, text: string, places: { holder: any, key: string | number }[] }>} */
  const seen = new Map();
  for (const root of roots) {
    visit(root, '', (schema, name, holder, key) => {
      const text = JSON.stringify(schema);
      if (text.length < WORTH) return;
      const entry = seen.get(text) ?? { name, text, places: [] };
      entry.places.push({ holder, key });
      seen.set(text, entry);
    });
  }
  const repeated = [...seen.values()].filter(entry => entry.places.length > 1);
  return repeated.sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1))[0];
}

/**
 * Calls back for every schema below another one.
 * @param {Schema} schema @param {string} name
 * @param {(schema: Schema, name: string, holder: any, key: string | number) => void} found
 */
function visit(schema, name, found) {
  const children = [
    ...Object.keys(schema.properties ?? {}).map(key => ({ holder: schema.properties, key, name: key })),
    ...['items', 'additionalProperties']
      .filter(key => schema[key] !== null && typeof schema[key] === 'object')
      .map(key => ({ holder: schema, key, name })),
  ];
  for (const child of children) {
    found(child.holder[child.key], child.name, child.holder, child.key);
    visit(child.holder[child.key], child.name, found);
  }
}

/** @param {string} key @param {{ [name: string]: Schema }} taken */
function freeName(key, taken) {
  const name = key.charAt(0).toUpperCase() + key.slice(1);
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}${number}`;
    if (!(free in taken)) return free;
  }
}

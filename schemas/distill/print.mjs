/** Columns after which a list or an object is broken into lines. */
const WIDTH = 110;

/** JSON with sorted keys: a change shows as few lines, and short things stay on one. @param {unknown} value */
export const print = value => `${lines(sorted(value), 0, 0)}\n`;

/** The same data with the keys of every object in order. @param {any} value @returns {any} */
export function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sorted(value[key])]),
  );
}

/** @param {any} value @param {number} indent @param {number} used columns that stand before the value in its line @returns {string} */
function lines(value, indent, used) {
  const flat = oneLine(value);
  if (flat.length + used <= WIDTH || value === null || typeof value !== 'object') return flat;
  const inner = indent + 2;
  const pad = ' '.repeat(inner);
  const items = Array.isArray(value)
    ? value.map(item => pad + lines(item, inner, inner))
    : Object.entries(value).map(([key, item]) => {
        const lead = `${pad}${JSON.stringify(key)}: `;
        return lead + lines(item, inner, lead.length + 1);
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

/** @param {any} value @returns {string} */
function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** An object of a file that we did not write: any key may be missing or hold anything. */
export type Foreign = { readonly [key: string]: unknown };

/** A value as an object; empty where it is none. */
export const objectOf = (value: unknown): Foreign =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Foreign) : {};

/** The value under a key of the object's own. */
export const valueIn = (object: Foreign, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** The object under a key; empty where there is none. */
export const objectIn = (object: Foreign, key: string): Foreign => objectOf(valueIn(object, key));

/** The list under a key; empty where there is none. */
export const listIn = (object: Foreign, key: string): readonly unknown[] => {
  const value = valueIn(object, key);
  return Array.isArray(value) ? value : [];
};

/** The text under a key; absent where there is none. */
export const textIn = (object: Foreign, key: string): string | undefined => {
  const value = valueIn(object, key);
  return typeof value === 'string' ? value : undefined;
};

/** The number under a key; absent where there is none. */
export const numberIn = (object: Foreign, key: string): number | undefined => {
  const value = valueIn(object, key);
  return typeof value === 'number' ? value : undefined;
};

/** Keys that hold something. */
export const keysOf = (object: Foreign): readonly string[] =>
  Object.keys(object).filter(key => object[key] !== undefined && object[key] !== null);

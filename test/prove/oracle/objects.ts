/** Any plain value: the oracle believes nothing that the compiler knows about an object. */
export type Tree = unknown;

type Fields = { readonly [key: string]: Tree };

export const fields = (tree: Tree): Fields =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree) ? (tree as Fields) : {};
export const items = (tree: Tree): readonly Tree[] => (Array.isArray(tree) ? tree : []);
export const at = (tree: Tree, ...path: readonly string[]): Tree => path.reduce((here, key) => fields(here)[key], tree);
export const text = (tree: Tree): string | undefined => (typeof tree === 'string' ? tree : undefined);
export const number = (tree: Tree): number | undefined => (typeof tree === 'number' ? tree : undefined);

/** Labels of an object, or of a selector. */
export type Labels = ReadonlyMap<string, string>;

export const labels = (tree: Tree): Labels =>
  new Map(Object.entries(fields(tree)).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));

export const carries = (own: Labels, asked: Labels): boolean =>
  [...asked].every(([key, value]) => own.get(key) === value);

/** What is read from an object, read once: objects never change. */
export function remembered<T>(read: (object: object) => T): (object: object) => T {
  const known = new WeakMap<object, T>();
  return object => {
    const found = known.get(object);
    if (found !== undefined) return found;
    const made = read(object);
    known.set(object, made);
    return made;
  };
}

/** The name of an object: what the store keeps it under. */
export const identity = remembered((object: Tree): string => {
  const version = text(at(object, 'apiVersion')) ?? '';
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  return [group, ...[['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map(path => at(object, ...path))].join(
    '/',
  );
});

export const namespace = (object: Tree): string => text(at(object, 'metadata', 'namespace')) ?? '';

/** Group and kind. */
export const kind = remembered((object: object): string => identity(object).split('/').slice(0, 2).join('/'));

/** What a Map and a WeakMap have in common. */
interface Lookup<K, V> {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => unknown;
}

/** The value of a key, made and remembered where there is none yet. */
export function entry<K, V>(map: Lookup<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  map.set(key, fresh);
  return fresh;
}

/**
 * Makes each thing once by its key and freezes it, so that states which do not differ share one object and everything
 * behind may compare by identity. The key must name everything that the thing is made from.
 */
export function memo<T extends object>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => entry(made, key, () => freeze(make()));
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value))
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) freeze(part);
  return Object.freeze(value);
}

/** An entry of a map whose keys others chose: what every object inherits, such as `constructor`, is none. */
export const ownEntry = <V>(map: { readonly [key: string]: V } | undefined, key: string): V | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

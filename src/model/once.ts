/**
 * Makes each thing once by its key and freezes it, so that states which do not differ share one object and everything
 * behind may compare by identity. The key must name everything that the thing is made from.
 */
export function memo<T extends object>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = freeze(make());
    made.set(key, fresh);
    return fresh;
  };
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value))
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) freeze(part);
  return Object.freeze(value);
}

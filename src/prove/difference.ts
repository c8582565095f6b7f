import { naturally } from '../model/order.ts';

/** The first place where two meanings differ, with what stands there on either side. */
export interface Difference {
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
}

/** Compares plain data; the order of keys does not count, a key that is undefined is as good as absent. */
export function firstDifference(wanted: unknown, found: unknown, path = ''): Difference | undefined {
  if (Object.is(wanted, found)) return undefined;
  if (!isTree(wanted) || !isTree(found) || Array.isArray(wanted) !== Array.isArray(found)) {
    return { path, wanted: show(wanted), found: show(found) };
  }
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  for (const key of keys) {
    const difference = firstDifference(wanted[key], found[key], path === '' ? key : `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const isTree = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** A copy of a list in the natural order of a name in each entry. */
export const sortedBy = <T>(list: readonly T[], name: (entry: T) => string): readonly T[] =>
  list.length < 2 ? list : [...list].sort((a, b) => naturally(name(a), name(b)));

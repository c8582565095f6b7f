import fc from 'fast-check';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Inert } from '../../src/model/provider.ts';

/** A scalar of one of several objects. */
export interface Leaf {
  readonly index: number;
  readonly path: readonly string[];
  readonly value: Json;
}

export const isMapping = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every scalar of every object. */
export const leavesOf = (objects: readonly KubeObject[]): readonly Leaf[] =>
  objects.flatMap((object, index) => scalars(object).map(leaf => ({ ...leaf, index })));

function scalars(value: Json, path: readonly string[] = []): { path: readonly string[]; value: Json }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]: [string, Json]) => scalars(child, [...path, key]));
}

/** The objects with one leaf replaced; they may be no objects of Kubernetes any more. */
export const withLeaf = (objects: readonly KubeObject[], { index, path }: Leaf, by: Json): readonly KubeObject[] =>
  objects.map((object, i): KubeObject => (i === index ? asObject(replaced(object, path, by)) : object));

// The readers promise to survive objects whose fields are anything at all.
const asObject = (value: Json): KubeObject => JSON.parse(JSON.stringify(value));

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? replaced(item, rest, by) : item));
  return isMapping(value) ? { ...value, [key]: replaced(value[key] ?? null, rest, by) } : by;
}

/** Values of the same type that differ, such as a slip of the hand would give. */
export function slips(value: Json): readonly Json[] {
  if (typeof value === 'string') return [`${value}x`, `x${value}`, ''];
  if (typeof value === 'number') return [value + 1, value + 7, 0].filter(other => other !== value);
  return typeof value === 'boolean' ? [!value] : ['x'];
}

/** Whether a list of inert leaves names this one. */
export const isInert = (inert: readonly Inert[], kind: string, path: readonly string[]): boolean =>
  inert.some(entry => {
    const [of, pattern] = entry.path.split(' ');
    if (of !== kind || pattern === undefined) return false;
    const steps = pattern.split('.');
    const open = steps.at(-1) === '**';
    if (open ? path.length < steps.length : path.length !== steps.length) return false;
    return steps.every((step, i) => (open && i === steps.length - 1) || step === '*' || step === path[i]);
  });

/** Objects with a few leaves replaced by anything, some left out, in any order. */
export const garbled = (objects: readonly KubeObject[]): fc.Arbitrary<readonly KubeObject[]> => {
  const anything = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));
  const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(anything, oddities)), { minLength: 1, maxLength: 4 });
  const edited = edits.map(list =>
    list.reduce((now, [pick, by]) => {
      const branches = branchesOf(now);
      return withLeaf(now, branches[pick % branches.length]!, by);
    }, objects),
  );
  return edited.chain(list => fc.shuffledSubarray([...list]));
};

const oddities: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { toString: null, valueOf: 1 },
  JSON.parse('{"__proto__": {"host": "x"}}'),
  ['constructor'],
  'constructor',
  '__proto__',
  -1,
  1e308,
  0.5,
);

/** Every place, scalar or not. */
function branchesOf(objects: readonly KubeObject[]): readonly Leaf[] {
  const all = (value: Json, path: readonly string[]): { path: readonly string[]; value: Json }[] => [
    { path, value },
    ...(typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]: [string, Json]) => all(child, [...path, key]))
      : []),
  ];
  return objects.flatMap((object, index) => all(object, []).map(place => ({ ...place, index })));
}

/** Every way of leaving objects out, the full set and the empty one too. */
export const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, i) => ((bits >> i) & 1) === 1));

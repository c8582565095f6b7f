import type { Json } from './model/kubernetes.ts';
import { secretName, secretValue } from './model/secret-shapes.ts';

/** A value that differs; absent `before`: it was added, absent `after`: it was removed. Hidden: a secret, whose values are never given. */
export interface LeafChange {
  /** As kubectl writes it, entries of lists by their name where they have one: `spec.containers[app].image`. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly hidden?: true;
}

/** A value of either side; undefined: there is none. */
type Value = Json | undefined;

interface Map {
  readonly [key: string]: Json;
}

/** Every leaf that differs, in the order of the after side; a branch that only one side has, and a list of scalars, is one change. */
export function leafChanges(before: Value, after: Value, path = ''): readonly LeafChange[] {
  if (before === undefined && after === undefined) return [];
  if (isMap(before) && isMap(after)) return mapChanges(before, after, path);
  if (isList(before) && isList(after)) return listChanges(before, after, path);
  return isEqual(before, after) ? [] : [changeOf(path, before, after)];
}

const changeOf = (path: string, before: Value, after: Value): LeafChange => {
  const isSecret = [before, after].some(holdsSecret);
  if (isSecret) return { path, hidden: true };
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
};

/** What a person would not want to see in a log, wherever it stands within a value. */
function holdsSecret(value: Value): boolean {
  if (typeof value === 'string') return secretValue(value) !== undefined;
  if (isList(value)) return value.some(holdsSecret);
  return isMap(value) && (isSecretVariable(value) || Object.values(value).some(holdsSecret));
}

/** A variable of a container whose name says that its value is a secret. */
const isSecretVariable = ({ name, value }: Map): boolean =>
  typeof name === 'string' && typeof value === 'string' && secretName(name, value) !== undefined;

function mapChanges(before: Map, after: Map, path: string): readonly LeafChange[] {
  const keys = [...Object.keys(after), ...Object.keys(before).filter(key => own(after, key) === undefined)];
  const changes = keys.flatMap(key => leafChanges(own(before, key), own(after, key), join(path, key)));
  // The name of the variable stands beside the value.
  return [before, after].some(isSecretVariable) ? changes.map(({ path: at }) => ({ path: at, hidden: true })) : changes;
}

function listChanges(before: readonly Json[], after: readonly Json[], path: string): readonly LeafChange[] {
  // Short texts, such as hosts or arguments, are read whole or not at all.
  if ([...before, ...after].every(isScalar)) return isEqual(before, after) ? [] : [changeOf(path, before, after)];
  const [old, now] = [byName(before), byName(after)];
  if (old === undefined || now === undefined) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, i) => leafChanges(before[i], after[i], `${path}[${i}]`)).flat();
  }
  const names = [...now.keys(), ...[...old.keys()].filter(name => !now.has(name))];
  const changes = names.flatMap(name => leafChanges(old.get(name), now.get(name), `${path}[${name}]`));
  const [was, is] = [[...old.keys()].filter(name => now.has(name)), [...now.keys()].filter(name => old.has(name))];
  return was.every((name, i) => name === is[i])
    ? changes
    : [...changes, { path: `${path} (order)`, before: was.join(', '), after: is.join(', ') }];
}

/** Entries by their name; undefined where one has none or two have the same. */
function byName(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const named = new Map<string, Json>();
  for (const item of list) {
    const name = isMap(item) ? own(item, 'name') : undefined;
    if (typeof name !== 'string' || named.has(name)) return undefined;
    named.set(name, item);
  }
  return named;
}

/** Whether two values are the same data; the order of keys does not count. */
export function isEqual(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}

const own = (map: Map, key: string): Value => (Object.hasOwn(map, key) ? map[key] : undefined);

const isMap = (value: Value): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: Json): boolean => typeof value !== 'object' || value === null;

const isList = (value: Value): value is readonly Json[] => Array.isArray(value);

/** Keys with dots are written as kubectl's JSONPath takes them. */
const join = (path: string, key: string): string =>
  /[.[\]\s]/.test(key) || key === '' ? `${path}['${key}']` : path === '' ? key : `${path}.${key}`;

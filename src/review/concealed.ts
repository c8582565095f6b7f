import { isEqual } from '../leaves.ts';
import type { Json, KubeObject } from '../model/kubernetes.ts';
import { secretName, secretValue } from '../model/secret-shapes.ts';
import { isSecret } from './objects-difference.ts';

const HIDDEN = 'hidden';

/** Parts of a Secret that hold what nobody may see; annotations may repeat it. */
const KEPT = ['data', 'stringData'] as const;

/**
 * An object as it may be printed: nothing that a Secret keeps, no value that looks like a secret. Where such a value is not
 * that of `before`, the same object as it was, its stand-in says so; absent: nothing is known of it.
 */
export function concealed(object: KubeObject, before?: KubeObject): KubeObject {
  if (!isSecret(object)) return cover(object as Json, before as Json | undefined) as unknown as KubeObject;
  const parts = KEPT.flatMap(key => {
    const part = object[key];
    return part === undefined ? [] : [[key, coverAll(part, before?.[key])] as const];
  });
  const { annotations } = object.metadata;
  const marks = annotations === undefined ? {} : { annotations: coverAll(annotations, before?.metadata.annotations) };
  return {
    ...object,
    metadata: { ...object.metadata, ...marks },
    ...Object.fromEntries(parts),
  } as unknown as KubeObject;
}

const standIn = (value: Json, other: Json | undefined): string =>
  other === undefined || isEqual(value, other) ? HIDDEN : `${HIDDEN}, another than before`;

const coverAll = (part: Json, other: Json | undefined): Json =>
  isMap(part)
    ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, standIn(value, ownIn(other, key))]))
    : standIn(part, other);

function cover(value: Json, other: Json | undefined): Json {
  if (typeof value === 'string') return secretValue(value) === undefined ? value : standIn(value, other);
  if (Array.isArray(value)) {
    const items = Array.isArray(other) ? (other as readonly Json[]) : [];
    return value.map((item: Json, i) => cover(item, items[i]));
  }
  if (!isMap(value)) return value;
  const { name, value: text } = value;
  const isVariable = typeof name === 'string' && typeof text === 'string' && secretName(name, text) !== undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      isVariable && key === 'value' ? standIn(part, ownIn(other, key)) : cover(part, ownIn(other, key)),
    ]),
  );
}

const ownIn = (value: Json | undefined, key: string): Json | undefined =>
  isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

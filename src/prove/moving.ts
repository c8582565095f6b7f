import type { Immutable } from '../model/immutable.ts';
import { groupOf, type KubeObject } from '../model/kubernetes.ts';
import { valueAt } from '../model/template.ts';
import type { Linked } from './crossing.ts';
import { firstDifference } from './difference.ts';

/** The objects of a state, found by their identities. */
export interface IndexedState {
  readonly objects: readonly Linked[];
  readonly byIdentity: ReadonlyMap<string, Linked>;
}

/** Finds the objects of a state by their identities. */
export const indexState = (objects: readonly Linked[]): IndexedState => ({
  objects,
  byIdentity: new Map(objects.map(one => [one.identity, one])),
});

/** An object that is not the same in two states; absent: the state does not hold it. */
export interface Moving {
  readonly identity: string;
  readonly one?: Linked;
  readonly other?: Linked;
}

/** Objects that are not the same in two states. */
export function movingBetween(a: IndexedState, b: IndexedState): readonly Moving[] {
  if (a === b) return [];
  const moving: Moving[] = [];
  for (const one of a.objects) {
    const other = b.byIdentity.get(one.identity);
    if (other === undefined) moving.push({ identity: one.identity, one });
    else if (other !== one) moving.push({ identity: one.identity, one, other });
  }
  for (const other of b.objects)
    if (!a.byIdentity.has(other.identity)) moving.push({ identity: other.identity, other });
  return moving;
}

/** Kinds on which neither requests nor the start of pods depend. */
const ASIDE = /^(?:policy\/PodDisruptionBudget|networking\.k8s\.io\/NetworkPolicy|rbac\.authorization\.k8s\.io\/\w+)\//;

/** Whether requests, or the start of pods, may depend on it; told by its kind, so that it need not be read. */
export const matters = ({ identity }: Moving): boolean => !ASIDE.test(identity);

/** Fields of an object that the cluster would refuse to change so. */
export function refusedFields(before: KubeObject, after: KubeObject, fields: ImmutableByKind): readonly Immutable[] {
  const own = fields.get(`${groupOf(after)}/${after.kind}`);
  if (own === undefined) return [];
  return own.filter(
    ({ path, unless, where }) =>
      // The name of a template tells sooner than all of it.
      (unless === undefined || (valueAt(after, ...unless) !== undefined && same(before, after, unless))) &&
      !same(before, after, path) &&
      (where === undefined || valueAt(before, ...where) === true),
  );
}

/** Fields that cannot change, by group and kind. */
export type ImmutableByKind = ReadonlyMap<string, readonly Immutable[]>;

/** Sorts fields by the kind that has them. */
export const byKind = (fields: readonly Immutable[]): ImmutableByKind =>
  new Map(
    [...new Set(fields.map(({ kind }) => kind))].map(kind => [kind, fields.filter(field => field.kind === kind)]),
  );

const same = (a: KubeObject, b: KubeObject, path: readonly string[]): boolean =>
  firstDifference(valueAt(a, ...path), valueAt(b, ...path)) === undefined;

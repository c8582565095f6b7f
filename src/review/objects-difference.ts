import { type LeafChange, leafChanges } from '../leaves.ts';
import { identityOf, type Json, type KubeObject } from '../model/kubernetes.ts';
import { naturally } from '../model/order.ts';
import { keepsPods, TOLD_OF_PODS } from './pods-difference.ts';

/** What happens to one object, beside what is told of its pods. */
export interface ObjectChange {
  /** `VirtualService/reviews` */
  readonly object: string;
  readonly change: 'created' | 'updated' | 'deleted';
  /** Where an updated object differs; empty for the others. */
  readonly leaves: readonly LeafChange[];
}

/** Compares objects by identity; keepers of pods are created and deleted with their pods, and not told here again. */
export function objectsDifference(
  before: ReadonlyMap<string, KubeObject>,
  after: ReadonlyMap<string, KubeObject>,
): readonly ObjectChange[] {
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap(identity => {
    const change = changeOf(before.get(identity), after.get(identity));
    return change === undefined ? [] : [change];
  });
  return changes.sort((a, b) => naturally(a.object, b.object));
}

function changeOf(before: KubeObject | undefined, after: KubeObject | undefined): ObjectChange | undefined {
  const known = after ?? before;
  if (known === undefined || before === after) return undefined;
  const object = `${known.kind}/${known.metadata.name}`;
  const isKeeper = keepsPods(before) || keepsPods(after);
  if (before === undefined || after === undefined) {
    const change = before === undefined ? 'created' : 'deleted';
    return isKeeper ? undefined : { object, change, leaves: [] };
  }
  const leaves = objectLeaves(before, after).filter(({ path }) => !isKeeper || !isTold(path));
  return leaves.length === 0 ? undefined : { object, change: 'updated', leaves };
}

/** Where two states of one object differ; what a Secret keeps is never given. */
function objectLeaves(before: KubeObject, after: KubeObject): readonly LeafChange[] {
  const leaves = leafChanges(before as Json, after as Json);
  if (!isSecret(before) && !isSecret(after)) return leaves;
  return leaves.map(leaf => (OPEN.some(place => isBelow(leaf.path, place)) ? leaf : { path: leaf.path, hidden: true }));
}

/** Whether an object keeps what nobody may see. */
export const isSecret = (object: KubeObject): boolean => identityOf(object).startsWith('/Secret/');

/** What may be seen of a Secret; annotations may repeat all of it. */
const OPEN = ['apiVersion', 'kind', 'type', 'immutable', 'metadata.labels'];

const isTold = (path: string): boolean => TOLD_OF_PODS.some(place => isBelow(path, place));

const isBelow = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

import { groupOf, type KubeObject } from '../model/kubernetes.ts';
import { entry } from '../model/once.ts';
import type { Crossing, Piece } from './crossing.ts';
import type { Breach } from './reach.ts';

/** Kinds that cannot hold one name side by side, because each of them makes, or selects, what the other one does. */
const RIVALS: readonly { readonly kinds: readonly string[]; readonly why: string }[] = [
  {
    // https://github.com/knative/serving/blob/main/pkg/reconciler/route/resources/service.go
    kinds: ['/Service', 'serving.knative.dev/Service', 'serving.knative.dev/Route'],
    why: 'Knative makes a Service of this name and refuses to take over one that is there, so requests go where the older one leads, or nowhere.',
  },
  {
    kinds: ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'argoproj.io/Rollout'],
    why: 'Both would keep pods of the same name and labels, and while one is deleted and the other made there are none.',
  },
];

/** Every name that belongs to an object of another kind at the end of a crossing than at its start. */
export function rivalsOf({ pieces, states }: Crossing): readonly Breach[] {
  const target = 1 << (states.length - 1);
  const byName = new Map<string, { readonly piece: Piece; readonly object: KubeObject }[]>();
  for (const piece of pieces.values()) {
    const { object } = piece.variants.find(variant => variant.object !== undefined)!;
    if (object === undefined) continue;
    const group = RIVALS.findIndex(({ kinds }) => kinds.includes(kindOf(object)));
    if (group >= 0)
      entry(byName, `${group} ${object.metadata.namespace}/${object.metadata.name}`, () => []).push({ piece, object });
  }
  return [...byName.values()].flatMap(rivals => {
    const arriving = rivals.find(({ piece }) => isNew(piece, target));
    const leaving = rivals.find(other => other !== arriving && !isNew(other.piece, target));
    if (arriving === undefined || leaving === undefined) return [];
    const when = new Map([[arriving.piece.identity, target]]);
    const { why } = RIVALS.find(({ kinds }) => kinds.includes(kindOf(arriving.object)))!;
    const trouble = { kind: 'same-name', from: leaving.piece.identity, to: arriving.piece.identity, why } as const;
    return [{ when, trouble }];
  });
}

/** Whether an object's kind is one of those that cannot share a name. */
export const isRival = (object: KubeObject): boolean => RIVALS.some(({ kinds }) => kinds.includes(kindOf(object)));

const kindOf = (object: KubeObject): string => `${groupOf(object)}/${object.kind}`;

/** Whether a piece comes into being at the end. */
const isNew = ({ variants }: Piece, target: number): boolean =>
  variants.some(({ object, states }) => object !== undefined && states === target);

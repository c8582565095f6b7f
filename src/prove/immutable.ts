import type { Immutable } from '../model/immutable.ts';
import { groupOf, type KubeObject } from '../model/kubernetes.ts';
import { valueAt } from '../model/template.ts';
import { ALWAYS, both } from './condition.ts';
import { allOf, type Crossing, type Piece } from './crossing.ts';
import { firstDifference } from './difference.ts';
import type { Breach } from './reach.ts';

/** Every update of a crossing that the cluster refuses because a field cannot change. */
export function refusalsOf({ pieces, states }: Crossing, fields: readonly Immutable[]): readonly Breach[] {
  const target = 1 << (states.length - 1);
  const starts = allOf(states.length) & ~target;
  return [...pieces.values()].flatMap(piece => {
    const wanted = piece.variants.find(variant => (variant.states & target) !== 0)?.object;
    if (wanted === undefined || piece.variants.length < 2) return [];
    return piece.variants.flatMap(({ object, states: own }) =>
      object === undefined || object === wanted || (own & starts) === 0
        ? []
        : refused(piece, object, wanted, fields, target),
    );
  });
}

function refused(
  { identity }: Piece,
  before: KubeObject,
  after: KubeObject,
  fields: readonly Immutable[],
  target: number,
): readonly Breach[] {
  const kind = `${groupOf(after)}/${after.kind}`;
  const when = both(ALWAYS, identity, target);
  return fields.flatMap(({ kind: of, path, unless, where, why }) => {
    if (of !== kind || when === undefined || same(before, after, path)) return [];
    if (unless !== undefined && !same(before, after, unless)) return [];
    if (where !== undefined && valueAt(before, ...where) !== true) return [];
    return [{ when, trouble: { kind: 'immutable' as const, object: identity, field: path.join('.'), why } }];
  });
}

const same = (a: KubeObject, b: KubeObject, path: readonly string[]): boolean =>
  firstDifference(valueAt(a, ...path), valueAt(b, ...path)) === undefined;

import { allOf, type Crossing, type Piece } from './crossing.ts';
import { type ImmutableByKind, refusedFields } from './moving.ts';
import type { Breach } from './reach.ts';

/** Every update of a crossing that the cluster refuses because a field cannot change. */
export function refusalsOf({ pieces, states }: Crossing, fields: ImmutableByKind): readonly Breach[] {
  const target = 1 << (states.length - 1);
  const starts = allOf(states.length) & ~target;
  return [...pieces.values()].flatMap(piece =>
    piece.variants.length < 2 ? [] : refused(piece, fields, target, starts),
  );
}

function refused(
  { identity, variants }: Piece,
  fields: ImmutableByKind,
  target: number,
  starts: number,
): readonly Breach[] {
  const wanted = variants.find(({ states }) => (states & target) !== 0)?.object;
  const when = new Map([[identity, target]]);
  if (wanted === undefined) return [];
  return variants.flatMap(({ object, states }) =>
    object === undefined || object === wanted || (states & starts) === 0
      ? []
      : refusedFields(object, wanted, fields).map(({ path, why }) => ({
          when,
          from: new Map([[identity, states]]),
          trouble: { kind: 'immutable' as const, object: identity, field: path.join('.'), why },
        })),
  );
}

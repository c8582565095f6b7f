import { entry } from '../model/once.ts';
import { breachesOf } from './any-order.ts';
import type { Crossing } from './crossing.ts';
import { everyOverload } from './every-overload.ts';
import { refusalsOf } from './immutable.ts';
import {
  type ImmutableByKind,
  type IndexedState,
  type Moving,
  matters,
  movingBetween,
  refusedFields,
} from './moving.ts';
import { overloadsOf, type Strengths } from './overload.ts';
import type { Breach } from './reach.ts';
import { isRival, rivalsOf } from './same-name.ts';
import { wiringOf } from './wiring.ts';

/** What a crossing is held against. */
export interface Limits {
  readonly immutable: ImmutableByKind;
  readonly strengths: Strengths;
}

/** Everything that can go wrong while a crossing is under way, in whatever order its objects are applied. */
export function allBreachesOf(crossing: Crossing, { immutable, strengths }: Limits): readonly Breach[] {
  const wiring = wiringOf(crossing);
  return [
    ...refusalsOf(crossing, immutable),
    ...rivalsOf(crossing),
    ...breachesOf(wiring),
    ...overloadsOf(wiring, strengths),
  ];
}

/** The same for agents whose order is known: every mixture in which something goes wrong, not one for all of them. */
export function everyBreachOf(crossing: Crossing, { immutable, strengths }: Limits): readonly Breach[] {
  const wiring = wiringOf(crossing);
  return [
    ...refusalsOf(crossing, immutable),
    ...rivalsOf(crossing),
    ...breachesOf(wiring),
    ...everyOverload(wiring, strengths),
  ];
}

/**
 * Whether states that lose no requests by themselves differ in at most one object that matters, and the cluster takes every change of
 * it. It is replaced at once, so the cluster is always as in one of the states, and no order needs to be looked at.
 */
export function isAtOnce(states: readonly IndexedState[], immutable: ImmutableByKind): boolean {
  const moving = new Set<string>();
  for (let i = 0; i < states.length; i++)
    for (let j = i + 1; j < states.length; j++) {
      const { identities, refused } = shiftBetween(states[i]!, states[j]!, immutable);
      if (refused) return false;
      for (const identity of identities) moving.add(identity);
    }
  return moving.size < 2;
}

/** What moves between two states and matters, and whether the cluster refuses any of it. */
interface Shift {
  readonly identities: readonly string[];
  readonly refused: boolean;
}

// The same two states are met at many hops, in either direction.
const shifts = new WeakMap<IndexedState, WeakMap<IndexedState, Shift>>();

function shiftBetween(a: IndexedState, b: IndexedState, immutable: ImmutableByKind): Shift {
  const back = shifts.get(b)?.get(a);
  if (back !== undefined) return back;
  return entry(
    entry(shifts, a, () => new WeakMap<IndexedState, Shift>()),
    b,
    () => {
      const moving = movingBetween(a, b);
      return {
        identities: moving.filter(matters).map(({ identity }) => identity),
        refused: moving.some(one => isRefused(one, immutable)),
      };
    },
  );
}

function isRefused({ one, other }: Moving, immutable: ImmutableByKind): boolean {
  if (one === undefined || other === undefined) return isRival((one ?? other)!.object);
  return (
    refusedFields(one.object, other.object, immutable).length +
      refusedFields(other.object, one.object, immutable).length >
    0
  );
}

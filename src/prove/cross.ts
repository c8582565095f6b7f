import type { Counterexample } from '../model/breach.ts';
import type { Immutable } from '../model/immutable.ts';
import { breachesOf } from './any-order.ts';
import { counterexampleOf } from './counterexample.ts';
import { type Crossing, isAtOnce } from './crossing.ts';
import { refusalsOf } from './immutable.ts';
import { overloadsOf, type Strengths } from './overload.ts';
import type { Breach } from './reach.ts';
import { rivalsOf } from './same-name.ts';
import { wiringOf } from './wiring.ts';

/** What a crossing is held against. */
export interface Limits {
  readonly immutable: readonly Immutable[];
  readonly strengths: Strengths;
  /** Whether each state is known to lose no requests by itself. */
  readonly whole: boolean;
}

/** Everything that can go wrong while a crossing is under way, in whatever order its objects are applied. */
export function allBreachesOf(crossing: Crossing, { immutable, strengths, whole }: Limits): readonly Breach[] {
  const refused = [...refusalsOf(crossing, immutable), ...rivalsOf(crossing)];
  if (whole && isAtOnce(crossing)) return refused;
  const wiring = wiringOf(crossing);
  return [...refused, ...breachesOf(wiring), ...overloadsOf(wiring, strengths)];
}

/** The shortest counterexample to "this crossing is safe in any order"; undefined where it is. */
export const breakCrossing = (crossing: Crossing, limits: Limits): Counterexample | undefined =>
  counterexampleOf(crossing, allBreachesOf(crossing, limits));

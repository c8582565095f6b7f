import type { Counterexample, Operation } from '../model/breach.ts';
import { naturally } from '../model/order.ts';
import { allOf, type Crossing, type Mask } from './crossing.ts';
import type { Breach } from './reach.ts';

/**
 * The shortest way to break a crossing; undefined where nothing breaks it. What is broken before anything was done is no fault of
 * the crossing and does not count.
 */
export function counterexampleOf(crossing: Crossing, breaches: readonly Breach[]): Counterexample | undefined {
  if (breaches.length === 0) return undefined;
  const found = breaches.map(breach => leadingTo(crossing, breach));
  const before = new Set(found.filter(isBefore).map(wordsOf));
  let shortest: Counterexample | undefined;
  for (const one of found) {
    if (isBefore(one) || before.has(wordsOf(one))) continue;
    if (shortest === undefined || one.operations.length < shortest.operations.length) shortest = one;
  }
  return shortest;
}

const isBefore = ({ operations }: Counterexample): boolean => operations.length === 0;
const wordsOf = ({ trouble }: Counterexample): string => JSON.stringify(trouble);

function leadingTo(crossing: Crossing, { when, trouble }: Breach): Counterexample {
  const last = crossing.states.length - 1;
  const starts = allOf(last);
  const operations: Operation[] = [];
  const start: { object: string; state: string }[] = [];
  for (const [identity, states] of when) {
    const begun = states & starts;
    if (begun === 0) operations.push({ verb: verbOf(crossing, identity, 1 << last), object: identity });
    else if ((begun & 1) === 0)
      start.push({ object: identity, state: crossing.states[31 - Math.clz32(begun & -begun)]! });
  }
  return {
    start: start.sort((a, b) => naturally(a.object, b.object)),
    operations: operations.sort((a, b) => naturally(a.object, b.object)),
    trouble,
  };
}

/** What makes a piece be as at the end. */
function verbOf({ pieces }: Crossing, identity: string, target: Mask): Operation['verb'] {
  const { variants } = pieces.get(identity)!;
  const isThere = (mask: Mask): boolean =>
    variants.some(({ object, states }) => object !== undefined && (states & mask) !== 0);
  if (!isThere(target)) return 'delete';
  return isThere(target - 1) ? 'update' : 'create';
}

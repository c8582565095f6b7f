import {
  type Contribution,
  type Demand,
  demandsOf,
  isTooFew,
  overloaded,
  type Strengths,
  weakestOf,
} from './overload.ts';
import type { Breach } from './reach.ts';
import type { Wiring } from './wiring.ts';

/**
 * Every mixture in which requests are sent to fewer pods than they need, where `overloadsOf` names one for all: whether an agent comes by one of them depends
 * on its order. Requests that have too few pods before anything was done are left out.
 */
export const everyOverload = (wiring: Wiring, strengths: Strengths): readonly Breach[] =>
  demandsOf(wiring, strengths).flatMap(demand => {
    const breaches = mixturesOf(demand).flatMap(chosen => (isTooFew(chosen, demand) ? overloaded(demand, chosen) : []));
    return breaches.some(isBefore) ? [] : breaches;
  });

const isBefore = ({ when }: Breach): boolean => [...when.values()].every(mask => (mask & 1) !== 0);

/** More than so many mixtures, of a dozen versions whose pods all change at once, are not played through: the weakest one stands for them. */
const MOST_MIXTURES = 4096;

/** One contribution of each piece, in every way. */
function mixturesOf(demand: Demand): readonly (readonly Contribution[])[] {
  const { choices } = demand;
  const count = choices.reduce((product, { options }) => product * options.length, 1);
  if (count > MOST_MIXTURES) return [weakestOf(demand) ?? []].filter(({ length }) => length > 0);
  return choices.reduce<readonly (readonly Contribution[])[]>(
    (ways, { options }) => ways.flatMap(way => options.map(option => [...way, option])),
    [[]],
  );
}

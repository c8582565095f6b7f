import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, wholeOf } from '../../model/reading.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { RecoveredPortion } from '../../model/recovered.ts';
import type { Origin } from './recover-destination.ts';
import { destinationOf, endsIn } from './recover-destination.ts';
import type { Destination } from './recover-mesh.ts';

const INT32_MAX = 2_147_483_647;

/** Weights are relative; a lone destination gets everything, whatever its weight says. */
export const routeSplitOf = (spot: Spot, tree: Tree, origin: Origin): readonly RecoveredPortion[] =>
  splitOf(sentOf(spot, tree).map(({ destination, weight = 0 }) => ({ ends: endsIn(destination, origin), weight })));

/** The destinations of a `route` that get requests, with the weight that counts. */
export function sentOf(spot: Spot, tree: Tree): readonly Entry[] {
  const entries = itemsOf(spot, tree).map((item, i) => entryOf(into(spot, i), item));
  if (entries.length === 0) strange(spot, 'requests have no destination');
  return entries.length === 1 ? entries.map(entry => loneEntry(spot, entry)) : weighed(spot, entries);
}

/** One destination; undefined where it names no host. */
export interface Entry {
  readonly destination: Destination | undefined;
  readonly weight: number | undefined;
}

function loneEntry(spot: Spot, { destination, weight }: Entry): Entry {
  if (weight !== undefined && weight !== 100) strange(spot, `Istio ignores the weight ${weight} of a lone destination`);
  return { destination, weight: 1 };
}

function weighed(spot: Spot, entries: readonly Entry[]): readonly Entry[] {
  const total = entries.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (total === 0 && entries.length > 0) strange(spot, 'Istio refuses a total weight of 0');
  if (total > INT32_MAX) strange(spot, 'the total weight is more than Istio can count');
  return entries.filter(({ weight = 0 }) => weight > 0);
}

const ENTRY = new Set(['destination', 'weight']);

function entryOf(spot: Spot, tree: Tree): Entry {
  const fields = fieldsOf(spot, tree, ENTRY);
  const destination = destinationOf(into(spot, '.destination'), fields.destination);
  return { destination, weight: wholeOf(into(spot, '.weight'), fields.weight) };
}

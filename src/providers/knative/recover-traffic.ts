import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf, wholeOf } from '../../model/reading.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Recovered, RecoveredPortion, Target } from '../../model/recovered.ts';

/** Where a traffic list sends requests: to the shared host, and to the hosts of its tags. */
export interface Traffic {
  readonly split: readonly RecoveredPortion[];
  readonly addresses: Recovered['addresses'];
}

const ENTRY = new Set(['revisionName', 'configurationName', 'latestRevision', 'percent', 'tag']);

interface Entry {
  readonly target: Target;
  readonly percent: number;
  readonly tag: string | undefined;
}

/** Reads a traffic list: entries of one revision add up, an omitted percent is 0, a tag's own host gives everything. */
export function trafficOf(spot: Spot, tree: Tree, targetOf: (spot: Spot, entry: Fields) => Target): Traffic {
  const entries = itemsOf(spot, tree).map((item, i) => entryOf(into(spot, i), item, targetOf));
  const total = entries.reduce((sum, { percent }) => sum + percent, 0);
  if (total !== 100) strange(spot, `the percents total ${total}, and Knative takes 100 only`);
  const sent = entries.filter(({ percent }) => percent > 0);
  const drawn = sent.map(({ target, percent }) => ({ ends: [{ target, parts: 1 }], weight: percent }));
  return { split: splitOf(drawn, total * 100), addresses: addressesOf(spot, entries) };
}

function entryOf(spot: Spot, tree: Tree, targetOf: (spot: Spot, entry: Fields) => Target): Entry {
  const fields = fieldsOf(spot, tree, ENTRY);
  const percent = wholeOf(into(spot, '.percent'), fields.percent) ?? 0;
  const tag = textOf(into(spot, '.tag'), fields.tag);
  if (percent > 100) strange(into(spot, '.percent'), 'it is above 100');
  if (tag === '') strange(into(spot, '.tag'), 'Knative reads an empty tag as none');
  if (percent === 0 && tag === undefined) strange(spot, 'it keeps pods running that no request can reach');
  return { target: targetOf(spot, fields), percent, tag };
}

function addressesOf(spot: Spot, entries: readonly Entry[]): Recovered['addresses'] {
  const found = new Map<string, Target>();
  for (const { tag, target } of entries) {
    if (tag === undefined || tag === '') continue;
    if (found.has(tag)) strange(spot, `Knative refuses the tag ${quote(tag)} on two entries`);
    else found.set(tag, target);
  }
  const addresses = [...found].map(([promised, target]) => ({ promised, target }));
  return addresses.sort((a, b) => naturally(a.promised, b.promised));
}

/** What a name holds after that of its owner and a dash; undefined where it is no name of the owner's. */
export const suffixOf = (name: string, owner: string): string | undefined =>
  name.length > owner.length + 1 && name.startsWith(`${owner}-`) ? name.slice(owner.length + 1) : undefined;

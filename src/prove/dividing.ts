import { entry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Risk } from '../model/risk.ts';
import type { Share } from '../model/traffic.ts';
import type { Crossing, Mask } from './crossing.ts';
import { type Group, groupsOf, mixturesOf, type Taken } from './groups.ts';
import { carries, follow } from './reach.ts';
import { type Way, type Wiring, wiringOf } from './wiring.ts';

type Bounds = Extract<Risk, { kind: 'wanders' | 'between' }>;

/**
 * Between which shares each version gets requests while several objects move one split, taken of every mixture of theirs; told of
 * groups that others rely on, because how many requests a named rule takes, nobody knows.
 */
export function dividing(crossing: Crossing): readonly Bounds[] {
  const wiring = wiringOf(crossing);
  const found = [...groupsOf(wiring).values()].flatMap(group =>
    group.coveredBy.length > 0 ? [] : boundsOf(wiring, group),
  );
  return [...new Map(found.map(bounds => [JSON.stringify(bounds), bounds])).values()];
}

function boundsOf(wiring: Wiring, group: Group): readonly Bounds[] {
  if (group.members.filter(({ options }) => options.length > 1).length < 2) return [];
  const mixtures = mixturesOf(wiring, group).map(taken => ({ taken, shares: byVersion(wiring, taken) }));
  const versions = [...new Set(mixtures.flatMap(({ shares }) => [...shares.keys()]))].sort(naturally);
  const isEnd = (state: Mask) => (one: { readonly taken: Taken }) =>
    [...one.taken.when.values()].every(states => (states & state) !== 0);
  return versions.flatMap((version): readonly Bounds[] => {
    const all = mixtures.map(({ shares }) => shares.get(version) ?? 0);
    const ends = [0b01, 0b10].flatMap(state =>
      mixtures.filter(isEnd(state)).map(({ shares }) => shares.get(version) ?? 0),
    );
    const [min, max] = [Math.min(...all), Math.max(...all)];
    if (min < Math.min(...ends) || max > Math.max(...ends)) return [{ kind: 'wanders', version, min, max }];
    return min === max ? [] : [{ kind: 'between', version, min, max }];
  });
}

function byVersion(wiring: Wiring, { shares }: Taken): ReadonlyMap<string, Share> {
  const found = new Map<string, Share>();
  for (const [way, share] of shares) {
    const version = versionOf(wiring, way);
    found.set(version, entry(found, version, () => 0) + share);
  }
  return found;
}

/** The version whose pods are behind a way; where nobody sees them, the Service that it leads to. */
function versionOf(wiring: Wiring, { entry: { rules } }: Way): string {
  const ask = rules.at(-1)?.asks.find(({ copies }) => !copies);
  if (ask === undefined) return '';
  for (const { labels, namespace } of follow(wiring, ask, new Map()).reached)
    for (const { keeper } of [...wiring.pools.values()].flat())
      if (labels.length > 0 && carries(keeper, labels, namespace)) return keeper.version;
  return ask.doors[0]!.split('/').at(-1)!;
}

import { entry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Risk } from '../model/risk.ts';
import { WHOLE } from '../model/traffic.ts';
import { waysIn } from './any-order.ts';
import { both, type Condition } from './condition.ts';
import type { Crossing, Mask } from './crossing.ts';
import { podsOf } from './overload.ts';
import { carries, follow, type Reached } from './reach.ts';
import { type Pool, type Wiring, wiringOf } from './wiring.ts';

type Wander = Extract<Risk, { kind: 'wanders' }>;

/** The least and the most of something. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Versions whose share, where it follows from numbers of pods, leaves the range between the two states of a crossing on the way. Bounds are taken of
 * each keeper of pods by itself, so every mixture is within them.
 */
export function wandering(crossing: Crossing): readonly Wander[] {
  const wiring = wiringOf(crossing);
  const [start, end, way] = [0b01, 0b10, 0b11].map(states => sharesIn(wiring, states));
  const versions = [...way!.keys()].sort(naturally);
  return versions.flatMap(version => {
    const ends = joined(start!.get(version) ?? NONE, end!.get(version) ?? NONE);
    const { min, max } = way!.get(version)!;
    return min < ends.min || max > ends.max ? [{ kind: 'wanders', version, min, max } as const] : [];
  });
}

const NONE: Range = { min: 0, max: 0 };
const joined = (a: Range, b: Range): Range => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });

/** Shares by version in the mixtures of some states. */
function sharesIn(wiring: Wiring, states: Mask): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  for (const { way, when } of waysIn(wiring)) {
    if ((way.states & states) === 0) continue;
    for (const ask of way.entry.rules.at(-1)?.asks ?? [])
      for (const here of ask.copies ? [] : follow(wiring, ask, when).reached)
        for (const [version, range] of sharesAt(wiring, here, states))
          found.set(version, joined(found.get(version) ?? range, range));
  }
  return found;
}

function sharesAt(wiring: Wiring, here: Reached, states: Mask): ReadonlyMap<string, Range> {
  const pods = new Map<string, Range>();
  for (const [, pools] of wiring.pools) {
    const version = pools[0]!.keeper.version;
    const range = rangeOf(wiring, pools, here, states);
    const sum = entry(pods, version, () => NONE);
    pods.set(version, { min: sum.min + range.min, max: sum.max + range.max });
  }
  return new Map(
    [...pods].flatMap(([version, own]) => {
      if (own.max === 0) return [];
      const others = [...pods].filter(([other]) => other !== version).map(([, range]) => range);
      const sum = (side: keyof Range): number => others.reduce((total, range) => total + range[side], 0);
      const range = { min: part(own.min, sum('max')), max: part(own.max, sum('min')) };
      return [[version, range] as const];
    }),
  );
}

const part = (own: number, others: number): number => (own === 0 ? 0 : Math.round((own / (own + others)) * WHOLE));

/** Between how many pods a keeper has, where requests come to some of them. */
function rangeOf(wiring: Wiring, pools: readonly Pool[], { when, labels, namespace }: Reached, states: Mask): Range {
  const serving = pools.filter(({ keeper }) => carries(keeper, labels, namespace));
  const counts = serving
    .filter(pool => isIn(wiring, when, pool, states))
    .flatMap(pool => podsOf(wiring, pool).flatMap(count => (mayBe(count.when, states) ? [count.pods] : [])));
  const idle = wiring.all & ~serving.reduce((mask, pool) => mask | pool.states, 0);
  if ((idle & states) !== 0) counts.push(0);
  return counts.length === 0 ? NONE : { min: Math.min(...counts), max: Math.max(...counts) };
}

const isIn = ({ all }: Wiring, when: Condition, { piece, states: own }: Pool, states: Mask): boolean =>
  (own & states) !== 0 && both(when, piece.identity, own & states, all) !== undefined;

const mayBe = (when: Condition, states: Mask): boolean => [...when.values()].every(own => (own & states) !== 0);

import { entry } from '../model/once.ts';
import { WHOLE } from '../model/traffic.ts';
import { ALWAYS, both, type Condition } from './condition.ts';
import type { Mask, Piece } from './crossing.ts';
import { askedWhen, divisionsOf, mostOfRule } from './divided.ts';
import { fallingTo } from './falling.ts';
import { type Breach, reach } from './reach.ts';
import type { Way, Wiring } from './wiring.ts';

/**
 * Every way in which requests end nowhere while a crossing is under way, in whatever order its objects are created, updated
 * and deleted. References are followed one by one over everything that an object may be, so there is no search
 * over mixtures: the work grows with the references, not with the number of objects that change.
 */
export function breachesOf(wiring: Wiring): readonly Breach[] {
  return [
    ...[...wiring.answers].flatMap(([host, ways]) => unanswered(wiring, host, ways)),
    ...divisionsOf(wiring),
    ...waysIn(wiring).flatMap(({ way, when }) => misled(wiring, way, when)),
  ];
}

/** In which mixtures a way counts: there is no other of a higher precedence. Undefined: in none. */
function countsWhen({ all }: Wiring, way: Way, ways: readonly Way[]): Condition | undefined {
  let when = both(ALWAYS, way.piece.identity, way.states, all);
  if (ways.length === 1) return when;
  for (const [piece, states] of statesBy(ways.filter(other => other.entry.precedence > way.entry.precedence))) {
    if (when === undefined) return undefined;
    when = both(when, piece.identity, all & ~states, all);
  }
  return when;
}

function statesBy(ways: readonly Way[]): ReadonlyMap<Piece, Mask> {
  const states = new Map<Piece, Mask>();
  for (const way of ways) states.set(way.piece, entry(states, way.piece, () => 0) | way.states);
  return states;
}

/** A way, and mixtures in which requests may take it. */
interface Taking {
  readonly way: Way;
  readonly when: Condition;
}

// One ask under one condition is followed once.
const known = new WeakMap<Wiring, readonly Taking[]>();

/** Every way that counts in some mixtures; one that takes a part of the requests may do so in several. */
export const waysIn = (wiring: Wiring): readonly Taking[] =>
  entry(known, wiring, () =>
    [...wiring.ways.values()].flatMap(ways =>
      ways.flatMap(way => {
        const counts = countsWhen(wiring, way, ways);
        return counts === undefined ? [] : askedWhen(wiring, way, counts).map(when => ({ way, when }));
      }),
    ),
  );

function misled(wiring: Wiring, way: Way, when: Condition): readonly Breach[] {
  const { host, rules } = way.entry;
  const fallen = fallingTo(wiring, way, when).flatMap(({ rule, when: without }) =>
    rules.slice(-1).flatMap(last =>
      last.asks.flatMap(ask => {
        const requests = { host, matches: rule.matches, share: ask.share, copies: ask.copies };
        return reach(wiring, ask, requests, without).map(breach => ({ ...breach, rules: [rule, last] }));
      }),
    ),
  );
  const own = rules.flatMap(({ matches, asks }, index) => {
    const part = mostOfRule(wiring, way, index);
    return asks.flatMap(ask =>
      reach(wiring, ask, { host, matches, share: (ask.share * part) / WHOLE, copies: ask.copies }, when).map(
        breach => ({
          ...breach,
          rules: rules.slice(0, index + 1),
        }),
      ),
    );
  });
  return [...own, ...fallen];
}

/** Nobody answers to a host that some state answers to. */
function unanswered({ all }: Wiring, host: string, ways: readonly Way[]): readonly Breach[] {
  let when: Condition | undefined = ALWAYS;
  for (const [piece, states] of statesBy(ways)) {
    when = both(when, piece.identity, all & ~states, all);
    if (when === undefined) return [];
  }
  return [{ when, trouble: { kind: 'unanswered', host } }];
}

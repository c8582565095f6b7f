import type { Trouble } from '../model/breach.ts';
import { type Share, WHOLE } from '../model/traffic.ts';
import { ALWAYS, both, type Condition, joined } from './condition.ts';
import { type Group, groupsOf, isCopying, isLarge, mixturesOf, type Option } from './groups.ts';
import type { Breach } from './reach.ts';
import type { Way, Wiring } from './wiring.ts';

/**
 * Every way in which objects that divide requests between them give away less than all, or more, or do not agree. Requests of a group that
 * another one covers go there while it is there.
 */
export const divisionsOf = (wiring: Wiring): readonly Breach[] =>
  [...groupsOf(wiring).values()].flatMap(group => {
    const alone = aloneWhen(wiring, group);
    return alone.length === 0
      ? []
      : [...unevenly(wiring, group), ...disagreeing(wiring, group)].flatMap(found =>
          alone.flatMap(when => {
            const both = joined(found.when, when, wiring.all);
            return both === undefined ? [] : [{ ...found, when: both }];
          }),
        );
  });

/** In which mixtures there is no other group to take what this one does not. */
function aloneWhen(wiring: Wiring, { coveredBy }: Group): readonly Condition[] {
  let alone: readonly Condition[] = [ALWAYS];
  for (const id of coveredBy) {
    const gone = mixturesOf(wiring, groupsOf(wiring).get(id)!).filter(({ shares }) => shares.size === 0);
    alone = alone.flatMap(when => gone.flatMap(other => joined(when, other.when, wiring.all) ?? []));
  }
  return alone;
}

const breach = ({ rule }: Group, when: Condition, trouble: Trouble): Breach => ({ when, trouble, rules: [rule] });

function unevenly(wiring: Wiring, group: Group): readonly Breach[] {
  const { host, rule } = group;
  const requests = { host, matches: rule.matches, share: WHOLE, copies: false };
  return mixturesOf(wiring, group).flatMap(({ when, total, left }) => {
    if (total > WHOLE) return [breach(group, when, { kind: 'overfull', requests, total })];
    if (left > 0) return [breach(group, when, { kind: 'unclaimed', requests: { ...requests, share: left } })];
    return [];
  });
}

/** Two by two: one of them is refused. */
function disagreeing({ all }: Wiring, group: Group): readonly Breach[] {
  const { host, rule, members } = group;
  const requests = { host, matches: rule.matches, share: WHOLE, copies: false };
  return members.flatMap(({ piece, options }, i) =>
    members.slice(i + 1).flatMap(other =>
      options.flatMap(one =>
        other.options.flatMap(two => {
          if (agree(one, two)) return [];
          const when = both(new Map([[piece.identity, one.states]]), other.piece.identity, two.states, all);
          const trouble = { kind: 'disagree', requests, one: piece.identity, other: other.piece.identity } as const;
          return when === undefined ? [] : [breach(group, when, trouble)];
        }),
      ),
    ),
  );
}

const agree = (one: Option, other: Option): boolean =>
  one.ways.every(a => other.ways.every(b => a.entry.part!.agreed === b.entry.part!.agreed));

/**
 * In which mixtures a way gets any requests, or any to copy; `when` says in which it is there at all. Its rules before the last take
 * theirs whole, whatever its weight, where the group takes any.
 */
export function askedWhen(wiring: Wiring, way: Way, when: Condition): readonly Condition[] {
  if (way.entry.part === undefined) return [when];
  const group = groupsOf(wiring).get(way.entry.part.group);
  if (group === undefined) return [];
  if (isCopying(way)) return besideMembers(wiring, group, when);
  const there = mixturesOf(wiring, group).filter(({ shares }) => shares.has(way));
  const isNamed = way.entry.rules.length > 1;
  const asking = there.filter(({ shares, left }) => shares.get(way)! > 0 || (isNamed && left < WHOLE));
  if (asking.length === there.length || isLarge(group)) return [when];
  return asking.flatMap(taken => joined(when, taken.when, wiring.all) ?? []);
}

/** A copy is made where somebody of the group gets what is copied. */
const besideMembers = ({ all }: Wiring, { members }: Group, when: Condition): readonly Condition[] =>
  members.flatMap(({ piece, options }) =>
    options.flatMap(({ ways, states }) => (ways.length === 0 ? [] : (both(when, piece.identity, states, all) ?? []))),
  );

/** The most that a rule of a way takes of its requests in any mixture: only those of the last one are divided. */
export const mostOfRule = (wiring: Wiring, way: Way, index: number): Share =>
  index < way.entry.rules.length - 1 ? WHOLE : mostOf(wiring, way);

/** The most that a way takes of the requests in any mixture; all of them where it divides none, and of what it copies. */
function mostOf(wiring: Wiring, way: Way): Share {
  const group = way.entry.part === undefined || isCopying(way) ? undefined : groupsOf(wiring).get(way.entry.part.group);
  if (group === undefined) return WHOLE;
  return Math.max(0, ...mixturesOf(wiring, group).map(({ shares }) => shares.get(way) ?? 0));
}

/** What a way may take of the requests, in which mixtures; nothing where another group covers its own, because how many a named rule takes, nobody knows. */
export function takenBy(
  wiring: Wiring,
  way: Way,
  when: Condition,
): readonly { readonly when: Condition; readonly part: Share }[] {
  const group = way.entry.part === undefined ? undefined : groupsOf(wiring).get(way.entry.part.group);
  if (way.entry.part === undefined) return [{ when, part: WHOLE }];
  if (group === undefined || group.coveredBy.length > 0) return [];
  return mixturesOf(wiring, group).flatMap(taken => {
    const part = taken.shares.get(way) ?? 0;
    const both = part === 0 ? undefined : joined(when, taken.when, wiring.all);
    return both === undefined ? [] : [{ when: both, part }];
  });
}

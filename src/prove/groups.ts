import type { EntryRule } from '../model/links.ts';
import { entry } from '../model/once.ts';
import { type Match, type Share, WHOLE } from '../model/traffic.ts';
import { EVERYTHING } from '../traffic/clauses.ts';
import { coversSurely } from '../traffic/covers.ts';
import type { Condition } from './condition.ts';
import type { Mask, Piece } from './crossing.ts';
import type { Way, Wiring } from './wiring.ts';

/** Objects that divide the same requests between them, each as it may be during a crossing. */
export interface Group {
  readonly host: string;
  /** The rule that its entries hold; one of a group is as good as another. */
  readonly rule: EntryRule;
  readonly members: readonly Member[];
  /** Texts of the groups that take what nobody of it takes, while they are there. */
  readonly coveredBy: readonly string[];
}

/** One object of a group. */
export interface Member {
  readonly piece: Piece;
  /** All that it may take; each state of the crossing is in exactly one of their masks. */
  readonly options: readonly Option[];
}

/** What an object takes of its group's requests in some states; nothing of it, where it has no ways there. */
export interface Option {
  readonly states: Mask;
  readonly ways: readonly Way[];
}

/** Whether an object only copies what the others of its group take. */
export const isCopying = ({ entry: { rules } }: Way): boolean =>
  rules.every(({ asks }) => asks.every(({ copies }) => copies));

// Groups of one wiring are asked for by each proof.
const known = new WeakMap<Wiring, ReadonlyMap<string, Group>>();

/** Every group of a crossing, by its text. */
export const groupsOf = (wiring: Wiring): ReadonlyMap<string, Group> => entry(known, wiring, () => find(wiring));

function find(wiring: Wiring): ReadonlyMap<string, Group> {
  const ways = new Map<string, Way[]>();
  for (const way of [...wiring.ways.values()].flat())
    if (way.entry.part !== undefined && !isCopying(way)) entry(ways, way.entry.part.group, (): Way[] => []).push(way);
  const claims = [...ways].map(([id, own]): Claim => {
    const [{ entry: first }] = own as [Way];
    const states = own.reduce((mask, way) => mask | way.states, 0);
    return { id, host: first.host, match: first.rules[0]?.matches[0] ?? EVERYTHING, states };
  });
  return new Map(
    claims.map(claim => {
      const own = ways.get(claim.id)!;
      const coveredBy = claims.flatMap(other => (other !== claim && isCoveredBy(claim, other) ? [other.id] : []));
      return [
        claim.id,
        { host: claim.host, rule: own[0]!.entry.rules[0]!, members: membersOf(wiring, own), coveredBy },
      ];
    }),
  );
}

/** What a group takes, and in which states there is any of it. */
interface Claim {
  readonly id: string;
  readonly host: string;
  readonly match: Match;
  readonly states: Mask;
}

/** Of two that take the same, one must hold: the one that is there in more states. */
function isCoveredBy(claim: Claim, other: Claim): boolean {
  if (claim.host !== other.host || !coversSurely(other.match, claim.match)) return false;
  if (!coversSurely(claim.match, other.match)) return true;
  if (claim.states === other.states) return other.id < claim.id;
  return (claim.states & ~other.states) === 0;
}

function membersOf({ all }: Wiring, ways: readonly Way[]): readonly Member[] {
  const byPiece = new Map<Piece, Way[]>();
  for (const way of ways) entry(byPiece, way.piece, (): Way[] => []).push(way);
  return [...byPiece].map(([piece, own]) => {
    const masks = [...new Set(own.map(({ states }) => states))];
    const options: Option[] = masks.map(states => ({ states, ways: own.filter(way => way.states === states) }));
    const absent = all & ~masks.reduce((sum, states) => sum | states, 0);
    return { piece, options: absent === 0 ? options : [...options, { states: absent, ways: [] }] };
  });
}

/** What the objects of a group take together, in some mixture. */
export interface Taken {
  readonly when: Condition;
  /** Sum of the weights that are written. */
  readonly total: Share;
  /** What nobody takes. */
  readonly left: Share;
  /** Part of the requests that each way gets. */
  readonly shares: ReadonlyMap<Way, Share>;
}

/** More than so many mixtures of one group are not played through: its extremes stand for them. */
const MOST_MIXTURES = 1024;

/** Whether a group has too many mixtures to play each of them through. */
export const isLarge = ({ members }: Group): boolean =>
  members.reduce((product, { options }) => product * options.length, 1) > MOST_MIXTURES;

const mixtures = new WeakMap<Group, readonly Taken[]>();

/** Every mixture of a group; of a large one those in which most, and least, is given away. */
export const mixturesOf = (wiring: Wiring, group: Group): readonly Taken[] =>
  entry(mixtures, group, () => {
    const { members } = group;
    const chosen = isLarge(group) ? extremes(members) : choices(members.map(({ options }) => options));
    return chosen.map(options => taken(wiring, members, options));
  });

const choices = (all: readonly (readonly Option[])[]): readonly (readonly Option[])[] =>
  all.reduce<readonly (readonly Option[])[]>(
    (found, options) => found.flatMap(before => options.map(option => [...before, option])),
    [[]],
  );

/** All at their most; all at their least, with nobody to take the rest where that may be; and the same with each of the others once. */
function extremes(members: readonly Member[]): readonly (readonly Option[])[] {
  const by = (measure: (option: Option) => number) =>
    members.map(({ options }) => options.reduce((a, b) => (measure(b) < measure(a) ? b : a)));
  const least = by(option => written(option) + (restsOf(option) > 0 ? 10 * WHOLE : 0) + option.ways.length);
  const others = members.flatMap(({ options }, i) => options.map(option => least.with(i, option)));
  return [by(option => -written(option)), least, by(option => written(option) - restsOf(option)), ...others];
}

const weightsOf = ({ ways }: Option): readonly (Share | undefined)[] => ways.map(way => way.entry.part!.weight);
const written = (option: Option): Share => weightsOf(option).reduce<number>((sum, weight = 0) => sum + weight, 0);
const restsOf = (option: Option): number => weightsOf(option).filter(weight => weight === undefined).length;

function taken({ all }: Wiring, members: readonly Member[], options: readonly Option[]): Taken {
  const when = new Map(
    options.flatMap(({ states }, i) => (states === all ? [] : [[members[i]!.piece.identity, states] as const])),
  );
  const ways = options.flatMap(option => option.ways);
  const total = options.reduce((sum, option) => sum + written(option), 0);
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) {
    const share = only.entry.part!.alone === 'everything' ? WHOLE : 0;
    return { when, total: 0, left: WHOLE - share, shares: new Map([[only, share]]) };
  }
  const rests = ways.filter(way => way.entry.part!.weight === undefined);
  const rest = Math.max(0, WHOLE - total);
  const shares = new Map(ways.map(way => [way, way.entry.part!.weight ?? Math.round(rest / rests.length)] as const));
  return { when, total, left: rests.length > 0 ? 0 : rest, shares };
}

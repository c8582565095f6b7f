import type { Counterexample, Operation } from '../model/breach.ts';
import { entry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Condition } from './condition.ts';
import { allOf, type Crossing, type Mask, type Variant } from './crossing.ts';
import type { Breach } from './reach.ts';

/**
 * The shortest way to break a crossing; undefined where nothing breaks it. What is broken before anything was done is no fault of
 * the crossing and does not count: a start counts only where these very requests do not fail in this very way.
 */
export function counterexampleOf(crossing: Crossing, breaches: readonly Breach[]): Counterexample | undefined {
  const alike = new Map<string, Breach[]>();
  for (const breach of breaches) entry(alike, likenessOf(breach), () => [] as Breach[]).push(breach);
  let shortest: Counterexample | undefined;
  for (const same of alike.values())
    for (const breach of same)
      shortest =
        leadingTo(crossing, breach, same, (shortest?.operations.length ?? crossing.pieces.size + 1) - 1) ?? shortest;
  return shortest;
}

/** Breaches that are alike are one and the same to those who send the requests; how many they send does not count. */
export function likenessOf({ trouble, rules }: Breach): string {
  if (trouble.kind === 'overloaded' || !('requests' in trouble)) return JSON.stringify(trouble);
  const matches = rules?.map(rule => rule.matches);
  if (trouble.kind === 'overfull')
    return JSON.stringify([matches, { ...trouble, total: 0, requests: { ...trouble.requests, share: 0 } }]);
  return JSON.stringify([matches, { ...trouble, requests: { ...trouble.requests, share: 0 } }]);
}

/** One object on the way to a breach: what it is at the start, and whether it is made what it is at the end. */
interface Move {
  readonly identity: string;
  readonly start: Variant;
  readonly operated: boolean;
}

/** The shortest way to a breach from a start in which none of its like holds, of at most so many operations. */
function leadingTo(
  crossing: Crossing,
  breach: Breach,
  alike: readonly Breach[],
  most: number,
): Counterexample | undefined {
  const named = new Set([...breach.when.keys(), ...alike.flatMap(({ when }) => [...when.keys()])]);
  const choices = [...named].map(identity => movesOf(crossing, identity, breach));
  const least = choices.filter(isForced).length;
  let tries = 0;
  // Where so many starts were broken before, the next one is believed: rather too strict than too slow.
  const isSound = (moves: readonly Move[]): boolean => {
    tries += 1;
    return tries > TRIES || !alike.some(({ when }) => holdsBefore(when, moves));
  };
  for (let operations = Math.max(1, least); operations <= Math.min(most, breach.when.size); operations += 1) {
    const found = chosenFrom(choices, operations, isSound);
    if (found !== undefined) return told(crossing, breach, found);
  }
  return undefined;
}

/** Starts that are tried for one breach. Only where a crossing starts from mixtures is there more than one. */
const TRIES = 1_000;

/** Everything that may have become of an object where a breach holds; what is nearest to the first start comes first. */
function movesOf({ pieces, states }: Crossing, identity: string, { when, from }: Breach): readonly Move[] {
  const starts = pieces.get(identity)!.variants.filter(variant => (variant.states & allOf(states.length - 1)) !== 0);
  const target = 1 << (states.length - 1);
  const [wanted, before] = [when.get(identity), from?.get(identity)];
  const left = starts.filter(start => before === undefined && meets(start.states, wanted));
  const operated = starts.filter(
    start =>
      wanted !== undefined && (wanted & target) !== 0 && !left.includes(start) && isChanged(start, before, target),
  );
  const moves = [
    ...left.map(start => ({ identity, start, operated: false })),
    ...operated.map(start => ({ identity, start, operated: true })),
  ];
  return moves.sort((a, b) => Number(a.operated) - Number(b.operated) || (b.start.states & 1) - (a.start.states & 1));
}

const isChanged = ({ states }: Variant, before: Mask | undefined, target: Mask): boolean =>
  (states & target) === 0 && meets(states, before);

const mayBeOperated = (moves: readonly Move[]): boolean => moves.some(move => move.operated);

const isForced = (moves: readonly Move[]): boolean => moves.every(move => move.operated);

const meets = (states: Mask, wanted: Mask | undefined): boolean => wanted === undefined || (states & wanted) !== 0;

/** The first choice with so many operations that is sound; depth first, which is quick because few objects are named. */
function chosenFrom(
  choices: readonly (readonly Move[])[],
  operations: number,
  isSound: (moves: readonly Move[]) => boolean,
  chosen: readonly Move[] = [],
): readonly Move[] | undefined {
  const [next, ...others] = choices;
  if (operations < choices.filter(isForced).length || operations > choices.filter(mayBeOperated).length)
    return undefined;
  if (next === undefined) return isSound(chosen) ? chosen : undefined;
  for (const move of next) {
    const found = chosenFrom(others, operations - Number(move.operated), isSound, [...chosen, move]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const holdsBefore = (when: Condition, moves: readonly Move[]): boolean =>
  [...when].every(([identity, states]) =>
    moves.some(move => move.identity === identity && meets(states, move.start.states)),
  );

function told(crossing: Crossing, { trouble }: Breach, moves: readonly Move[]): Counterexample {
  const byName = [...moves].sort((a, b) => naturally(a.identity, b.identity));
  return {
    start: byName
      .filter(({ start }) => (start.states & 1) === 0)
      .map(({ identity, start }) => ({ object: identity, state: nameOf(crossing, start) })),
    operations: byName
      .filter(({ operated }) => operated)
      .map(({ identity, start }) => ({ verb: verbOf(crossing, identity, start), object: identity })),
    trouble,
  };
}

/** The first of the states that have it. */
const nameOf = ({ states }: Crossing, { states: own }: Variant): string => states[31 - Math.clz32(own & -own)]!;

/** What makes an object be as at the end. */
export function verbOf({ pieces, states }: Crossing, identity: string, start: Variant): Operation['verb'] {
  const target = 1 << (states.length - 1);
  const end = pieces.get(identity)!.variants.find(variant => (variant.states & target) !== 0);
  if (end?.object === undefined) return 'delete';
  return start.object === undefined ? 'create' : 'update';
}

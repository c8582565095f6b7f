import type { Agent, KindOrder } from '../model/agents.ts';
import type { Counterexample, Operation } from '../model/breach.ts';
import { entry } from '../model/once.ts';
import { likenessOf, verbOf } from './counterexample.ts';
import type { Crossing, Mask } from './crossing.ts';
import type { Breach } from './reach.ts';

/** How one agent breaks a crossing; the operations stand in the order in which it does them. */
export interface AgentBreach {
  readonly agent: string;
  readonly counterexample: Counterexample;
}

const UNDONE: Mask = 0b01;
const DONE: Mask = 0b10;

/** Operations of a crossing between two states, in the batches of an agent; within a batch they happen in any order. */
export function batchesOf(crossing: Crossing, { phases }: Agent): readonly (readonly Operation[])[] {
  const operations = [...crossing.pieces.values()]
    .filter(({ variants }) => variants.length > 1)
    .map(({ identity, variants }) => {
      const start = variants.find(({ states }) => (states & UNDONE) !== 0)!;
      return { verb: verbOf(crossing, identity, start), object: identity };
    });
  return phases.flatMap(({ does, order }) => {
    const own = operations.filter(({ verb }) => (verb === 'delete') === (does === 'delete'));
    if (own.length === 0) return [];
    return order === undefined ? [own] : sorted(own, order);
  });
}

/**
 * The shortest way in which an agent breaks a crossing between two states; undefined where it cannot. A breach is within reach where nothing that has
 * to be done for it comes in a later batch than something that has to be undone. What is broken before anything was done does not count.
 */
export function breakingAgent(crossing: Crossing, breaches: readonly Breach[], agent: Agent): AgentBreach | undefined {
  if (breaches.length === 0) return undefined;
  const batches = batchesOf(crossing, agent);
  const batchOf = new Map(batches.flatMap((batch, i) => batch.map(({ object }) => [object, i] as const)));
  const before = new Set(breaches.filter(isBefore).map(likenessOf));
  let shortest: readonly Operation[] | undefined;
  let trouble: Breach['trouble'] | undefined;
  for (const breach of breaches) {
    if (isBefore(breach) || before.has(likenessOf(breach))) continue;
    const trace = traceTo(breach, batches, batchOf);
    if (trace === undefined || (shortest !== undefined && trace.length >= shortest.length)) continue;
    [shortest, trouble] = [trace, breach.trouble];
  }
  if (shortest === undefined || trouble === undefined) return undefined;
  return { agent: agent.name, counterexample: { start: [], operations: shortest, trouble } };
}

const isBefore = ({ when }: Breach): boolean => [...when.values()].every(mask => (mask & UNDONE) !== 0);

/** Everything before the batch of the last operation that the breach needs, and of this batch what it needs. */
function traceTo(
  { when, trouble }: Breach,
  batches: readonly (readonly Operation[])[],
  batchOf: ReadonlyMap<string, number>,
): readonly Operation[] | undefined {
  const needing = (mask: Mask): readonly number[] =>
    [...when].flatMap(([object, states]) => (states === mask ? [batchOf.get(object)!] : []));
  const last = Math.max(...needing(DONE));
  if (needing(UNDONE).some(batch => batch < last)) return undefined;
  const done = (batches[last] ?? []).filter(({ object }) => when.get(object) === DONE);
  // A whole sync is tried before its first operation, so nothing else is done where an object is refused.
  return trouble.kind === 'immutable' ? done : [...batches.slice(0, last).flat(), ...done];
}

function sorted(operations: readonly Operation[], order: KindOrder): readonly (readonly Operation[])[] {
  const keyed = operations.map(operation => keyOf(operation, order)).sort(compare);
  const batches: Keyed[][] = [];
  for (const one of keyed) {
    const last = batches.at(-1);
    if (last !== undefined && belongs(one, last, order)) last.push(one);
    else batches.push([one]);
  }
  const result = batches.map(batch => batch.map(({ operation }) => operation));
  return order.reverse === true ? result.reverse() : result;
}

/** Equal keys have no order of their own, so whatever is next to one of them may run beside it. */
const belongs = (one: Keyed, batch: readonly Keyed[], { batch: by }: KindOrder): boolean =>
  compare(batch.at(-1)!, one) === 0 || (by === 'kind' && batch.some(({ kind }) => kind === one.kind));

interface Keyed {
  readonly operation: Operation;
  readonly kind: string;
  readonly rank: number;
  readonly name: string;
}

const compare = (a: Keyed, b: Keyed): number => a.rank - b.rank || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function keyOf(operation: Operation, order: KindOrder): Keyed {
  const [group = '', kind = '', ...name] = operation.object.split('/');
  const named = name.join('\n');
  const rank = entry(ranksOf(order), kind, () => order.first.length);
  const listed = rank !== order.first.length;
  if (order.rest === 'by-name') return { operation, kind, rank, name: name.at(-1) ?? '' };
  return { operation, kind, rank, name: listed ? `${group}\n${named}` : `${group}\n${kind}\n${named}` };
}

const ranks = new WeakMap<KindOrder, Map<string, number>>();
const ranksOf = (order: KindOrder): Map<string, number> =>
  entry(
    ranks,
    order,
    () =>
      new Map([
        ...order.first.map((kind, i) => [kind, i] as const),
        ...order.last.map((kind, i) => [kind, order.first.length + 1 + i] as const),
      ]),
  );

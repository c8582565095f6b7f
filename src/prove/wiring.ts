import { type Ask, type Behind, type Entry, entriesOf, type Keeper } from '../model/links.ts';
import { entry } from '../model/once.ts';
import { allOf, type Crossing, type Mask, type Piece } from './crossing.ts';

/** A door, and in which states of which piece it is open. */
export interface Opening {
  readonly piece: Piece;
  readonly states: Mask;
  readonly behind: Behind;
}

/** Where requests come in, in some states of a piece. */
export interface Way {
  readonly piece: Piece;
  readonly states: Mask;
  readonly entry: Entry;
}

/** Pods that a piece keeps in some states. */
export interface Pool {
  readonly piece: Piece;
  readonly states: Mask;
  readonly keeper: Keeper;
}

/** The pieces of a crossing by what they do. */
export interface Wiring {
  readonly crossing: Crossing;
  readonly openings: ReadonlyMap<string, readonly Opening[]>;
  /** By the host that callers inside the cluster know. */
  readonly ways: ReadonlyMap<string, readonly Way[]>;
  /** The same by every host that they are for. */
  readonly answers: ReadonlyMap<string, readonly Way[]>;
  /** By the piece that keeps them. */
  readonly pools: ReadonlyMap<Piece, readonly Pool[]>;
  /** Autoscalers by the identity of what they scale. */
  readonly scalers: ReadonlyMap<string, readonly Piece[]>;
  /** Every state of the crossing. */
  readonly all: Mask;
  /** In which states what pods may not start without is not there; of what is there in some. */
  readonly vanishing: ReadonlyMap<string, Mask>;
  /** What was found before, by ask. */
  readonly followed: Map<Ask, unknown>;
}

/** Finds what the pieces of a crossing do. */
export function wiringOf(crossing: Crossing): Wiring {
  const openings = new Map<string, Opening[]>();
  const ways = new Map<string, Way[]>();
  const answers = new Map<string, Way[]>();
  const pools = new Map<Piece, Pool[]>();
  const scalers = new Map<string, Piece[]>();
  const vanishing = new Map<string, Mask>();
  for (const piece of crossing.pieces.values()) {
    for (const { states, object, links } of piece.variants) {
      if (object === undefined && MOUNTED.test(piece.identity)) vanishing.set(piece.identity, states);
      for (const { name, behind } of links.doors) entry(openings, name, list<Opening>).push({ piece, states, behind });
      for (const found of entriesOf(links)) {
        const way = { piece, states, entry: found };
        entry(ways, found.host, list<Way>).push(way);
        for (const host of [found.host, ...(found.also ?? [])]) entry(answers, host, list<Way>).push(way);
      }
      if (links.keeps !== undefined) entry(pools, piece, list<Pool>).push({ piece, states, keeper: links.keeps });
      if (links.scales !== undefined) entry(scalers, links.scales.keeper, list<Piece>).push(piece);
    }
  }
  return {
    ...{ crossing, openings, ways, answers, pools, scalers, vanishing },
    ...{ all: allOf(crossing.states.length), followed: new Map() },
  };
}

/** Kinds that pods name. */
const MOUNTED = /^\/(?:ConfigMap|Secret|ServiceAccount|PersistentVolumeClaim)\//;

const list = <T>(): T[] => [];

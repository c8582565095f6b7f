import { type Behind, entriesOf } from '../model/links.ts';
import { entry } from '../model/once.ts';
import type { Linked, Standing } from './crossing.ts';

/** What is known of a cluster besides the states of a crossing. */
export interface Known {
  /** Identities of Services that somebody else keeps. */
  readonly foreign: readonly string[];
  /** What the objects say of states that have stood whole before the crossing, the one that it starts from among them. */
  readonly past: readonly (readonly Linked[])[];
  /** Every other state of which it is known what it would open. */
  readonly others: () => readonly (readonly Linked[])[];
}

/**
 * Doors that stand whatever is applied. What lasts was opened by a state of the past, or was asked for by one: a state that stood
 * whole proves that what it asked for was there.
 */
export function standingDoors({ foreign, past, others }: Known): Standing {
  const lasting = past.map(lastingIn).filter(({ opened, asked }) => opened.size + asked.size > 0);
  const opened = (found: readonly Lasting[], door: string): Behind | undefined =>
    found.find(one => one.opened.has(door))?.opened.get(door);
  return door => {
    if (foreign.some(service => isOf(door, service))) return ELSEWHERE;
    if (lasting.length === 0) return undefined;
    if (!lasting.some(one => one.asked.has(door))) return opened(lasting, door);
    return opened(lasting, door) ?? opened(others().map(lastingIn), door) ?? ELSEWHERE;
  };
}

/** Doors that last: those that a state opens, and those that it asks for. */
export interface Lasting {
  readonly opened: ReadonlyMap<string, Behind>;
  readonly asked: ReadonlySet<string>;
}

// A state of the past is asked about at every hop.
const known = new WeakMap<readonly Linked[], Lasting>();

/** What of a state lasts; whatever is asked again is looked up. */
export const lastingIn = (objects: readonly Linked[]): Lasting => entry(known, objects, () => findLasting(objects));

function findLasting(objects: readonly Linked[]): Lasting {
  const opened = new Map<string, Behind>();
  const asked = new Set<string>();
  for (const { links } of objects) {
    for (const door of links.doors) if (door.lasting) opened.set(door.name, door.behind);
    for (const ask of entriesOf(links).flatMap(({ rules }) => rules.flatMap(rule => rule.asks)))
      if (ask.lasting) for (const door of ask.doors) asked.add(door);
  }
  return { opened, asked };
}

const ELSEWHERE: Behind = { kind: 'kept', version: '', mounts: [] };

/** A Service that is not ours is taken to have every port; subsets of it are ours to make. */
const isOf = (door: string, service: string): boolean => door === service || door.startsWith(`${service} port `);

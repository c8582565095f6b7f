import type { Behind } from '../model/links.ts';
import type { Linked, Standing } from './crossing.ts';

/** What is known of a cluster besides the states of a crossing. */
export interface Known {
  /** Identities of Services that somebody else keeps. */
  readonly foreign: readonly string[];
  /** What the objects say of states that have stood whole before the crossing, the one that it starts from among them. */
  readonly past: readonly (readonly Linked[])[];
}

/**
 * Doors that stand whatever is applied. What lasts was opened by a state of the past, or was asked for by one: a state that stood
 * whole proves that what it asked for was there.
 */
export function standingDoors({ foreign, past }: Known): Standing {
  const lasting = new Map<string, Behind>();
  for (const { doors, entry } of past.flatMap(objects => objects.map(({ links }) => links))) {
    for (const door of doors) if (door.lasting) lasting.set(door.name, door.behind);
    for (const ask of entry?.rules.flatMap(rule => rule.asks) ?? [])
      if (ask.lasting) for (const door of ask.doors) if (!lasting.has(door)) lasting.set(door, ELSEWHERE);
  }
  return door => lasting.get(door) ?? (foreign.some(service => isOf(door, service)) ? ELSEWHERE : undefined);
}

const ELSEWHERE: Behind = { kind: 'kept', version: '', mounts: [] };

/** A Service that is not ours is taken to have every port; subsets of it are ours to make. */
const isOf = (door: string, service: string): boolean => door === service || door.startsWith(`${service} port `);

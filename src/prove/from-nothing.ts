import type { Linked } from './crossing.ts';
import { lastingIn } from './standing.ts';

/** A state, by name, and what its objects say of each other. */
export interface NamedList {
  readonly name: string;
  readonly objects: readonly Linked[];
}

/**
 * Which states must be applied before a state works in an empty cluster, in the order in which they are applied; a state that needs none is left out.
 * Needed are the states whose objects make what lasts and what the state itself does not make, such as an older revision of Knative.
 */
export function needsFirst(states: readonly NamedList[]): ReadonlyMap<string, readonly string[]> {
  const makers = makersOf(states);
  const found = new Map<string, readonly string[]>();
  for (const { name, objects } of states) {
    const missing = missingOf(objects);
    if (missing.length === 0) continue;
    const needed = new Set<string>();
    for (const door of missing) collect(door, makers, needed);
    found.set(name, [...needed]);
  }
  return found;
}

const missingOf = (objects: readonly Linked[]): readonly string[] => {
  const { asked, opened } = lastingIn(objects);
  return [...asked].filter(door => !opened.has(door));
};

/** By lasting door: the state that makes it and misses the least itself, the first of several. */
function makersOf(states: readonly NamedList[]): ReadonlyMap<string, NamedList> {
  const makers = new Map<string, NamedList>();
  for (const state of states) {
    for (const door of lastingIn(state.objects).opened.keys()) {
      const other = makers.get(door);
      if (other === undefined || missingOf(state.objects).length < missingOf(other.objects).length)
        makers.set(door, state);
    }
  }
  return makers;
}

/** Adds who makes a door, behind those that it needs itself. */
function collect(
  door: string,
  makers: ReadonlyMap<string, NamedList>,
  needed: Set<string>,
  seen = new Set<string>(),
): void {
  const maker = makers.get(door);
  if (maker === undefined || seen.has(door)) return;
  seen.add(door);
  for (const other of missingOf(maker.objects)) collect(other, makers, needed, seen);
  needed.add(maker.name);
}

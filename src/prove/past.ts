import type { Plan } from '../model/plan.ts';

const ABORT = 'abort-';

/** Which states have stood whole in a cluster that stands in one state and goes to another. */
export function pastStates({ states }: Pick<Plan, 'states'>): (from: string, to: string) => readonly string[] {
  const places = placesOf({ states });
  return (from, to) => {
    const [here, there] = [places.get(from)!, places.get(to)!];
    // An abort was reached from its step, and what lies behind on the tape was left before.
    const left = there > here ? [] : [stepOf(to)];
    return [...new Set([from, stepOf(from), ...left])];
  };
}

/** The state of the tape that an abort belongs to; any other state is its own. */
export const stepOf = (state: string): string => (state.startsWith(ABORT) ? state.slice(ABORT.length) : state);

/** Place of each state on the tape; an abort stands where its step does. */
export function placesOf({ states }: Pick<Plan, 'states'>): ReadonlyMap<string, number> {
  const places = new Map(states.filter(({ kind }) => kind !== 'abort').map(({ name }, i) => [name, i]));
  for (const { name, kind } of states) if (kind === 'abort') places.set(name, places.get(stepOf(name)) ?? 0);
  return places;
}

/** The state from which one comes to each state; the first has none. */
export function statesBefore({ states }: Pick<Plan, 'states'>): ReadonlyMap<string, string> {
  const tape = states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
  const aborts = states.filter(({ kind }) => kind === 'abort').map(({ name }) => name);
  return new Map([
    ...tape.slice(1).map((name, i) => [name, tape[i]!] as const),
    ...aborts.map(name => [name, stepOf(name)] as const),
  ]);
}

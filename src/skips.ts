import { crosser, type Walk } from './crosser.ts';
import { sharedEmitter } from './emit-states.ts';
import type { Counterexample } from './model/breach.ts';
import { entry } from './model/once.ts';
import { askedIn, type Obligation, type Plan, type State, stateOf } from './model/plan.ts';
import { press } from './press.ts';
import type { AgentBreach } from './prove/agents.ts';
import { pastStates, placesOf } from './prove/past.ts';
import { providerNamed } from './providers/registry.ts';
import { obligations } from './traffic/obligations.ts';

/** What becomes of a cluster that stands in one state and syncs another one, whatever lies between. */
export interface Skip {
  readonly from: string;
  readonly to: string;
  /**
   * `any-order`: no requests are lost, and nothing has to be seen first. `once-ready`: none are lost once the obligations are seen. `unsafe`: some are lost
   * in some order.
   */
  readonly verdict: 'any-order' | 'once-ready' | 'unsafe';
  /** What must be seen first, pauses left out; absent: nothing, or the skip is unsafe. */
  readonly obligations?: readonly Obligation[];
  readonly unsafe?: Unsafe;
}

/** How a skip loses requests, and what to do instead. */
export interface Unsafe {
  /** The shortest way in any order. */
  readonly counterexample: Counterexample;
  /** Agents that can lose requests in their own order, and how. */
  readonly agents: readonly AgentBreach[];
  /** States of the tape to go by, in their order, so that every hop is safe; absent: no way is. */
  readonly by?: readonly string[];
}

/** Every move between two states of a plan, each judged when it is asked for. */
export interface Skips {
  /** The verdict alone, which is quicker than the whole. */
  readonly verdict: (from: string, to: string) => Skip['verdict'];
  readonly between: (from: string, to: string) => Skip;
  /** Names of all states, in the order of the plan. */
  readonly states: readonly string[];
}

/** Judges moves between the states of a plan that was compiled; its objects are emitted anew, because no plan holds them. */
export function skipsOf(plan: Plan): Skips {
  const walk = walkOf(plan);
  const { cross, agents } = crosser(walk);
  const pastOf = pastStates(plan);
  const places = placesOf(plan);
  const states = plan.states.map(({ name }) => name);
  const routeOf = (from: string, to: string) => ({ from: [from], to, past: pastOf(from, to) });
  const isSafe = (from: string, to: string): boolean => cross(routeOf(from, to)).broken === undefined;
  const tape = plan.states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
  const safe = (from: string, to: string) => readiness(walk, stateOf(plan, from), stateOf(plan, to));
  const unsafe = (from: string, to: string, counterexample: Counterexample): Unsafe => {
    const between = tape.slice(...span(places.get(from)!, places.get(to)!));
    const by = shortestWay(from, to, between, isSafe);
    const found = { counterexample, agents: agents(routeOf(from, to)) };
    return by === undefined ? found : { ...found, by };
  };
  const judge = (from: string, to: string): Skip => {
    const { broken } = cross(routeOf(from, to));
    if (broken === undefined) return { from, to, ...safe(from, to) };
    return { from, to, verdict: 'unsafe', unsafe: unsafe(from, to, broken) };
  };
  const known = new Map<string, Skip>();
  return {
    states,
    verdict: (from, to) => (isSafe(from, to) ? safe(from, to).verdict : 'unsafe'),
    between: (from, to) => entry(known, `${from} ${to}`, () => judge(from, to)),
  };
}

/** A plan with its objects, which were proved when it was compiled. */
function walkOf(plan: Plan): Walk {
  const provider = providerNamed(plan.provider);
  if (provider === undefined) throw new Error(`no provider ${plan.provider}`);
  const pressed = press();
  const emit = sharedEmitter(plan, provider, () => {});
  const objects = new Map(plan.states.map(state => [state.name, emit(state).all]));
  return { plan, provider, objectsOf: name => objects.get(name)!, reread: object => pressed(object).reread };
}

const span = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b) + 1];

/** What must be seen before a safe skip. A version that somebody else runs may be there before the plan names it. */
function readiness({ plan, provider }: Walk, from: State, to: State): Pick<Skip, 'verdict' | 'obligations'> {
  const running = new Set(from.running.map(({ version }) => version));
  const elsewhere = [...askedIn(to)].filter(
    name => !running.has(name) && plan.versions.some(version => version.name === name && version.kind === 'service'),
  );
  const found: readonly Obligation[] = [
    ...obligations(from, to, provider.capabilities).filter(({ kind }) => kind !== 'paused'),
    ...elsewhere.map(version => ({ kind: 'reachable', version }) as const),
  ];
  return found.length === 0 ? { verdict: 'any-order' } : { verdict: 'once-ready', obligations: found };
}

/** The fewest states to go by; undefined where no way is safe. */
function shortestWay(
  from: string,
  to: string,
  between: readonly string[],
  isSafe: (from: string, to: string) => boolean,
): readonly string[] | undefined {
  const left = new Set(between.filter(state => state !== from && state !== to));
  let ways: readonly (readonly string[])[] = [[]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways) {
      const here = way.at(-1) ?? from;
      if (way.length > 0 && isSafe(here, to)) return way;
      for (const state of left) {
        if (!isSafe(here, state)) continue;
        left.delete(state);
        next.push([...way, state]);
      }
    }
    ways = next;
  }
  return undefined;
}

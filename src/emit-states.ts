import type { KubeObject } from './model/kubernetes.ts';
import { entry } from './model/once.ts';
import type { Plan, State } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { StateObjects } from './prove/hops.ts';
import { configEmitter } from './workloads/config-map.ts';
import { workloadEmitter } from './workloads/emit.ts';

/** A state's objects, and all of them in the order in which they are written. */
export interface Emitted extends StateObjects {
  readonly all: readonly KubeObject[];
}

/** Emits a state's objects; states that run and route the same share them. `first` sees each set once. */
export function sharedEmitter(plan: Plan, provider: Provider, first: (state: State, objects: StateObjects) => void) {
  const { ownsWorkloads, notReadyBlocksRoute } = provider.capabilities;
  const [routing, workloads] = [provider.emitter(plan), (ownsWorkloads ? configEmitter : workloadEmitter)(plan)];
  const known = new Map<State['rules'], Map<State['running'], Map<string, Emitted>>>();
  return (state: State): Emitted => {
    const byRunning = entry(known, state.rules, () => new Map<State['running'], Map<string, Emitted>>());
    const alike = entry(byRunning, state.running, () => new Map<string, Emitted>());
    const isAbort = notReadyBlocksRoute && state.kind === 'abort';
    // Beside a route, the own name may lead to the stable version.
    const home = plan.route.ownName === 'beside' ? state.stable : '';
    return entry(alike, `${isAbort} ${state.rest ?? ''} ${home}`, () => {
      const parts = { routing: routing(state), workloads: workloads(state) };
      first(state, parts);
      return { ...parts, all: [...parts.workloads, ...parts.routing] };
    });
  };
}

import { type Finding, hasErrors } from './diagnostics/finding.ts';
import type { HopProof } from './model/hop-proof.ts';
import type { KubeObject } from './model/kubernetes.ts';
import { entry } from './model/once.ts';
import { type Plan, type State, stateOf } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import { press } from './press.ts';
import { type Changes, changesBetween, doesOneKind, joined, type StateObjects } from './prove/hops.ts';
import { mixedHop } from './prove/messages.ts';
import { proveHops, unsafeHops } from './prove-hops.ts';
import { proveState } from './prove-state.ts';
import { configEmitter } from './workloads/config-map.ts';
import { workloadEmitter } from './workloads/emit.ts';

/** A state with its objects in the order in which they are written. */
export interface DrawnState {
  readonly state: State;
  readonly objects: readonly KubeObject[];
}

/** Every state of a plan as objects, their text, what each hop changes, and what the proofs found. */
export interface Drawn {
  readonly states: readonly DrawnState[];
  readonly textOf: (object: KubeObject) => string;
  readonly changes: readonly Changes[];
  /** In the order of the plan's hops; none where a state has an error. */
  readonly proofs: readonly HopProof[];
  readonly findings: readonly Finding[];
}

/** Emits, prints, re-reads and proves every state and hop of a plan; what states share is worked on once. */
export function draw(plan: Plan, provider: Provider): Drawn {
  const pressed = press();
  const textOf = (object: KubeObject): string => pressed(object).text;
  const refusals = provider.check(plan);
  if (hasErrors(refusals)) return { states: [], textOf, changes: [], proofs: [], findings: refusals };

  const findings: Finding[] = [...refusals];
  const emit = sharedEmitter(plan, provider, (state, objects) =>
    findings.push(...proveState({ plan, state, provider, objects, press: pressed })),
  );
  const objects = new Map(plan.states.map(state => [state.name, emit(state)]));
  const changes = plan.hops.map(({ from, to, kind }) => {
    const routing = changesBetween(objects.get(from)!.routing, objects.get(to)!.routing);
    const workloads = changesBetween(objects.get(from)!.workloads, objects.get(to)!.workloads);
    if (!doesOneKind(kind, routing, workloads))
      findings.push(mixedHop({ path: stateOf(plan, to).origin }, { from, to, kind }));
    return joined(workloads, routing);
  });
  const states = plan.states.map(state => ({ state, objects: objects.get(state.name)!.all }));
  const reread = (object: KubeObject): KubeObject => pressed(object).reread;
  const proofs = hasErrors(findings)
    ? []
    : proveHops({ plan, provider, reread, objectsOf: name => objects.get(name)!.all });
  return { states, textOf, changes, proofs, findings: [...findings, ...unsafeHops(plan, proofs)] };
}

/** A state's objects, and all of them in the order in which they are written. */
interface Emitted extends StateObjects {
  readonly all: readonly KubeObject[];
}

/** Emits a state's objects; states that run and route the same share them. `first` sees each set once. */
function sharedEmitter(plan: Plan, provider: Provider, first: (state: State, objects: StateObjects) => void) {
  const { ownsWorkloads, notReadyBlocksRoute } = provider.capabilities;
  const [routing, workloads] = [provider.emitter(plan), (ownsWorkloads ? configEmitter : workloadEmitter)(plan)];
  const known = new Map<State['rules'], Map<State['running'], Map<boolean, Emitted>>>();
  return (state: State): Emitted => {
    const byRunning = entry(known, state.rules, () => new Map<State['running'], Map<boolean, Emitted>>());
    const byAbort = entry(byRunning, state.running, () => new Map<boolean, Emitted>());
    return entry(byAbort, notReadyBlocksRoute && state.kind === 'abort', () => {
      const parts = { routing: routing(state), workloads: workloads(state) };
      first(state, parts);
      return { ...parts, all: [...parts.workloads, ...parts.routing] };
    });
  };
}

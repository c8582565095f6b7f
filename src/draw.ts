import { checkOrder } from './check-order.ts';
import { crosser, type Walk } from './crosser.ts';
import { type Finding, hasErrors } from './diagnostics/finding.ts';
import { sharedEmitter } from './emit-states.ts';
import type { HopProof } from './model/hop-proof.ts';
import type { KubeObject } from './model/kubernetes.ts';
import { type Plan, type State, stateOf } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Risk } from './model/risk.ts';
import { press } from './press.ts';
import { needsFirst } from './prove/from-nothing.ts';
import { type Changes, changesBetween, doesOneKind, joined } from './prove/hops.ts';
import { mixedHop } from './prove/messages.ts';
import { hopRisks, proveHops, unsafeHops } from './prove-hops.ts';
import { proveState } from './prove-state.ts';

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
  /** What remains a risk of each hop, in the same order. */
  readonly risks: readonly (readonly Risk[])[];
  /** By name of a state: those that an empty cluster needs before it; absent: none. */
  readonly needsFirst: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly Finding[];
}

/** Emits, prints, re-reads and proves every state and hop of a plan; what states share is worked on once. */
export function draw(plan: Plan, provider: Provider): Drawn {
  const pressed = press();
  const textOf = (object: KubeObject): string => pressed(object).text;
  const refusals = [...provider.check(plan), ...checkOrder(plan, provider)];
  if (hasErrors(refusals)) return { ...UNPROVED, states: [], textOf, changes: [], findings: refusals };

  const findings: Finding[] = [...refusals];
  const emit = sharedEmitter(plan, provider, (state, objects) =>
    findings.push(...proveState({ plan, state, provider, objects, press: pressed })),
  );
  const objects = new Map(plan.states.map(state => [state.name, emit(state)]));
  const changes = plan.hops.map(({ from, to, kind }) => {
    const routing = changesBetween(objects.get(from)!.routing, objects.get(to)!.routing);
    const workloads = changesBetween(objects.get(from)!.workloads, objects.get(to)!.workloads);
    if (!doesOneKind(kind, referredTo(routing, plan, provider), workloads))
      findings.push(mixedHop({ path: stateOf(plan, to).origin }, { from, to, kind }));
    return joined(workloads, routing);
  });
  const states = plan.states.map(state => ({ state, objects: objects.get(state.name)!.all }));
  const reread = (object: KubeObject): KubeObject => pressed(object).reread;
  const walk = { plan, provider, reread, objectsOf: (name: string) => objects.get(name)!.all };
  const proved = hasErrors(findings) ? UNPROVED : proveWalk(walk);
  return { ...proved, states, textOf, changes, findings: [...findings, ...unsafeHops(plan, proved.proofs)] };
}

/** Without what comes or goes and only sends requests to others: no reference can miss it. */
function referredTo(changes: Changes, plan: Plan, provider: Provider): Changes {
  const opens = (object: KubeObject): boolean => (provider.links(object, plan)?.doors ?? ['unknown']).length > 0;
  return { ...changes, created: changes.created.filter(opens), deleted: changes.deleted.filter(opens) };
}

type Proved = Pick<Drawn, 'proofs' | 'risks' | 'needsFirst'>;

const UNPROVED: Proved = { proofs: [], risks: [], needsFirst: new Map() };

/** What needs the objects of several states. */
function proveWalk(walk: Walk): Proved {
  const { plan, provider } = walk;
  const crossed = crosser(walk);
  return {
    proofs: proveHops(plan, crossed),
    risks: hopRisks(plan, crossed, provider),
    needsFirst: provider.lasting
      ? needsFirst(plan.states.map(({ name }) => ({ name, objects: crossed.linked(name) })))
      : UNPROVED.needsFirst,
  };
}

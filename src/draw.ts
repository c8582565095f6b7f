import type { Finding } from './diagnostics/finding.ts';
import type { KubeObject } from './model/kubernetes.ts';
import { type Plan, type State, stateOf } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Pods } from './model/recovered.ts';
import { type Changes, changesBetween, doesOneKind, type StateObjects } from './prove/hops.ts';
import { mixedHop, notTranslated, refusedBySchema, repeatedObject } from './prove/messages.ts';
import { repeatedIdentities, schemaRefusal, strayObject } from './prove/objects.ts';
import { translationDifference } from './prove/translation.ts';
import { workloadEmitter } from './workloads/emit.ts';
import { readPods } from './workloads/read.ts';
import { printYaml } from './yaml/print.ts';
import { rereadYaml } from './yaml/reread.ts';

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
  readonly findings: readonly Finding[];
}

/** Emits, prints, re-reads and proves every state and hop of a plan; each distinct object is worked on once. */
export function draw(plan: Plan, provider: Provider): Drawn {
  const emitters = {
    routing: provider.emitter(plan),
    workloads: workloadEmitter(plan),
  };
  const pressed = press();
  const objects = new Map<string, StateObjects>();
  const findings: Finding[] = [...provider.check(plan)];
  const refused = findings.some(finding => finding.severity === 'error');
  for (const state of refused ? [] : plan.states) {
    const workloads = provider.capabilities.ownsWorkloads ? [] : emitters.workloads(state);
    objects.set(state.name, { routing: emitters.routing(state), workloads });
    findings.push(
      ...proveState({
        plan,
        state,
        provider,
        objects: objects.get(state.name)!,
        reread: pressed.reread,
      }),
    );
  }
  const hops = refused ? [] : plan.hops;
  for (const { from, to, kind } of hops) {
    if (!doesOneKind(kind, objects.get(from)!, objects.get(to)!)) {
      findings.push(mixedHop({ path: stateOf(plan, to).origin }, { from, to, kind }));
    }
  }
  const all = (name: string): readonly KubeObject[] => [...objects.get(name)!.workloads, ...objects.get(name)!.routing];
  return {
    states: refused ? [] : plan.states.map(state => ({ state, objects: all(state.name) })),
    textOf: pressed.textOf,
    changes: hops.map(({ from, to }) => changesBetween(all(from), all(to))),
    findings,
  };
}

/** Prints objects and reads their text back, each once. */
function press() {
  const texts = new WeakMap<KubeObject, string>();
  const read = new WeakMap<KubeObject, KubeObject>();
  const textOf = (object: KubeObject): string => {
    const known = texts.get(object);
    if (known !== undefined) return known;
    const text = printYaml(object);
    texts.set(object, text);
    return text;
  };
  const reread = (object: KubeObject): KubeObject => {
    const known = read.get(object);
    if (known !== undefined) return known;
    const again = rereadYaml(textOf(object)) as unknown as KubeObject;
    read.set(object, again);
    return again;
  };
  return { textOf, reread };
}

interface StateProof {
  readonly plan: Plan;
  readonly state: State;
  readonly provider: Provider;
  readonly objects: StateObjects;
  readonly reread: (object: KubeObject) => KubeObject;
}

function proveState({ plan, state, provider, objects, reread }: StateProof): readonly Finding[] {
  const path = state.origin;
  const routing = objects.routing.map(reread);
  const workloads = objects.workloads.map(reread);
  const refusals = [...routing, ...workloads].flatMap(object => {
    const reason = schemaRefusal(object);
    return reason === undefined
      ? []
      : [refusedBySchema({ path }, { object: `${object.kind}/${object.metadata.name}`, reason })];
  });
  const repeated = repeatedIdentities([...routing, ...workloads]).map(identity =>
    repeatedObject({ path }, { state: state.name, identity }),
  );
  if (refusals.length + repeated.length > 0) return [...refusals, ...repeated];
  const read = provider.recover(routing, [...readPods(workloads), ...foreignPods(plan)]);
  const stray = strayObject(plan, [...routing, ...workloads]);
  const difference =
    stray === undefined
      ? translationDifference(plan, state, provider, read)
      : { path: 'namespace', wanted: plan.namespace, found: `${stray.kind} in ${stray.metadata.namespace}` };
  return difference === undefined ? [] : [notTranslated({ path }, { state: state.name, ...difference })];
}

/** Versions behind a Service of somebody else's: known by the Service's name alone. */
const foreignPods = (plan: Plan): readonly Pods[] =>
  plan.versions.flatMap(version =>
    version.kind === 'service'
      ? [
          {
            version: version.name,
            replicas: 0,
            labels: { 'surefoot.dev/service': version.service },
            keeper: `/Service/${plan.namespace}/${version.service}`,
          },
        ]
      : [],
  );

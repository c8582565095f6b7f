import type { Finding } from './diagnostics/finding.ts';
import type { KubeObject } from './model/kubernetes.ts';
import type { Plan, State } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Pods } from './model/recovered.ts';
import { podsSeen } from './pods-seen.ts';
import type { Pressed } from './press.ts';
import type { Difference } from './prove/difference.ts';
import type { StateObjects } from './prove/hops.ts';
import { notTranslated, refusedBySchema, repeatedObject } from './prove/messages.ts';
import { isPassedOn, repeatedIdentities, strayObject } from './prove/objects.ts';
import { proveTemplates } from './prove/templates.ts';
import { translationDifference } from './prove/translation.ts';
import { workloadDifference } from './prove/workloads.ts';
import { readWorkloads } from './workloads/read.ts';

/** A state with the objects that were emitted for it. */
export interface StateProof {
  readonly plan: Plan;
  readonly state: State;
  readonly provider: Provider;
  readonly objects: StateObjects;
  readonly press: (object: KubeObject) => Pressed;
}

/** Proves one state: the cluster takes its objects, each once, and they say what the plan says. */
export function proveState(proof: StateProof): readonly Finding[] {
  const { plan, state, objects, press } = proof;
  const all = [...objects.routing, ...objects.workloads];
  const refusals = all.flatMap(object => {
    const { refusal } = press(object);
    const name = `${object.kind}/${object.metadata.name}`;
    return refusal === undefined || isPassedOn(plan, object)
      ? []
      : [refusedBySchema({ path: state.origin }, { object: name, reason: refusal })];
  });
  const repeated = repeatedIdentities(all).map(identity =>
    repeatedObject({ path: state.origin }, { state: state.name, identity }),
  );
  return refusals.length + repeated.length > 0 ? [...refusals, ...repeated] : proveMeaning(proof);
}

function proveMeaning({ plan, state, provider, objects, press }: StateProof): readonly Finding[] {
  const routing = objects.routing.map(object => press(object).reread);
  const workloads = objects.workloads.map(object => press(object).reread);
  const stray = strayObject(plan, [...routing, ...workloads]);
  const difference =
    stray === undefined
      ? (keeperDifference(plan, state, workloads, provider.capabilities.ownsWorkloads) ??
        translationDifference(plan, state, provider, provider.recover(routing, podsOf(plan, state, workloads))))
      : { path: 'namespace', wanted: plan.namespace, found: `${stray.kind} in ${stray.metadata.namespace}` };
  return difference === undefined ? [] : [notTranslated({ path: state.origin }, { state: state.name, ...difference })];
}

/** Objects of templates are held against their templates, all others against the plan. */
function keeperDifference(
  plan: Plan,
  state: State,
  workloads: readonly KubeObject[],
  ownsWorkloads: boolean,
): Difference | undefined {
  const { rest, difference } = proveTemplates(plan, state, workloads);
  return difference ?? workloadDifference(plan, state, readWorkloads(rest), ownsWorkloads);
}

/** The pods that the state's objects describe, as its readers see them. */
export const podsOf = (
  { namespace, versions, ports }: Plan,
  { running }: State,
  workloads: readonly KubeObject[],
): readonly Pods[] =>
  podsSeen(
    { namespace, versions, ports: ports.map(({ port }) => port), running: running.map(({ version }) => version) },
    workloads,
  );

import type { HopProof } from './model/hop-proof.ts';
import { IMMUTABLE } from './model/immutable.ts';
import type { KubeObject } from './model/kubernetes.ts';
import type { Links } from './model/links.ts';
import { entry } from './model/once.ts';
import type { Hop, Plan, State } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import { breakCrossing, type Limits } from './prove/cross.ts';
import { crossingOf } from './prove/crossing.ts';
import { standingDoors } from './prove/standing.ts';
import { strengthsOf } from './prove/strengths.ts';
import { workloadLinks } from './workloads/links.ts';

/** A plan with the objects of its states. */
export interface Walk {
  readonly plan: Plan;
  readonly provider: Provider;
  readonly objectsOf: (state: string) => readonly KubeObject[];
  /** The object as its text says it. */
  readonly reread: (object: KubeObject) => KubeObject;
}

/** Which way a crossing goes: by names of states. */
export interface Route {
  /** The cluster stands at any mixture of these. */
  readonly from: readonly string[];
  readonly to: string;
  /** States that have stood whole before. */
  readonly past: readonly string[];
}

/** Proves crossings between states of a plan; what is known of an object is read once. */
export function crosser({ plan, provider, objectsOf, reread }: Walk) {
  const known = new WeakMap<KubeObject, Links>();
  const linksOf = (object: KubeObject): Links =>
    entry(known, object, () => provider.links(reread(object), plan) ?? workloadLinks(reread(object)));
  const limits: Limits = {
    immutable: [...IMMUTABLE, ...(provider.immutable ?? [])],
    strengths: provider.capabilities.ownsWorkloads ? new Map() : strengthsOf(plan),
  };
  const foreign = plan.versions.flatMap(version =>
    version.kind === 'service' ? [`/Service/${plan.namespace}/${version.service}`] : [],
  );
  return ({ from, to, past }: Route) => {
    const shores = [...from, to].map(name => ({ name, objects: objectsOf(name) }));
    const standing = standingDoors({ foreign, past: past.map(objectsOf) }, linksOf);
    return breakCrossing(crossingOf(shores, linksOf, standing), limits);
  };
}

/** Proves every hop of a plan: forth, back, and from a state that was never seen whole. In the order of `plan.hops`. */
export function proveHops(walk: Walk): readonly HopProof[] {
  const cross = crosser(walk);
  return walk.plan.hops.map(hop => {
    const { from, to } = hop;
    const past = pastOf(walk.plan, hop);
    const before = stateBefore(walk.plan, from);
    const broken = cross({ from: [from], to, past });
    const brokenBack = cross({ from: [to], to: from, past: [...past, to] });
    const unobserved = before === undefined ? undefined : cross({ from: [before.name, from], to, past: [before.name] });
    return {
      ...(broken === undefined ? {} : { broken }),
      ...(brokenBack === undefined ? {} : { brokenBack }),
      ...(unobserved === undefined ? {} : { unobserved }),
    };
  });
}

/** States that have stood whole when a hop is taken: an abort was reached from its step, and that one over the tape. */
function pastOf({ states }: Plan, { from, to }: Hop): readonly string[] {
  const step = states.find(({ name }) => `abort-${name}` === from);
  if (step === undefined) return [from];
  return [from, step.name, to];
}

/** The state from which one comes to a state; undefined for the first. */
function stateBefore({ states }: Plan, name: string): State | undefined {
  const step = states.find(state => `abort-${state.name}` === name);
  if (step !== undefined) return step;
  const index = states.findIndex(state => state.name === name);
  return index > 0 ? states[index - 1] : undefined;
}

import type { Finding } from './diagnostics/finding.ts';
import { objectWords, traceSentence } from './layout/trouble-words.ts';
import type { Counterexample } from './model/breach.ts';
import type { HopProof } from './model/hop-proof.ts';
import { IMMUTABLE } from './model/immutable.ts';
import { identityOf, type KubeObject } from './model/kubernetes.ts';
import type { Links } from './model/links.ts';
import { entry } from './model/once.ts';
import { type Hop, type Plan, stateOf } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import { counterexampleOf } from './prove/counterexample.ts';
import { allBreachesOf, isAtOnce, type Limits } from './prove/cross.ts';
import { crossingOf, type Linked } from './prove/crossing.ts';
import { unsafeHop } from './prove/messages.ts';
import { byKind, type Stand, standOf } from './prove/moving.ts';
import { standingDoors } from './prove/standing.ts';
import { strengthsOf } from './prove/strengths.ts';
import { workloadLinks } from './workloads/links.ts';

/** A plan with the objects of its states, each of them proved by itself. */
export interface Walk {
  readonly plan: Plan;
  readonly provider: Provider;
  /** States with equal objects give one list: `===`. */
  readonly objectsOf: (state: string) => readonly KubeObject[];
  /** The object as its text says it. */
  readonly reread: (object: KubeObject) => KubeObject;
}

/** Which way a crossing goes: by names of states. */
export interface Route {
  /** The cluster holds any mixture of these. */
  readonly from: readonly string[];
  readonly to: string;
  /** States that have stood whole before. */
  readonly past: readonly string[];
}

/** Proves crossings between states of a plan; whatever is asked again is looked up. Gives the shortest counterexample, or undefined. */
export function crosser(walk: Walk): (route: Route) => Counterexample | undefined {
  const { plan, provider, objectsOf, reread } = walk;
  const limits: Limits = {
    immutable: byKind([...IMMUTABLE, ...(provider.immutable ?? [])]),
    strengths: provider.capabilities.ownsWorkloads ? new Map() : strengthsOf(plan),
  };
  const foreign = plan.versions.flatMap(version =>
    version.kind === 'service' ? [`/Service/${plan.namespace}/${version.service}`] : [],
  );
  const stands = new Map<readonly KubeObject[], Stand & { readonly id: number }>();
  const linked = new WeakMap<KubeObject, Linked>();
  const linkedOf = (object: KubeObject): Linked =>
    entry(linked, object, () => linkedWhenAsked(object, () => readLinks(reread(object), walk)));
  const standAt = (state: string) => {
    const objects = objectsOf(state);
    return entry(stands, objects, () => ({ id: stands.size, ...standOf(objects.map(linkedOf)) }));
  };
  const others = () => plan.states.map(({ name }) => standAt(name).objects);
  const known = new Map<string, { readonly found: Counterexample | undefined; readonly clean: boolean }>();
  return ({ from, to, past }) => {
    const names = [...from, to];
    const states = names.map(standAt);
    const before = provider.lasting ? past.map(standAt) : [];
    return entry(known, keyOf(states, before), () => {
      // What a state leans on that only earlier ones made is no part of it.
      if (!provider.lasting && isAtOnce(states, limits.immutable)) return SAFE;
      // Where nothing breaks one way, nothing breaks the other way, unless it matters what was there before.
      const back = known.get(keyOf([...states].reverse(), before));
      if (back?.clean === true && states.length === 2 && !states.some(isScaled) && before.length === 0) return SAFE;
      const standing = standingDoors({ foreign, past: before.map(({ objects }) => objects), others });
      const shores = names.map((name, i) => ({ name, objects: states[i]!.objects }));
      const crossing = crossingOf(shores, standing);
      const breaches = allBreachesOf(crossing, limits);
      return { found: counterexampleOf(crossing, breaches), clean: breaches.length === 0 };
    }).found;
  };
}

const SAFE = { found: undefined, clean: true };

const keyOf = (...lists: readonly (readonly { readonly id: number }[])[]): string =>
  lists.map(list => list.map(({ id }) => id).join(' ')).join('/');

/** An autoscaler that comes makes a number of pods go. */
const isScaled = ({ objects }: Stand): boolean => objects.some(({ identity }) => identity.startsWith('autoscaling/'));

const readLinks = (object: KubeObject, { plan, provider }: Walk): Links =>
  provider.links(object, plan) ?? workloadLinks(object);

/** Most objects are never asked: a hop that changes one of them at once needs no order. */
function linkedWhenAsked(object: KubeObject, read: () => Links): Linked {
  let links: Links | undefined;
  return {
    identity: identityOf(object),
    object,
    get links() {
      links ??= read();
      return links;
    },
  };
}

/** Proves every hop of a plan: forth, back, and from a state that was never seen whole. In the order of `plan.hops`. */
export function proveHops(walk: Walk): readonly HopProof[] {
  const cross = crosser(walk);
  const before = statesBefore(walk.plan);
  return walk.plan.hops.map(hop => {
    const { from, to } = hop;
    const past = pastOf(walk.plan, hop);
    // That a version gets no requests, which a retire obliges, cannot be seen before the state is whole.
    const earlier = hop.kind === 'retire' ? undefined : before.get(from);
    const broken = cross({ from: [from], to, past });
    const brokenBack = cross({ from: [to], to: from, past: [...past, to] });
    const unobserved = earlier === undefined ? undefined : cross({ from: [earlier, from], to, past: [earlier] });
    return {
      ...(broken === undefined ? {} : { broken }),
      ...(brokenBack === undefined ? {} : { brokenBack }),
      ...(unobserved === undefined ? {} : { unobserved }),
    };
  });
}

const ABORT = 'abort-';

/** States that have stood whole when a hop is taken: an abort was reached from its step, and the end of giving up was left before. */
const pastOf = ({ states }: Plan, { from, to }: Hop): readonly string[] =>
  from.startsWith(ABORT) && states.some(({ name }) => name === from.slice(ABORT.length))
    ? [from, from.slice(ABORT.length), to]
    : [from];

/** The state from which one comes to each state; the first has none. */
function statesBefore({ states }: Plan): ReadonlyMap<string, string> {
  const tape = states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
  const aborts = states.filter(({ kind }) => kind === 'abort').map(({ name }) => name);
  return new Map([
    ...tape.slice(1).map((name, i) => [name, tape[i]!] as const),
    ...aborts.map(name => [name, name.slice(ABORT.length)] as const),
  ]);
}

/** Hops on whose way, there or back, requests are lost; what breaks several is told of the first. */
export function unsafeHops(plan: Plan, proofs: readonly HopProof[]): readonly Finding[] {
  const told = new Map<string, Finding>();
  proofs.forEach(({ broken, brokenBack }, index) => {
    const counterexample = broken ?? brokenBack;
    if (counterexample === undefined) return;
    const { from, to } = plan.hops[index]!;
    const { trouble } = counterexample;
    const shared = trouble.kind === 'cannot-start' ? objectWords(trouble.mount) : undefined;
    const [start, end] = broken === undefined ? [to, from] : [from, to];
    const at = { path: stateOf(plan, to).origin };
    const finding = unsafeHop(at, { from: start, to: end, trace: traceSentence(counterexample), shared });
    entry(told, shared ?? finding.what, () => finding);
  });
  return [...told.values()];
}

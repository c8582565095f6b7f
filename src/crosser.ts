import { AGENTS } from './model/agents.ts';
import type { Counterexample } from './model/breach.ts';
import { IMMUTABLE } from './model/immutable.ts';
import { identityOf, type KubeObject } from './model/kubernetes.ts';
import type { Links } from './model/links.ts';
import { entry } from './model/once.ts';
import type { Plan } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import { type AgentBreach, breakingAgent } from './prove/agents.ts';
import { counterexampleOf } from './prove/counterexample.ts';
import { allBreachesOf, everyBreachOf, isAtOnce, type Limits } from './prove/cross.ts';
import { type Crossing, crossingOf, type Linked } from './prove/crossing.ts';
import { byKind, type IndexedState, indexState } from './prove/moving.ts';
import { lastingIn, standingDoors } from './prove/standing.ts';
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

/** What is known of a crossing. */
export interface Crossed {
  readonly crossing: () => Crossing;
  /** The shortest way to break it; undefined: it is safe in any order. */
  readonly broken: Counterexample | undefined;
  /** Whether at most one object that matters moves, and the cluster takes it. */
  readonly isAtOnce: boolean;
}

/** Proves crossings between states of a plan; whatever is asked again is looked up. */
export interface Crosser {
  readonly cross: (route: Route) => Crossed;
  /** Which agents can break a crossing from one state, and how; worked out anew each time. */
  readonly agents: (route: Route) => readonly AgentBreach[];
  /** Whether it matters which states have stood before. */
  readonly lasts: boolean;
  /** What the objects of a state say of each other; states with equal objects give one list: `===`. */
  readonly linked: (state: string) => readonly Linked[];
}

/** A prover of the crossings of one plan. */
export function crosser(walk: Walk): Crosser {
  const { plan, provider } = walk;
  const limits = limitsOf(walk);
  const stateAt = statesOf(walk);
  const foreign = foreignServices(plan);
  const others = () => plan.states.map(({ name }) => stateAt(name).objects);
  const known = new Map<string | number, Judged>();
  const judge = ({ from, to }: Route, states: readonly NumberedState[], before: readonly NumberedState[]): Judged => {
    const names = [...from, to];
    const crossing = (): Crossing =>
      crossingOf(
        names.map((name, i) => ({ name, objects: states[i]!.objects })),
        standingDoors({ foreign, past: before.map(({ objects }) => objects), others }),
      );
    const atOnce = isAtOnce(states, limits.immutable);
    // What a state leans on that only earlier ones made is no part of it.
    const isSelfMade = !provider.lasting || isMade(states.at(-1)!.objects, before);
    if (atOnce && isSelfMade) return { crossing, broken: undefined, isAtOnce: true, clean: true };
    // Where nothing breaks one way, nothing breaks the other way, unless it matters what was there before.
    const back = known.get(keyOf([...states].reverse(), before));
    if (back?.clean === true && states.length === 2 && !states.some(isScaled) && before.length === 0)
      return { crossing, broken: undefined, isAtOnce: atOnce, clean: true };
    const whole = crossing();
    const breaches = allBreachesOf(whole, limits);
    const broken = counterexampleOf(whole, breaches);
    return { crossing: () => whole, broken, isAtOnce: atOnce, clean: breaches.length === 0 };
  };
  const cross = (route: Route): Crossed => {
    const states = [...route.from.map(stateAt), stateAt(route.to)];
    const before = provider.lasting ? route.past.map(stateAt) : NOTHING;
    return entry(known, keyOf(states, before), () => judge(route, states, before));
  };
  const agents = (route: Route): readonly AgentBreach[] => {
    const { crossing, broken } = cross(route);
    if (broken === undefined) return [];
    const breaches = everyBreachOf(crossing(), limits);
    return AGENTS.flatMap(agent => breakingAgent(crossing(), breaches, agent) ?? []);
  };
  return { cross, agents, lasts: provider.lasting === true, linked: state => stateAt(state).objects };
}

/** `clean`: nothing at all was found, also nothing that was so before. */
type Judged = Crossed & { readonly clean: boolean };

const limitsOf = ({ plan, provider }: Walk): Limits => ({
  immutable: byKind([...IMMUTABLE, ...(provider.immutable ?? [])]),
  strengths: strengthsFor(plan, provider),
});

/** Identities of Services that somebody else keeps. */
const foreignServices = ({ versions, namespace }: Plan): readonly string[] =>
  versions.flatMap(version => (version.kind === 'service' ? [`/Service/${namespace}/${version.service}`] : []));

/** Whether everything that lasts and that objects ask for was made, or used, before, or is made by them. */
function isMade(objects: readonly Linked[], before: readonly IndexedState[]): boolean {
  const known = [lastingIn(objects).opened, ...before.flatMap(state => Object.values(lastingIn(state.objects)))];
  return [...lastingIn(objects).asked].every(door => known.some(doors => doors.has(door)));
}

type NumberedState = IndexedState & { readonly id: number };

const NOTHING: readonly NumberedState[] = [];

/** A name for a way; a number where few states make it, because each hop of a large fleet is asked for several. */
const keyOf = (states: readonly NumberedState[], before: readonly NumberedState[]): string | number =>
  before.length === 0 && states.length < 4
    ? states.reduce((key, { id }) => key * LARGER_THAN_ANY + id + 1, 0)
    : [states, before].map(some => some.map(({ id }) => id).join(' ')).join('/');

/** More states than a tape can have; its cube is still exact. */
const LARGER_THAN_ANY = 100_000;

/** An autoscaler that comes makes a number of pods go. */
const isScaled = ({ objects }: IndexedState): boolean =>
  objects.some(({ identity }) => identity.startsWith('autoscaling/'));

function statesOf({ plan, provider, objectsOf, reread }: Walk): (state: string) => NumberedState {
  const states = new Map<readonly KubeObject[], NumberedState>();
  const linked = new WeakMap<KubeObject, Linked>();
  const read = (object: KubeObject): Links => provider.links(object, plan) ?? workloadLinks(object);
  const linkedOf = (object: KubeObject): Linked =>
    entry(linked, object, () => linkedWhenAsked(object, () => read(reread(object))));
  return state => {
    const objects = objectsOf(state);
    return entry(states, objects, () => ({ id: states.size, ...indexState(objects.map(linkedOf)) }));
  };
}

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

/** Pods of each version that carry all requests; where the provider keeps the pods, nobody counts them. */
export const strengthsFor = (plan: Plan, { capabilities }: Provider): ReadonlyMap<string, number> =>
  capabilities.ownsWorkloads ? new Map() : strengthsOf(plan);

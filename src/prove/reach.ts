import type { Requests, Trouble } from '../model/breach.ts';
import type { Labels } from '../model/kubernetes.ts';
import type { Ask, Behind, EntryRule, PortWay } from '../model/links.ts';
import { entry } from '../model/once.ts';
import { both, type Condition } from './condition.ts';
import { allOf, type Mask } from './crossing.ts';
import type { Opening, Pool, Wiring } from './wiring.ts';

/** Something that goes wrong in some mixtures of a crossing. */
export interface Breach {
  readonly when: Condition;
  readonly trouble: Trouble;
  /** Rules of an entry up to the one whose requests are in trouble: which requests those are. Absent: it is not about a rule. */
  readonly rules?: readonly EntryRule[];
  /** What pieces must have been before they were updated. Absent: anything. */
  readonly from?: Condition;
}

/** Where some requests have come to, in some mixtures. */
export interface Reached {
  readonly when: Condition;
  /** What pods must carry to be reached: the labels of every one. */
  readonly labels: readonly Labels[];
  /** Ports that requests come in at, and where they go on to. */
  readonly ports: readonly PortWay[];
  /** Namespace of those pods; undefined: no door has led to pods that are seen here. */
  readonly namespace: string | undefined;
  /** What is behind the last door that is not a matter of labels. */
  readonly end: Exclude<Behind, { kind: 'pods' }> | undefined;
}

/** Every way in which requests of an ask end nowhere; `when` says in which mixtures they are sent at all. */
export function reach(wiring: Wiring, ask: Ask, requests: Requests, when: Condition): readonly Breach[] {
  return ask.share === 0 ? [] : breachesAlong(wiring, ask, requests, follow(wiring, ask, when));
}

/**
 * Copies that are made on the way stop the requests, too, where they find a door closed or no pods: what they come through is
 * dropped whole. https://github.com/traefik/traefik/blob/v3.7.9/pkg/provider/kubernetes/crd/kubernetes_http.go
 */
function breachesAlong(wiring: Wiring, ask: Ask, requests: Requests, { closed, reached }: Followed): readonly Breach[] {
  const shut = closed.map(({ when, door }): Breach => ({ when, trouble: { kind: 'closed', requests, door } }));
  const met = (by: Requests) => reached.flatMap(here => arrive(wiring, here, by, ask));
  if (!ask.copies || requests.copies) return [...shut, ...met(requests)];
  const stopping = met(requests).filter(({ trouble }) => trouble.kind !== 'not-listening');
  return [...shut, ...stopping, ...met({ ...requests, copies: true })];
}

/** Where an ask leads: doors that are closed in some mixtures, and what is behind those that are open. */
interface Followed {
  readonly closed: readonly { readonly when: Condition; readonly door: string }[];
  readonly reached: readonly Reached[];
}

/** Follows an ask of an entry through its doors, once under each condition. */
export const follow = (wiring: Wiring, ask: Ask, when: Condition): Followed =>
  entry(
    entry(wiring.followed as Map<Ask, Map<Condition, Followed>>, ask, () => new Map<Condition, Followed>()),
    when,
    () => followOn(wiring, ask, when),
  );

/** Follows an ask that stands behind a door, under the condition of those who come through. */
export function followOn(wiring: Wiring, ask: Ask, when: Condition): Followed {
  const closed: { when: Condition; door: string }[] = [];
  let reached: readonly Reached[] = [{ when, labels: [], ports: [], namespace: undefined, end: undefined }];
  for (const door of ask.doors) {
    for (const here of reached) {
      const shut = closedWhen(wiring, door, here.when);
      if (shut !== undefined) closed.push({ when: shut, door });
    }
    reached = reached.flatMap(here => through(wiring, door, here));
  }
  return { closed, reached };
}

/** In which mixtures a door is closed; undefined: in none. */
function closedWhen({ crossing, openings, all }: Wiring, door: string, when: Condition): Condition | undefined {
  if (crossing.standing(door) !== undefined) return undefined;
  let closed: Condition | undefined = when;
  for (const { piece, states } of merged(openings.get(door) ?? [])) {
    closed = both(closed, piece.identity, all & ~states, all);
    if (closed === undefined) return undefined;
  }
  return closed;
}

/** A piece may open a door in several variants. */
function merged(openings: readonly Opening[]): readonly Pick<Opening, 'piece' | 'states'>[] {
  if (openings.length < 2) return openings;
  const byPiece = new Map<Opening['piece'], Mask>();
  for (const { piece, states } of openings) byPiece.set(piece, (byPiece.get(piece) ?? 0) | states);
  return [...byPiece].map(([piece, states]) => ({ piece, states }));
}

function through({ crossing, openings, all }: Wiring, door: string, here: Reached): readonly Reached[] {
  const standing = crossing.standing(door);
  if (standing !== undefined) return [behind(here, standing, here.when)];
  return (openings.get(door) ?? []).flatMap(opening => {
    const when = both(here.when, opening.piece.identity, opening.states, all);
    return when === undefined ? [] : [behind(here, opening.behind, when)];
  });
}

function behind(here: Reached, found: Behind, when: Condition): Reached {
  if (found.kind !== 'pods') return { ...here, when, end: found };
  const { namespace, labels, ports = here.ports } = found;
  return { ...here, when, namespace, ports, labels: [...here.labels, labels] };
}

function arrive(wiring: Wiring, here: Reached, requests: Requests, ask: Ask): readonly Breach[] {
  const { end, when } = here;
  switch (end?.kind) {
    case 'nothing':
      return [{ when, trouble: { kind: 'closed', requests, door: `${ask.doors.at(-1)} selector` } }];
    case 'kept':
      if (wiring.vanishing.size === 0) return [];
      return end.mounts.flatMap(mount =>
        withoutMount(wiring, { keeper: ask.doors.at(-1) ?? '', mount, requests, when }),
      );
    case 'ways':
      return end.asks.flatMap(next =>
        next.share === 0 ? [] : breachesAlong(wiring, next, requests, followOn(wiring, next, when)),
      );
    case undefined:
      return [...withoutPods(wiring, here, requests), ...notListening(wiring, here, requests)];
    default:
      return end satisfies never;
  }
}

interface Mounting {
  readonly keeper: string;
  readonly mount: string;
  readonly requests: Requests;
  readonly when: Condition;
}

/** Only what the crossing itself brings or takes away is missed: other objects are somebody else's. */
function withoutMount({ vanishing, all }: Wiring, { keeper, mount, requests, when }: Mounting): readonly Breach[] {
  const gone = vanishing.get(mount);
  const without = gone === undefined ? undefined : both(when, mount, gone, all);
  return without === undefined ? [] : [{ when: without, trouble: { kind: 'cannot-start', requests, keeper, mount } }];
}

/** Requests find nobody where every piece that ever keeps such pods keeps none of them, or none that can start. */
function withoutPods(wiring: Wiring, { when, labels, namespace }: Reached, requests: Requests): readonly Breach[] {
  const nobody: Trouble = { kind: 'no-pods', requests, labels: joined(labels) };
  let found: readonly Breach[] = [{ when, trouble: nobody }];
  for (const pools of wiring.pools.values()) {
    const serving = pools.filter(({ keeper }) => serves(keeper, labels, namespace));
    if (serving.length === 0) continue;
    found = nearest(
      wiring,
      found.flatMap(breach => failing(wiring, serving, breach, requests)),
    );
    if (found.length === 0) return found;
  }
  return found;
}

/**
 * Pods that get requests at a port which they listen on in another state only. A port that comes or goes with the crossing is left out: nobody calls it all
 * along.
 */
function notListening(
  { pools, openings, all }: Wiring,
  { when, labels, namespace, ports }: Reached,
  requests: Requests,
): readonly Breach[] {
  const lasting = ports.filter(({ door }) => merged(openings.get(door) ?? []).some(({ states }) => states === all));
  if (lasting.length === 0) return [];
  return [...pools.values()].flatMap(own => {
    if (own.length < 2) return [];
    return own.flatMap(({ piece, states, keeper }) => {
      const running = serves(keeper, labels, namespace) ? both(when, piece.identity, states, all) : undefined;
      const deaf = lasting.find(
        ({ target }) => !listens(keeper, target) && own.some(one => listens(one.keeper, target)),
      );
      if (running === undefined || deaf === undefined) return [];
      const trouble = { kind: 'not-listening', requests, keeper: piece.identity, port: deaf.target } as const;
      return [{ when: running, trouble }];
    });
  });
}

const listens = ({ ports = [] }: Pool['keeper'], port: number): boolean => ports.length === 0 || ports.includes(port);

/** Labels in one map, for people; values of one label that exclude each other are all told. */
function joined(labels: readonly Labels[]): Labels {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of labels.flatMap(some => Object.entries(some)))
    values.set(key, (values.get(key) ?? new Set()).add(value));
  return Object.fromEntries([...values].map(([key, all]) => [key, [...all].join(' and ')]));
}

const serves = (keeper: Pool['keeper'], labels: readonly Labels[], namespace?: string): boolean =>
  keeper.replicas !== 0 && carries(keeper, labels, namespace);

/** Whether the pods of a keeper are among those that requests are sent to. */
export const carries = (keeper: Pool['keeper'], labels: readonly Labels[], namespace?: string): boolean =>
  keeper.namespace === namespace &&
  labels.every(some => Object.entries(some).every(([key, value]) => keeper.labels[key] === value));

/** Ways to lose all pods of a request that are followed: each piece that keeps some would double them. */
const WAYS = 64;

/** Those that hold before anything is done, and those that need the fewest operations. */
function nearest({ crossing }: Wiring, breaches: readonly Breach[]): readonly Breach[] {
  if (breaches.length <= WAYS) return breaches;
  const starts = allOf(crossing.states.length - 1);
  const counted = breaches.map(breach => ({
    breach,
    operations: [...breach.when.values()].filter(states => (states & starts) === 0).length,
  }));
  const [before, later] = [counted.filter(one => one.operations === 0), counted.filter(one => one.operations > 0)];
  later.sort((a, b) => a.operations - b.operations);
  return [...before.slice(0, WAYS), ...later.slice(0, WAYS)].map(({ breach }) => breach);
}

/** The mixtures of a breach in which one piece does not help either. */
function failing(wiring: Wiring, serving: readonly Pool[], breach: Breach, requests: Requests): readonly Breach[] {
  const { identity } = serving[0]!.piece;
  const states = serving.reduce((mask, pool) => mask | pool.states, 0);
  const idle = both(breach.when, identity, wiring.all & ~states, wiring.all);
  if (wiring.vanishing.size === 0) return idle === undefined ? [] : [{ ...breach, when: idle }];
  const mounting = new Map<string, Mask>();
  for (const { keeper, states: own } of serving)
    for (const mount of keeper.mounts) mounting.set(mount, (mounting.get(mount) ?? 0) | own);
  const broken = [...mounting].flatMap(([mount, own]) => {
    const running = both(breach.when, identity, own, wiring.all);
    return running === undefined ? [] : withoutMount(wiring, { keeper: identity, mount, requests, when: running });
  });
  return [...(idle === undefined ? [] : [{ ...breach, when: idle }]), ...broken];
}

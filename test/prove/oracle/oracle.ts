import type { Cluster, Failure } from './cluster.ts';
import { failuresByMappings, isAsked, isMapping, mappingOf } from './emissary.ts';
import { failuresByFronts, frontOf, samplesOfFront } from './fronts.ts';
import { failuresByRoute, isReached, virtualServiceFor, virtualServiceOf } from './istio.ts';
import { failuresByList, frontFor, isServing, revisionsAsked, servingOf } from './knative.ts';
import { type Overload, overloadsIn, type Strengths } from './load.ts';
import { failuresByIngresses, isIngress, samplesOfSide, sideOf } from './nginx.ts';
import { at, identity, kind } from './objects.ts';
import { keeperOf } from './pods.ts';
import { PLAIN, type Sample } from './requests.ts';
import { failuresOfCall } from './services.ts';

/** A hop as a cluster sees it: what it may hold, and what it is to hold. */
export interface Hop {
  /** The cluster stands at any mixture of these; the first one has stood whole. */
  readonly starts: readonly (readonly object[])[];
  readonly end: readonly object[];
  /** Identity of the Service that clients call. */
  readonly root: string;
  /** Identities of Services that somebody else keeps. */
  readonly foreign: readonly string[];
  /** Objects that were ever applied: what revisions were made of. */
  readonly ever: readonly object[];
}

/** One object: what it may be. Absent objects are undefined. */
interface Piece {
  readonly identity: string;
  /** Each of them once. */
  readonly variants: readonly (object | undefined)[];
  /** Variants that some start has. */
  readonly starts: readonly number[];
  /** The variant that the hop wants. */
  readonly end: number;
}

/** Variants by the number of their piece. */
type Mixture = readonly number[];

/** Requests that fail although they did not before: which, and what was done. */
export interface Outage {
  /** Pieces that are not as the first start has them, by identity. */
  readonly start: ReadonlySet<string>;
  /** Pieces that were created, updated or deleted, by identity. */
  readonly operations: ReadonlySet<string>;
  readonly failures: ReadonlySet<string>;
}

/** A hop laid out for the brute force. */
export interface Field {
  readonly hop: Hop;
  readonly pieces: readonly Piece[];
  readonly fixed: readonly object[];
  readonly hosts: readonly string[];
  /** What becomes of a request to those of them that neither a sidecar nor Knative answers. */
  readonly answering: ReadonlyMap<string, Answering>;
  readonly samples: readonly Sample[];
  readonly known: Map<string, ReadonlyMap<string, readonly Failure[]>>;
}

type Answering = (cluster: Cluster, host: string, sample: Sample) => readonly Failure[];

/** Lays a hop out; its mixtures are counted by `mixturesOf`. */
export function fieldOf(hop: Hop): Field {
  const states = [...hop.starts, hop.end].map(state => new Map(state.map(object => [identity(object), object])));
  const fixed: object[] = [];
  const pieces: Piece[] = [];
  for (const name of new Set(states.flatMap(state => [...state.keys()]))) {
    const wanted = states.map(state => state.get(name));
    const variants = [...new Set(wanted)];
    const numbers = wanted.map(one => variants.indexOf(one));
    if (variants.length === 1) fixed.push(variants[0]!);
    else pieces.push({ identity: name, variants, starts: [...new Set(numbers.slice(0, -1))], end: numbers.at(-1)! });
  }
  const all = [...new Set(states.flatMap(state => [...state.values()]))];
  const routes = all.filter(object => kind(object) === 'networking.istio.io/VirtualService').map(virtualServiceOf);
  const mappings = all.filter(isMapping).map(mappingOf);
  const fronts = all.flatMap(object => frontOf(object) ?? []);
  const sides = all.filter(object => isIngress(object) && frontOf(object) === undefined).map(sideOf);
  const answering = new Map<string, Answering>([
    ...mappings.map(({ host }) => [host, failuresByMappings] as const),
    ...fronts.flatMap(({ hosts }) => hosts.map(host => [host, failuresByFronts] as const)),
    ...sides.flatMap(({ hosts }) => hosts.map(host => [host, failuresByIngresses] as const)),
  ]);
  const hosts = [...new Set([hop.root, ...routes.flatMap(route => route.hosts), ...answering.keys()])];
  const samples = distinct([
    PLAIN,
    ...routes.flatMap(route => route.samples),
    ...mappings.flatMap(({ own }) => own ?? []),
    ...fronts.flatMap(samplesOfFront),
    ...sides.flatMap(samplesOfSide),
  ]);
  return { hop, pieces, fixed, hosts, answering, samples, known: new Map() };
}

const distinct = (samples: readonly Sample[]): readonly Sample[] => [
  ...new Map(samples.map(sample => [JSON.stringify(sample), sample])).values(),
];

export const mixturesOf = ({ pieces }: Field): number =>
  pieces.reduce((product, { variants }) => product * variants.length, 1);

/** Every way of breaking a hop: all mixtures, each from every start that leads to it. */
export function* outagesOf(field: Field): Generator<Outage> {
  const { pieces } = field;
  for (const mixture of choices(pieces.map(({ variants }) => variants.map((_, i) => i)))) {
    // What fails from no start is not asked of each of them.
    if (!field.pieces.some(({ variants }) => variants.some(one => one !== undefined && isServing(one))))
      if (failuresIn(field, mixture, mixture).size === 0) continue;
    for (const start of choices(pieces.map((piece, i) => startsOf(piece, mixture[i]!)))) {
      const failures = newFailures(field, start, mixture);
      if (failures.size > 0) yield { start: notFirst(field, start), operations: done(field, start, mixture), failures };
    }
  }
  yield* refusalsIn(field);
}

/** Every way of leaving requests to too few pods, from the first start. */
export function* overloadsOf(
  field: Field,
  strengths: Strengths,
): Generator<{ readonly operations: ReadonlySet<string>; readonly overloads: readonly Overload[] }> {
  const start = field.pieces.map(({ starts }) => starts[0]!);
  const [before, after] = [start, field.pieces.map(({ end }) => end)].map(one => clusterOf(field, one, new Map()));
  const ends = { before: before!, after: after! };
  for (const mixture of choices(field.pieces.map(({ end }, i) => [...new Set([start[i]!, end])]))) {
    const overloads = overloadsIn(clusterOf(field, mixture, new Map()), ends, field.hop.root, strengths);
    if (overloads.length > 0) yield { operations: done(field, start, mixture), overloads };
  }
}

/** What fails after operations, by `kind thing`. */
export interface Told {
  readonly failing: ReadonlySet<string>;
  /** That of it which did not fail before. */
  readonly anew: ReadonlySet<string>;
  /** What each operation does to its object, by identity. */
  readonly verbs: ReadonlyMap<string, 'create' | 'update' | 'delete' | 'nothing'>;
}

/** Applies operations. `start` are objects that are not as in the first start, by identity: the number of the start. */
export function apply(field: Field, start: ReadonlyMap<string, number>, operations: ReadonlySet<string>): Told {
  const numbered = field.hop.starts.map(objects => new Map(objects.map(object => [identity(object), object])));
  const before = field.pieces.map(piece =>
    piece.variants.indexOf(numbered[start.get(piece.identity) ?? 0]!.get(piece.identity)),
  );
  const mixture = field.pieces.map((piece, i) => (operations.has(piece.identity) ? piece.end : before[i]!));
  const failing = [...failuresIn(field, before, mixture).values()].flat();
  const refused = field.pieces.flatMap((piece, i) =>
    operations.has(piece.identity) && isRefused(piece.variants[before[i]!], piece.variants[piece.end])
      ? [`immutable ${piece.identity}`]
      : [],
  );
  return {
    failing: new Set(failing.map(inWords)),
    anew: new Set([...newFailures(field, before, mixture), ...refused]),
    verbs: new Map(field.pieces.map((piece, i) => [piece.identity, verbOf(piece, before[i]!)])),
  };
}

function verbOf({ variants, end }: Piece, start: number): 'create' | 'update' | 'delete' | 'nothing' {
  if (start === end) return 'nothing';
  if (variants[end] === undefined) return 'delete';
  return variants[start] === undefined ? 'create' : 'update';
}

/** Whether every request that a route of some VirtualService is written for is among the samples. */
export const isSampled = ({ hop, samples }: Field): boolean =>
  [...hop.starts, hop.end]
    .flat()
    .filter(object => kind(object) === 'networking.istio.io/VirtualService')
    .every(object => isReached(virtualServiceOf(object), samples)) && isAsked([...hop.starts, hop.end].flat());

/** Variants of starts that lead to a variant: itself, or any where it is the end. */
const startsOf = ({ starts, end }: Piece, variant: number): readonly number[] =>
  variant === end ? starts : starts.filter(one => one === variant);

function* choices(options: readonly (readonly number[])[]): Generator<Mixture> {
  const [first, ...others] = options;
  if (first === undefined) return yield [];
  for (const rest of choices(others)) for (const choice of first) yield [choice, ...rest];
}

const notFirst = ({ pieces }: Field, start: Mixture): ReadonlySet<string> =>
  new Set(pieces.flatMap(({ identity, starts }, i) => (start[i] === starts[0] ? [] : [identity])));

const done = ({ pieces }: Field, start: Mixture, mixture: Mixture): ReadonlySet<string> =>
  new Set(pieces.flatMap(({ identity }, i) => (start[i] === mixture[i] ? [] : [identity])));

function newFailures(field: Field, start: Mixture, mixture: Mixture): ReadonlySet<string> {
  const found = new Set<string>();
  const after = failuresIn(field, start, mixture);
  if (after.size === 0) return found;
  const before = failuresIn(field, start, start);
  const failed = new Set([...before].flatMap(([way, failures]) => failures.map(one => causeOf(way, one))));
  for (const [way, failures] of after)
    if (!before.has(way) && !failures.some(one => failed.has(causeOf(way, one))))
      for (const failure of failures) found.add(inWords(failure));
  return found;
}

const inWords = ({ kind, thing }: Failure): string => `${kind} ${thing}`;

/** The request of a way, and what is missing. */
const causeOf = (way: string, failure: Failure): string => `${way.split(' ', 3).join(' ')} ${inWords(failure)}`;

/** Every failure of a mixture, by request and where it was sent; what Knative remembers depends on where the hop started. */
function failuresIn(field: Field, start: Mixture, mixture: Mixture): ReadonlyMap<string, readonly Failure[]> {
  const revisions = revisionsIn(field, start, mixture);
  const key = `${mixture.join(' ')}|${[...revisions.keys()].join(' ')}`;
  const known = field.known.get(key);
  if (known !== undefined) return known;
  const found = new Map<string, Failure[]>();
  const cluster = clusterOf(field, mixture, revisions);
  for (const host of field.hosts)
    field.samples.forEach((sample, i) => {
      const failures = (field.answering.get(host) ?? send)(cluster, host, sample);
      for (const failure of failures) {
        const { kind, thing, copies, sentTo = thing } = failure;
        const way = `${host} ${i} ${copies ? 'copies' : 'requests'} ${kind} ${sentTo}`;
        found.set(way, [...(found.get(way) ?? []), failure]);
      }
    });
  field.known.set(key, found);
  return found;
}

function clusterOf(field: Field, mixture: Mixture, revisions: Cluster['revisions']): Cluster {
  const held = heldIn(field, mixture);
  const objects = [...held.values()];
  return {
    held,
    virtualServices: objects.filter(object => kind(object) === 'networking.istio.io/VirtualService'),
    destinationRules: objects.filter(object => kind(object) === 'networking.istio.io/DestinationRule'),
    keepers: objects
      .filter(object => kind(object) === 'apps/Deployment')
      .map(object => [identity(object), keeperOf(object)]),
    ours: new Set(field.pieces.map(piece => piece.identity)),
    foreign: new Set(field.hop.foreign),
    revisions,
  };
}

function heldIn({ fixed, pieces }: Field, mixture: Mixture): ReadonlyMap<string, object> {
  const held = new Map(fixed.map(object => [identity(object), object]));
  pieces.forEach(({ identity, variants }, i) => {
    const object = variants[mixture[i]!];
    if (object !== undefined) held.set(identity, object);
  });
  return held;
}

/** Everywhere that one request may end nowhere. */
function send(cluster: Cluster, host: string, sample: Sample): readonly Failure[] {
  const virtualService = virtualServiceFor(cluster, host);
  if (virtualService !== undefined) return failuresByRoute(cluster, virtualService, sample);
  const front = host.startsWith('/Service/') ? frontFor(cluster, host) : undefined;
  if (front !== undefined) return failuresByList(cluster, front);
  if (cluster.held.has(host)) return failuresOfCall(cluster, { service: host, copies: false });
  return [{ kind: 'unanswered', thing: host, copies: false }];
}

/** Revisions that the whole first start had or asked for, that of the start, and that of what was applied. */
function revisionsIn({ hop, fixed, pieces }: Field, start: Mixture, mixture: Mixture): Cluster['revisions'] {
  const needs = new Map<string, readonly string[]>();
  const first = hop.starts[0]!.filter(isServing);
  if (first.length === 0 && !hop.end.some(isServing)) return needs;
  const made = (object: object): void => {
    const { revision } = servingOf(object);
    if (revision !== undefined) needs.set(revision.identity, revision.needs);
  };
  const asked = new Set(first.flatMap(revisionsAsked));
  for (const object of hop.ever)
    if (isServing(object) && asked.has(servingOf(object).revision?.identity ?? '')) made(object);
  const applied = pieces.flatMap(({ variants }, i) => [variants[start[i]!], variants[mixture[i]!]]);
  for (const object of [...first, ...fixed, ...applied]) if (object !== undefined && isServing(object)) made(object);
  return needs;
}

/** Updates that the API server or Knative refuses, and names that two kinds fight over: each is one operation. */
function* refusalsIn(field: Field): Generator<Outage> {
  for (const { identity: name, variants, starts, end } of field.pieces) {
    const after = variants[end];
    for (const start of starts) {
      const before = variants[start];
      if (!isRefused(before, after)) continue;
      yield {
        start: new Set(start === starts[0] ? [] : [name]),
        operations: new Set([name]),
        failures: new Set([`immutable ${name}`]),
      };
    }
  }
}

const isRefused = (before: object | undefined, after: object | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  ((kind(after) === 'apps/Deployment' && !sameAt(before, after, 'spec', 'selector')) ||
    (isServing(after) && renames(before, after)));

const sameAt = (a: object, b: object, ...path: readonly string[]): boolean =>
  JSON.stringify(at(a, ...path)) === JSON.stringify(at(b, ...path));

/** The name of a revision for another template. */
function renames(before: object, after: object): boolean {
  const [old, made] = [servingOf(before).revision, servingOf(after).revision];
  return old !== undefined && old.identity === made?.identity && old.template !== made.template;
}

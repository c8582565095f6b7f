import { byIdentity, type Side } from './meaning.ts';
import type { Counterexample } from './model/breach.ts';
import { IMMUTABLE } from './model/immutable.ts';
import { identityOf, type KubeObject } from './model/kubernetes.ts';
import type { Links } from './model/links.ts';
import { entry } from './model/once.ts';
import type { Provider } from './model/provider.ts';
import type { NamedVersion } from './pods-seen.ts';
import { counterexampleOf } from './prove/counterexample.ts';
import { allBreachesOf, type Limits } from './prove/cross.ts';
import { type Crossing, crossingOf, type Linked, type Shore } from './prove/crossing.ts';
import { firstDifference } from './prove/difference.ts';
import { byKind } from './prove/moving.ts';
import { countOf, type Served, servedIn } from './prove/served.ts';
import { standingDoors } from './prove/standing.ts';
import { wiringOf } from './prove/wiring.ts';
import { PROVIDERS, providerNamed } from './providers/registry.ts';
import { workloadLinks } from './workloads/links.ts';

/** What must be known of a version to judge what stands. */
export interface VersionFacts extends NamedVersion {
  /** Pods that carry all requests by themselves; absent: nobody counts them. */
  readonly strength?: number;
  /** How many times its pods were replaced in place on purpose; absent: never. */
  readonly replacement?: number;
}

/** What stands, or would stand, of one Rollout, whoever wrote it. */
export interface Stand extends Side {
  /** For messages. */
  readonly name: string;
  readonly versions: readonly VersionFacts[];
}

/** A way from one stand to another. */
export interface StandHop {
  /** The cluster holds any mixture of these; none: it holds nothing of the Rollout. */
  readonly from: readonly Stand[];
  readonly to: Stand;
  /** Further stands that have been whole before. */
  readonly past?: readonly Stand[];
}

/**
 * The shortest way in which requests are lost on a hop, in whatever order its objects are applied; undefined: none are. What was
 * lost before is not counted. Where nothing stood before, the end alone is judged.
 */
export function breakStandHop({ from, to, past = [] }: StandHop): Counterexample | undefined {
  const link = linker();
  const before = from.map(link);
  const known = [...past.map(link), ...before];
  const standing = standingDoors({
    foreign: [...from, ...past, to].flatMap(foreignOf),
    past: known.map(({ objects }) => objects),
    others: () => [],
  });
  const crossing = crossingOf([...before, link(to)], standing);
  const breaches = allBreachesOf(crossing, limitsOf([...from, to]));
  if (from.length > 0) return counterexampleOf(crossing, breaches);
  const [breach] = breaches;
  return breach === undefined ? undefined : { start: [], operations: [], trouble: breach.trouble };
}

/** Where requests end while a stand is whole. */
export function servedBy(stand: Stand): readonly Served[] {
  const shore = linker()(stand);
  return servedIn(wiringOf(aloneOf(shore, stand)));
}

const aloneOf = (shore: Shore, stand: Stand): Crossing =>
  crossingOf([shore], standingDoors({ foreign: foreignOf(stand), past: [shore.objects], others: () => [] }));

const foreignOf = ({ versions, namespace }: Stand): readonly string[] =>
  versions.flatMap(({ service }) => (service === undefined ? [] : [`/Service/${namespace}/${service}`]));

/** The newest word on how many pods a version needs counts. */
const limitsOf = (stands: readonly Stand[]): Limits => ({
  immutable: byKind([...IMMUTABLE, ...PROVIDERS.flatMap(({ immutable = [] }) => immutable)]),
  strengths: new Map(
    stands.flatMap(({ versions }) =>
      versions.flatMap(({ name, strength }) => (strength === undefined ? [] : [[name, strength] as const])),
    ),
  ),
});

/** Reads what objects say of others; equal objects of several stands become one and the same. */
function linker(): (stand: Stand) => Shore {
  const seen = new Map<string, Linked[]>();
  return stand => ({
    name: stand.name,
    objects: [...byIdentity(stand.objects).values()].map(object => {
      const known = entry(seen, identityOf(object), (): Linked[] => []);
      const same = known.find(one => one.object === object || isSame(one.object, object));
      if (same !== undefined) return same;
      const linked = { identity: identityOf(object), object, links: linksOf(object, stand) };
      known.push(linked);
      return linked;
    }),
  });
}

const isSame = (a: KubeObject, b: KubeObject): boolean => firstDifference(a, b) === undefined;

/** By the provider of the stand, else by whichever knows the kind: a Rollout may be on its way from one to another. */
function linksOf(object: KubeObject, stand: Stand): Links {
  const own = stand.provider === undefined ? undefined : providerNamed(stand.provider);
  const readers: readonly Provider[] = own === undefined ? PROVIDERS : [own, ...PROVIDERS];
  for (const { links } of readers) {
    const read = links(object, stand);
    if (read !== undefined) return read;
  }
  return workloadLinks(object);
}

/** Versions that are there while a stand is whole, whoever keeps their pods. */
export function versionsIn(stand: Stand): ReadonlySet<string> {
  const { pools, openings, ways } = wiringOf(aloneOf(linker()(stand), stand));
  const kept = [...openings.values()].flat().flatMap(({ behind }) => (behind.kind === 'kept' ? [behind.version] : []));
  const foreign = stand.versions.flatMap(({ name, service }) => (service === undefined ? [] : [name]));
  const asks = [...ways.values()].flat().flatMap(({ entry: { rules } }) => rules.flatMap(rule => rule.asks));
  const lasting = asks.flatMap(ask => (ask.lasting ? ask.doors.map(door => versionBehind(stand, door)) : []));
  const running = [...pools.values()].flat().map(({ keeper }) => keeper.version);
  return new Set([...running, ...kept, ...foreign, ...lasting]);
}

/** The version that a door leads to by its name alone: a Service of somebody else, or a revision; else the name of the object. */
export function versionBehind({ versions, namespace, rollout }: Stand, door: string): string {
  const [identity = ''] = door.split(' ');
  const name = identity.split('/').at(-1) ?? door;
  const foreign = versions.find(
    ({ service }) => service !== undefined && identity === `/Service/${namespace}/${service}`,
  );
  return foreign?.name ?? versions.find(version => name === `${rollout}-${version.name}`)?.name ?? name;
}

/** Pods of each version that can be counted on while a stand is whole; versions whose pods the provider keeps are left out. */
export function podsIn(stand: Stand): ReadonlyMap<string, number> {
  const wiring = wiringOf(aloneOf(linker()(stand), stand));
  const pods = new Map<string, number>();
  for (const pool of [...wiring.pools.values()].flat())
    pods.set(pool.keeper.version, (pods.get(pool.keeper.version) ?? 0) + countOf(wiring, pool));
  return pods;
}

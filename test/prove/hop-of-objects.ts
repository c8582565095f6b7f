import { parseAllDocuments } from 'yaml';
import type { Counterexample } from '../../src/model/breach.ts';
import { IMMUTABLE } from '../../src/model/immutable.ts';
import type { KubeObject } from '../../src/model/kubernetes.ts';
import type { Links } from '../../src/model/links.ts';
import type { Provider } from '../../src/model/provider.ts';
import { counterexampleOf } from '../../src/prove/counterexample.ts';
import { allBreachesOf } from '../../src/prove/cross.ts';
import { crossingOf } from '../../src/prove/crossing.ts';
import { byKind } from '../../src/prove/moving.ts';
import { standingDoors } from '../../src/prove/standing.ts';
import { providerNamed } from '../../src/providers/registry.ts';
import { workloadLinks } from '../../src/workloads/links.ts';
import { linkAll } from './link-all.ts';

/** A hop between sets of objects that no plan made. */
export interface ObjectHop {
  readonly provider: Provider;
  readonly rollout: string;
  readonly namespace: string;
  /** The cluster stands at any mixture of these; the first one has stood whole. */
  readonly starts: readonly (readonly KubeObject[])[];
  readonly end: readonly KubeObject[];
  /** Objects whose revisions may stand although the start does not hold them; absent: none. */
  readonly ever?: readonly KubeObject[];
  /** Identities of Services that somebody else keeps; absent: none. */
  readonly foreign?: readonly string[];
  /** Pods of each version that carry all requests; absent: pods are not counted. */
  readonly strengths?: { readonly [version: string]: number };
}

// What an object says is read once, as the compiler does.
const known = new WeakMap<KubeObject, Links>();

/** How a hop is broken; undefined where it is safe in any order. */
export function broken(hop: ObjectHop): Counterexample | undefined {
  const linksOf = (object: KubeObject): Links => {
    const found = known.get(object) ?? hop.provider.links(object, hop) ?? workloadLinks(object);
    known.set(object, found);
    return found;
  };
  const shores = [...hop.starts, hop.end].map((objects, i) => ({
    name: `state ${i}`,
    objects: linkAll(objects, linksOf),
  }));
  const standing = standingDoors({
    foreign: hop.foreign ?? [],
    past: [shores[0]!.objects],
    others: () => [linkAll(hop.ever ?? [], linksOf)],
  });
  const crossing = crossingOf(shores, standing);
  const breaches = allBreachesOf(crossing, {
    immutable: byKind([...IMMUTABLE, ...(hop.provider.immutable ?? [])]),
    strengths: new Map(Object.entries(hop.strengths ?? {})),
  });
  return counterexampleOf(crossing, breaches);
}

/** Objects of several YAML texts; the same text is one object, as the compiler has it. */
export const objectsIn = (...texts: readonly string[]): readonly KubeObject[] =>
  texts.flatMap(text => {
    const read = texted.get(text) ?? parseAllDocuments(text).map(document => inProd(document.toJS()));
    texted.set(text, read);
    return read;
  });

const texted = new Map<string, readonly KubeObject[]>();

/** The object in the namespace `prod`, which stories leave out. */
export const inProd = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'prod' },
});

/** A hop of the rollout `shop` in the namespace `prod`, in as few words as a story needs. */
export const story = (
  provider: string,
  from: readonly string[],
  to: readonly string[],
  more: Partial<ObjectHop> = {},
): Counterexample | undefined =>
  broken({
    provider: providerNamed(provider)!,
    rollout: 'shop',
    namespace: 'prod',
    starts: [objectsIn(...from)],
    end: objectsIn(...to),
    ...more,
  });

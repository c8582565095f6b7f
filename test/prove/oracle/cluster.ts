import type { Labels } from './objects.ts';
import type { Keeper } from './pods.ts';
import { isAmong } from './pods.ts';

/** What is in the store at one moment, by identity, and what is there besides. */
export interface Cluster {
  readonly held: ReadonlyMap<string, object>;
  readonly virtualServices: readonly object[];
  readonly destinationRules: readonly object[];
  readonly keepers: readonly (readonly [identity: string, keeper: Keeper])[];
  /** Identities that the hop creates, changes or deletes: what is not among them is somebody else's and stands. */
  readonly ours: ReadonlySet<string>;
  /** Identities of Services that somebody else keeps. */
  readonly foreign: ReadonlySet<string>;
  /** Revisions of Knative that were made so far, with what their pods need. */
  readonly revisions: ReadonlyMap<string, readonly string[]>;
}

/** A way in which a request ends nowhere. */
export interface Failure {
  readonly kind: 'closed' | 'no-pods' | 'cannot-start' | 'unanswered' | 'unclaimed' | 'overfull' | 'disagree';
  /** What is missing. */
  readonly thing: string;
  /** Whether it is copies of requests that fail. */
  readonly copies: boolean;
  /** Where the requests are sent; absent: to what is missing. A request that fails there already does not fail anew. */
  readonly sentTo?: string;
}

export const isMissing = ({ held, ours }: Cluster, identity: string): boolean =>
  ours.has(identity) && !held.has(identity);

/** What is wrong with the pods that carry all of these labels; empty where one of their keepers is well. */
export function failuresOfPods(
  cluster: Cluster,
  home: string,
  asked: readonly Labels[],
  copies: boolean,
): readonly Failure[] {
  const keepers = cluster.keepers.filter(([, keeper]) => isAmong(keeper, home, asked));
  if (keepers.length === 0) return [{ kind: 'no-pods', thing: written(asked), copies }];
  const broken = keepers.map(([identity, { needs }]) =>
    failuresOfNeeds(cluster, identity, needs, copies, written(asked)),
  );
  return broken.every(failures => failures.length > 0) ? broken.flat() : [];
}

export const failuresOfNeeds = (
  cluster: Cluster,
  keeper: string,
  needs: readonly string[],
  copies: boolean,
  sentTo: string,
): readonly Failure[] =>
  needs
    .filter(need => isMissing(cluster, need))
    .map(need => ({ kind: 'cannot-start', thing: `${keeper} ${need}`, copies, sentTo }));

/** Every condition on labels, sorted; what contradicts itself stands side by side. */
export function written(asked: readonly Labels[]): string {
  const all = new Set(asked.flatMap(some => [...some].map(([key, value]) => `${key}=${value}`)));
  return [...all].sort().join(',');
}

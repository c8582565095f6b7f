import { byIdentity, type Side } from '../meaning.ts';
import type { KubeObject } from '../model/kubernetes.ts';
import { naturally } from '../model/order.ts';
import type { Recovered } from '../model/recovered.ts';
import { type ObjectChange, objectsDifference } from './objects-difference.ts';
import { type PodsChange, podsDifference } from './pods-difference.ts';
import { isRoutingUnchanged, type RoutingDifference, routingDifference } from './routing-difference.ts';

/** How the objects of one Rollout differ in what they mean: plain data, without the value of any secret. */
export interface Difference {
  /** Absent: the same, or one side has no objects. */
  readonly provider?: { readonly before: string; readonly after: string };
  readonly routing: RoutingDifference;
  /** Empty: no pod is touched. */
  readonly pods: readonly PodsChange[];
  /** Objects that are created, updated or deleted, in natural order of their names. */
  readonly objects: readonly ObjectChange[];
  /** `Kind/name` of objects that bear the Rollout's labels in the cluster and that out/ does not hold; absent: no cluster was looked at. */
  readonly clusterOnly?: readonly string[];
}

/** Reads what the objects of a side mean. */
export type ReadMeaning = (side: Side) => Recovered;

/** Compares two sides of one Rollout, the routes as `read` reads them. */
export function differenceOf(before: Side, after: Side, read: ReadMeaning): Difference {
  const [old, now] = [byIdentity(before.objects), byIdentity(after.objects)];
  const provider = providerChange(before, after);
  return {
    ...(provider === undefined ? {} : { provider }),
    routing: routingDifference(read(before), read(after)),
    pods: podsDifference(old, now),
    objects: objectsDifference(old, now),
  };
}

function providerChange(before: Side, after: Side): Difference['provider'] {
  if (before.objects.length === 0 || after.objects.length === 0) return undefined;
  if (before.provider === undefined || after.provider === undefined) return undefined;
  return before.provider === after.provider ? undefined : { before: before.provider, after: after.provider };
}

/** The difference with what only the cluster has. */
export const withClusterOnly = (difference: Difference, strangers: readonly KubeObject[]): Difference => ({
  ...difference,
  clusterOnly: strangers.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort(naturally),
});

/** Whether nothing differs. */
export const isEmpty = ({ provider, routing, pods, objects, clusterOnly = [] }: Difference): boolean =>
  provider === undefined && isRoutingUnchanged(routing) && pods.length + objects.length + clusterOnly.length === 0;

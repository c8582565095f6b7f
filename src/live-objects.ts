import { identityOf, type Json, type KubeObject } from './model/kubernetes.ts';
import { readQuantity } from './plan/quantity.ts';

/**
 * Of a live object only what the desired one says: at every level the keys that both have, lists entry by entry, longer
 * lists as long as they are. Status, defaults of the server and what others wrote into the object fall away.
 */
export function projected(live: Json, desired: Json): Json {
  if (Array.isArray(live) && Array.isArray(desired))
    return live.map((item: Json, i) => (i < desired.length ? projected(item, desired[i]!) : item));
  if (!isMap(live) || !isMap(desired)) return live;
  const entries = Object.entries(desired).flatMap(([key, wanted]): readonly (readonly [string, Json])[] => {
    if (Object.hasOwn(live, key))
      return [[key, AMOUNTS.has(key) ? sameAmounts(live[key]!, wanted) : projected(live[key]!, wanted)]];
    return isLeftOut(key, wanted) ? [[key, wanted]] : [];
  });
  return Object.fromEntries(entries);
}

/** Maps of quantities, which the API server writes in its own way: `1000m` comes back as `1`. */
const AMOUNTS = new Set(['requests', 'limits']);

/** The live amounts as they are desired, each that means the same. */
function sameAmounts(live: Json, desired: Json): Json {
  const seen = projected(live, desired);
  if (!isMap(seen) || !isMap(desired)) return seen;
  const wanted = (key: string): Json | undefined => (Object.hasOwn(desired, key) ? desired[key] : undefined);
  return Object.fromEntries(
    Object.entries(seen).map(([key, amount]) => [key, isSameAmount(amount, wanted(key)) ? wanted(key)! : amount]),
  );
}

function isSameAmount(a: Json, b: Json | undefined): boolean {
  const amount = readQuantity(String(a));
  return amount !== undefined && amount === readQuantity(String(b));
}

/**
 * Fields that the API server leaves out where they say nothing, because they are no pointers: 0, false and the empty text are
 * what absent means. https://github.com/kubernetes/api/blob/master/core/v1/types.go (`omitempty`), apps/v1 likewise.
 */
const LEFT_OUT = new Set([
  ...['hostNetwork', 'hostPID', 'hostIPC', 'nodeName', 'priorityClassName', 'schedulerName', 'hostname', 'subdomain'],
  ...['initialDelaySeconds', 'stdin', 'stdinOnce', 'tty', 'workingDir', 'terminationMessagePath', 'hostIP', 'hostPort'],
  ...['value', 'readOnly', 'subPath', 'subPathExpr', 'minReadySeconds', 'paused', 'publishNotReadyAddresses'],
]);

/** Whether a desired value is as good as absent. Maps and lists that hold nothing are dropped too. */
const isLeftOut = (key: string, wanted: Json): boolean =>
  wanted === null || (typeof wanted === 'object' ? Object.keys(wanted).length === 0 : LEFT_OUT.has(key) && !wanted);

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a dump of a cluster holds of one Rollout. */
export interface LiveObjects {
  /** The live form of desired objects, projected. */
  readonly objects: readonly KubeObject[];
  /** Objects that bear the Rollout's labels and are not desired. */
  readonly strangers: readonly KubeObject[];
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const NAME = 'app.kubernetes.io/name';

/** Finds the objects of a Rollout in a dump; all others are somebody else's. */
export function liveObjects(
  dump: ReadonlyMap<string, KubeObject>,
  {
    rollout,
    namespace,
    objects,
  }: { readonly rollout: string; readonly namespace: string; readonly objects: readonly KubeObject[] },
): LiveObjects {
  const desired = new Set(objects.map(identityOf));
  const found = objects.flatMap(object => {
    const live = dump.get(identityOf(object));
    return live === undefined ? [] : [projected(live, object) as unknown as KubeObject];
  });
  const strangers = [...dump].flatMap(([identity, object]) => {
    const { namespace: home, labels } = object.metadata;
    const isOurs = home === namespace && labels?.[MANAGED_BY] === 'surefoot' && labels[NAME] === rollout;
    // Knative and others copy labels onto what they make of an object.
    return isOurs && !desired.has(identity) && !isOwned(object) ? [object] : [];
  });
  return { objects: found, strangers };
}

const isOwned = ({ metadata }: KubeObject): boolean => {
  const { ownerReferences } = metadata as { readonly ownerReferences?: Json };
  return Array.isArray(ownerReferences) && ownerReferences.length > 0;
};

import type { Cluster } from './cluster.ts';
import { callsOfLast, virtualServiceFor } from './istio.ts';
import { at, carries, kind, namespace, number, text } from './objects.ts';
import type { Keeper } from './pods.ts';
import { podsFor } from './services.ts';

/** Pods of each version that carry all requests. */
export type Strengths = ReadonlyMap<string, number>;

/** A share of the requests, of 1, and the pods that it is left to. */
export interface Overload {
  readonly share: number;
  readonly pods: number;
}

/** Requests that no named rule takes, where they are sent to fewer pods than they need. */
export function overloadsIn(
  cluster: Cluster,
  { before, after }: { readonly before: Cluster; readonly after: Cluster },
  root: string,
  strengths: Strengths,
): readonly Overload[] {
  const virtualService = virtualServiceFor(cluster, root);
  const calls =
    virtualService === undefined
      ? [[{ service: root, copies: false }, 1] as const]
      : callsOfLast(cluster, virtualService);
  return calls.flatMap(([call, share]) => {
    const wanted = podsFor(cluster, call);
    if (wanted === undefined) return [];
    const isMeant = (keeper: Keeper): boolean =>
      keeper.namespace === wanted.namespace && wanted.asked.every(some => carries(keeper.labels, some));
    // Pods that no state keeps are missing, not too few.
    if (![...before.keepers, ...after.keepers].some(([, keeper]) => isMeant(keeper))) return [];
    let [pods, strength] = [0, 0];
    for (const [identity, keeper] of cluster.keepers) {
      if (!isMeant(keeper)) continue;
      const count = countOf(identity, cluster, before);
      pods += count;
      strength += count / (strengths.get(keeper.labels.get('version') ?? '') ?? 0);
    }
    return strength < share - 1e-6 ? [{ share, pods }] : [];
  });
}

/** Pods of a Deployment: what it says, or its autoscaler; one where it has just ceased to say it. */
function countOf(identity: string, cluster: Cluster, before: Cluster): number {
  const said = ({ held }: Cluster): number | undefined => number(at(held.get(identity), 'spec', 'replicas'));
  const now = said(cluster);
  if (now !== undefined) return now;
  if (said(before) !== undefined) return 1;
  return leastOf(identity, cluster) ?? leastOf(identity, before) ?? 1;
}

function leastOf(identity: string, { held }: Cluster): number | undefined {
  for (const object of held.values()) {
    if (kind(object) !== 'autoscaling/HorizontalPodAutoscaler') continue;
    const target = at(object, 'spec', 'scaleTargetRef');
    if (identity === `apps/${text(at(target, 'kind'))}/${namespace(object)}/${text(at(target, 'name'))}`)
      return number(at(object, 'spec', 'minReplicas')) ?? 1;
  }
  return undefined;
}

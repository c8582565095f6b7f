import { quote } from '../../diagnostics/wording.ts';
import type { LoadBalancing } from '../../model/plan.ts';
import { strange } from '../../model/reading.ts';
import type { Recovered, RecoveredPolicy } from '../../model/recovered.ts';
import { type Cluster, upstreamEnds } from './recover-ends.ts';
import type { Hash } from './recover-options.ts';
import type { Routes } from './recover-routes.ts';
import type { Upstream } from './recover-upstream.ts';

/** What Upstreams say about each version, and the routes about what is hashed. */
export function policiesOf(cluster: Cluster, routes: Routes | undefined): Recovered['policies'] {
  const hash = routes === undefined ? undefined : commonHash(routes);
  const policies = new Map<string, RecoveredPolicy>();
  for (const upstream of cluster.upstreams.values()) {
    const policy = policyOf(upstream, routes, hash);
    for (const { target } of upstreamEnds(cluster, upstream)) {
      if (!('version' in target)) continue;
      const known = policies.get(target.version);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(policy))
        strange(upstream.spot, `version ${quote(target.version)} has another policy already`);
      if (known === undefined) policies.set(target.version, policy);
    }
  }
  return Object.fromEntries(policies);
}

/** Requests of all routes meet in the same pods, so they are hashed alike. */
function commonHash({ list, spot }: Routes): Hash | undefined {
  const [first] = list;
  if (list.some(({ hash }) => JSON.stringify(hash) !== JSON.stringify(first?.hash)))
    strange(spot, 'its routes hash requests in several ways');
  return first?.hash;
}

function policyOf({ policy, spot }: Upstream, routes: Routes | undefined, hash: Hash | undefined): RecoveredPolicy {
  const { balancing, circuitBreaker, outlierDetection } = policy;
  if (routes !== undefined && (balancing === 'hash') !== (hash !== undefined))
    strange(spot, 'routes hash requests only where the Upstream balances by hash');
  const loadBalancing: LoadBalancing | undefined = balancing === 'hash' ? hash : { kind: balancing };
  return {
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
    ...(outlierDetection === undefined ? {} : { outlierDetection }),
  };
}

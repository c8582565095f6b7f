import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { versionLabels, versionName } from '../../model/labels.ts';
import type { LoadBalancing, Plan } from '../../model/plan.ts';
import { API_VERSION } from './api-version.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * How requests to the Service of the same name are sent on. Without `retries` APISIX would try every other pod.
 * https://github.com/apache/apisix/blob/3.14.0/apisix/balancer.lua
 */
export function apisixUpstream(plan: Plan, version: string): KubeObject {
  const { ingressClassName } = plan.options;
  return {
    apiVersion: API_VERSION,
    kind: 'ApisixUpstream',
    metadata: {
      name: versionName(plan, version),
      namespace: plan.namespace,
      labels: versionLabels(plan, version),
    },
    spec: {
      ...(ingressClassName === undefined ? {} : { ingressClassName }),
      scheme: plan.ports[0]!.protocol === 'grpc' ? 'grpc' : 'http',
      retries: 0,
      loadbalancer: loadBalancer(plan.route.loadBalancing ?? { kind: 'round-robin' }),
    },
  };
}

const loadBalancer = (balancing: LoadBalancing): JsonObject =>
  balancing.kind !== 'hash'
    ? { type: balancing.kind === 'least-request' ? 'least_conn' : 'roundrobin' }
    : balancing.by === 'header'
      ? { type: 'chash', hashOn: 'header', key: balancing.name }
      : { type: 'chash', hashOn: 'cookie', key: balancing.name };

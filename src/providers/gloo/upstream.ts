import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { versionLabels } from '../../model/labels.ts';
import type { CircuitBreaker, LoadBalancing, OutlierDetection, Plan, Port, Version } from '../../model/plan.ts';
import { serviceOf } from '../version-services.ts';
import { GLOO_API, glooDuration, upstreamOf } from './names.ts';

type JsonObject = { readonly [key: string]: Json };

/** The Service of one version as Gloo calls it, with all that holds for requests to it. */
export function upstream(plan: Plan, version: Version): KubeObject {
  const { route, ports } = plan;
  const port = ports[0]!;
  return {
    apiVersion: GLOO_API,
    kind: 'Upstream',
    metadata: { ...upstreamOf(plan, version.name), labels: versionLabels(plan, version.name) },
    spec: {
      kube: {
        serviceName: serviceOf(plan, version),
        serviceNamespace: plan.namespace,
        servicePort: port.port,
      },
      ...(speaksHttp2(port) ? { useHttp2: true } : {}),
      loadBalancerConfig: { [BALANCERS[(route.loadBalancing ?? { kind: 'round-robin' }).kind]]: {} },
      circuitBreakers: circuitBreakers(route.circuitBreaker ?? {}),
      ...(route.outlierDetection === undefined ? {} : { outlierDetection: outlierDetection(route.outlierDetection) }),
    },
  };
}

const speaksHttp2 = ({ protocol }: Port): boolean => protocol === 'http2' || protocol === 'grpc';

const BALANCERS: { readonly [kind in LoadBalancing['kind']]: string } = {
  'round-robin': 'roundRobin',
  random: 'random',
  'least-request': 'leastRequest',
  hash: 'ringHash',
};

const NO_LIMIT = 4_294_967_295;

/** Envoy's own limits are 1024, and 3 retries at a time: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto */
const circuitBreakers = ({ maxConnections, maxPendingRequests, maxRequests }: CircuitBreaker): JsonObject => ({
  maxConnections: maxConnections ?? NO_LIMIT,
  maxPendingRequests: maxPendingRequests ?? NO_LIMIT,
  maxRequests: maxRequests ?? NO_LIMIT,
  maxRetries: NO_LIMIT,
});

/** Envoy also ejects pods that fail more often than the others, unless it is told not to. */
const outlierDetection = (outliers: OutlierDetection): JsonObject => ({
  consecutive5xx: outliers.consecutiveErrors,
  interval: glooDuration(outliers.interval),
  baseEjectionTime: glooDuration(outliers.baseEjectionTime),
  maxEjectionPercent: outliers.maxEjectionPercent,
  enforcingSuccessRate: 0,
});

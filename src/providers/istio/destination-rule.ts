import type { Json, KubeObject, Labels } from '../../model/kubernetes.ts';
import type { CircuitBreaker, LoadBalancing, OutlierDetection, Plan } from '../../model/plan.ts';
import { API_VERSION } from './api-version.ts';
import { istioDuration } from './names.ts';

type JsonObject = { readonly [key: string]: Json };

/** What a DestinationRule is about. */
interface Destination {
  readonly name: string;
  readonly host: string;
  readonly labels: Labels;
  readonly subsets: readonly {
    readonly name: string;
    readonly labels: Labels;
  }[];
}

/** How requests to a host are balanced and cut off, and by which labels its versions are told apart. */
export const destinationRule = (plan: Plan, { name, host, labels, subsets }: Destination): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'DestinationRule',
  metadata: { name, namespace: plan.namespace, labels },
  spec: {
    host,
    trafficPolicy: trafficPolicy(plan),
    ...(subsets.length === 0
      ? {}
      : {
          subsets: subsets.map(subset => ({
            name: subset.name,
            labels: subset.labels,
          })),
        }),
  },
});

function trafficPolicy({ route }: Plan): JsonObject {
  return {
    loadBalancer: loadBalancer(route.loadBalancing ?? { kind: 'least-request' }),
    ...(route.circuitBreaker === undefined ? {} : { connectionPool: connectionPool(route.circuitBreaker) }),
    ...(route.outlierDetection === undefined ? {} : { outlierDetection: outlierDetection(route.outlierDetection) }),
  };
}

const SIMPLE = {
  'round-robin': 'ROUND_ROBIN',
  random: 'RANDOM',
  'least-request': 'LEAST_REQUEST',
} as const;

function loadBalancer(balancing: LoadBalancing): JsonObject {
  if (balancing.kind !== 'hash') return { simple: SIMPLE[balancing.kind] };
  const { by, name } = balancing;
  return {
    consistentHash: by === 'header' ? { httpHeaderName: name } : { httpCookie: { name, path: '/', ttl: '0s' } },
  };
}

function connectionPool({ maxConnections, maxPendingRequests, maxRequests }: CircuitBreaker): JsonObject {
  const http = {
    ...(maxPendingRequests === undefined ? {} : { http1MaxPendingRequests: maxPendingRequests }),
    ...(maxRequests === undefined ? {} : { http2MaxRequests: maxRequests }),
  };
  return {
    ...(maxConnections === undefined ? {} : { tcp: { maxConnections } }),
    ...(Object.keys(http).length === 0 ? {} : { http }),
  };
}

const outlierDetection = (outliers: OutlierDetection): JsonObject => ({
  consecutive5xxErrors: outliers.consecutiveErrors,
  interval: istioDuration(outliers.interval),
  baseEjectionTime: istioDuration(outliers.baseEjectionTime),
  maxEjectionPercent: outliers.maxEjectionPercent,
});

import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { LoadBalancing, Plan, Retries } from '../../model/plan.ts';
import { type Split, WHOLE } from '../../model/traffic.ts';
import { matchesOf } from '../../traffic/clauses.ts';
import { goDuration } from '../go-duration.ts';
import type { Placed } from '../in-order.ts';
import { serviceOf } from '../version-services.ts';
import { API_VERSION } from './api-version.ts';
import { conditionsOf, listed } from './conditions.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * The HTTPProxy of one host. It is named after the host, so that another host is another object: two HTTPProxies of one
 * host switch each other off.
 */
export function httpProxy(plan: Plan, host: string, routes: readonly JsonObject[]): KubeObject {
  const { ingressClassName, tlsSecret } = plan.options;
  return {
    apiVersion: API_VERSION,
    kind: 'HTTPProxy',
    metadata: { name: `${plan.rollout}-${asName(host)}`, namespace: plan.namespace, labels: rolloutLabels(plan) },
    spec: {
      ...(ingressClassName === undefined ? {} : { ingressClassName }),
      virtualhost: { fqdn: host, ...(tlsSecret === undefined ? {} : { tls: { secretName: tlsSecret } }) },
      routes,
    },
  };
}

/** Different hosts have different names: no dot stands beside a dash. */
const asName = (host: string): string => host.replaceAll('-', '--').replaceAll('.', '-').replace('*', 'any');

/** The routes of rules that are placed, each set of requests once: of two routes with equal conditions Contour keeps the last. */
export function routesOf(plan: Plan, placed: readonly Placed[]): readonly JsonObject[] {
  const seen = new Set<string>();
  return placed.flatMap(({ rule, clauses }) => {
    const action = { services: services(plan, rule), ...policies(plan) };
    return clauses.flatMap(matchesOf).flatMap(match => {
      const conditions = listed(conditionsOf(match));
      const text = JSON.stringify(conditions);
      if (seen.has(text)) return [];
      seen.add(text);
      return [{ conditions, ...action }];
    });
  });
}

/** Percents where all are whole, else basis points. */
function services(plan: Plan, { split, mirror }: { readonly split: Split; readonly mirror: Split }): readonly Json[] {
  const unit = split.every(portion => portion.share % (WHOLE / 100) === 0) ? WHOLE / 100 : 1;
  const to = (version: string): JsonObject => backend(plan, version);
  return [
    ...split.map(({ version, share }) => ({ ...to(version), weight: share / unit })),
    ...mirror.map(({ version, share }) => ({ ...to(version), mirror: true, weight: share / (WHOLE / 100) })),
  ];
}

function backend(plan: Plan, name: string): JsonObject {
  const version = plan.versions.find(known => known.name === name)!;
  const [{ port, protocol }] = plan.ports as readonly [Plan['ports'][number]];
  const h2c = protocol === 'grpc' || protocol === 'http2';
  return { name: serviceOf(plan, version), port, ...(h2c ? { protocol: 'h2c' } : {}) };
}

/** Without a response timeout Envoy gives up after 15 s, so "none" is written out. */
function policies({ route: { timeout, retries, rewrite, loadBalancing } }: Plan): JsonObject {
  return {
    timeoutPolicy: { response: timeout === undefined ? 'infinity' : goDuration(timeout) },
    ...(retries === undefined ? {} : { retryPolicy: retryPolicy(retries) }),
    ...(rewrite === undefined ? {} : { pathRewritePolicy: { replacePrefix: [{ replacement: rewrite }] } }),
    loadBalancerPolicy: balancing(loadBalancing ?? { kind: 'round-robin' }),
  };
}

const retryPolicy = ({ attempts, perTryTimeout, retryOn }: Retries): JsonObject => ({
  count: attempts,
  ...(perTryTimeout === undefined ? {} : { perTryTimeout: goDuration(perTryTimeout) }),
  retryOn,
});

const STRATEGIES = {
  'round-robin': 'RoundRobin',
  random: 'Random',
  'least-request': 'WeightedLeastRequest',
} as const;

const balancing = (way: LoadBalancing): JsonObject =>
  way.kind === 'hash'
    ? { strategy: 'RequestHash', requestHashPolicies: [{ headerHashOptions: { headerName: way.name } }] }
    : { strategy: STRATEGIES[way.kind] };

import type { Json, KubeObject, Labels } from '../../model/kubernetes.ts';
import { rolloutLabels, versionLabels, versionName } from '../../model/labels.ts';
import type { LoadBalancing, Plan } from '../../model/plan.ts';
import type { Split } from '../../model/traffic.ts';
import { API_VERSION } from './api-version.ts';

type JsonObject = { readonly [key: string]: Json };

interface Facts {
  readonly kind: string;
  /** Name of the Consul service that it is about. */
  readonly name: string;
  readonly labels: Labels;
  readonly spec: JsonObject;
}

const configEntry = ({ namespace }: Plan, { kind, name, labels, spec }: Facts): KubeObject => ({
  apiVersion: API_VERSION,
  kind,
  metadata: { name, namespace, labels },
  spec,
});

/** Says that requests to the rollout's own name are HTTP; Consul takes no router or splitter before. */
export const rolloutDefaults = (plan: Plan): KubeObject =>
  configEntry(plan, {
    kind: 'ServiceDefaults',
    name: plan.rollout,
    labels: rolloutLabels(plan),
    spec: { protocol: plan.ports[0]!.protocol },
  });

/**
 * The longest that Consul can be told, in milliseconds. A sidecar cuts the requests of its own pods after 15 s where
 * nothing is said, and 0 is read as nothing: https://developer.hashicorp.com/consul/docs/connect/config-entries/service-defaults
 */
const LONGEST = 2_147_483_647;

/** The same for a version, whose sidecars leave the limit of a request to the router. */
export const versionDefaults = (plan: Plan, version: string): KubeObject =>
  configEntry(plan, {
    kind: 'ServiceDefaults',
    name: versionName(plan, version),
    labels: versionLabels(plan, version),
    spec: { protocol: plan.ports[0]!.protocol, localRequestTimeoutMs: LONGEST },
  });

/** How requests to a version are balanced between its pods. */
export const resolver = (plan: Plan, version: string): KubeObject =>
  configEntry(plan, {
    kind: 'ServiceResolver',
    name: versionName(plan, version),
    labels: versionLabels(plan, version),
    spec: { loadBalancer: loadBalancer(plan.route.loadBalancing ?? { kind: 'round-robin' }) },
  });

/** How requests that no rule takes are shared. */
export const splitter = (plan: Plan, split: Split): KubeObject =>
  configEntry(plan, {
    kind: 'ServiceSplitter',
    name: plan.rollout,
    labels: rolloutLabels(plan),
    spec: {
      splits: split.map(({ version, share }) => ({ weight: share / 100, service: versionName(plan, version) })),
    },
  });

const POLICIES = { 'round-robin': 'round_robin', random: 'random', 'least-request': 'least_request' } as const;

function loadBalancer(balancing: LoadBalancing): JsonObject {
  if (balancing.kind !== 'hash') return { policy: POLICIES[balancing.kind] };
  const { by, name } = balancing;
  const cookie = by === 'cookie' ? { cookieConfig: { session: true, path: '/' } } : {};
  return { policy: 'ring_hash', hashPolicies: [{ field: by, fieldValue: name, ...cookie }] };
}

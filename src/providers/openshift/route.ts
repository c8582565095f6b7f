import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { serviceOf } from '../version-services.ts';
import { routePath } from './route-path.ts';

type JsonObject = { readonly [key: string]: Json };

/** Requests to one host, shared between Services by weight. */
export function routeObject(plan: Plan, { split }: Rule): KubeObject {
  const [first, ...others] = split.map(({ version, share }) => ({
    kind: 'Service',
    name: serviceOf(plan, plan.versions.find(({ name }) => name === version)!),
    weight: share / 100,
  }));
  return {
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: {
      name: plan.rollout,
      namespace: plan.namespace,
      labels: rolloutLabels(plan),
      annotations: annotations(plan),
    },
    spec: {
      host: plan.route.hosts[0]!,
      ...path(plan),
      to: first!,
      ...(others.length === 0 ? {} : { alternateBackends: others }),
      ...port(plan),
      ...tls(plan),
      wildcardPolicy: 'None',
    },
  };
}

/** Cookies would keep clients with a pod, and so with a version; only turns keep the weights. */
const annotations = ({ route: { timeout, rewrite } }: Plan): { readonly [name: string]: string } => ({
  'haproxy.router.openshift.io/balance': 'roundrobin',
  'haproxy.router.openshift.io/disable_cookies': 'true',
  ...(rewrite === undefined ? {} : { 'haproxy.router.openshift.io/rewrite-target': rewrite }),
  ...(timeout === undefined ? {} : { 'haproxy.router.openshift.io/timeout': haproxyTime(timeout) }),
});

const haproxyTime = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;

/** How somebody else calls the port of a Service nobody knows here; without a name the router takes the one that it has. */
const port = ({ ports, versions }: Plan): JsonObject =>
  versions.some(({ kind }) => kind === 'service') ? {} : { port: { targetPort: ports[0]!.name } };

/** A rewrite replaces the path that is written, so there must be one. */
function path(plan: Plan): JsonObject {
  const written = routePath(plan) ?? (plan.route.rewrite === undefined ? undefined : '/');
  return written === undefined ? {} : { path: written };
}

function tls({ options }: Plan): JsonObject {
  const { tls: written } = options as { readonly tls?: JsonObject };
  return written === undefined ? {} : { tls: { insecureEdgeTerminationPolicy: 'None', ...written } };
}

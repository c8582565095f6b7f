import type { Capabilities, Support } from '../../model/capabilities.ts';

const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });

const NO_MIRROR = 'Consul copies no requests. Remove the mirror, or let the testers of a rule reach the version.';
const NO_FAULT = 'Consul has no faults in its routes. Remove the fault.';
const BY_NAME =
  'Consul routes by the name of the service, which is the name of the Rollout. Remove `hosts`; let a gateway of Consul lead to that service.';
const BY_CALLER =
  'Consul keeps these limits with each service that calls, in its ServiceDefaults. Remove this, or let the callers set `upstreamConfig`.';
const REFUSED_METHODS =
  'Consul compares methods whole. Name each method in a match of its own: `match: [{ method: PUT }, { method: POST }]`.';

/** What Consul's service mesh can do: https://developer.hashicorp.com/consul/docs/connect/manage-traffic */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'route',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  // What Envoy does where Consul says nothing.
  defaultLoadBalancing: 'round-robin',
  // https://github.com/hashicorp/consul/blob/main/agent/structs/config_entry_discoverychain.go (isValidRetryCondition)
  retryReasons: {
    words: [
      ...['5xx', 'gateway-error', 'reset', 'connect-failure', 'refused-stream', 'retriable-4xx', 'cancelled'],
      ...['deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
    ],
  },
  features: {
    split: {
      can: true,
      limit: {
        step: 1,
        source: 'https://developer.hashicorp.com/consul/docs/connect/config-entries/service-splitter',
      },
      note: 'Per request, by weight. Few hundredths of a percent get lost in its arithmetic; those are refused.',
    },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': can,
    'match.headers.present': can,
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': can,
    'match.path': can,
    'match.path.below': can,
    'match.method': can,
    'match.method.prefix': cannot(REFUSED_METHODS),
    'match.query': can,
    'match.query.prefix': { can: true, note: 'As a regular expression.' },
    'match.query.present': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text; not for methods.' },
    'rules.several': can,
    'rules.split': cannot(
      'A route of a ServiceRouter leads to one service. Send the requests of the rule to one version, or split those of the step.',
    ),
    'rules.mirror': cannot(NO_MIRROR),
    mirror: cannot(NO_MIRROR),
    'mirror.several': cannot(NO_MIRROR),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': cannot(BY_NAME),
    'route.hosts.several': cannot(BY_NAME),
    'route.hosts.wildcard': cannot(BY_NAME),
    'route.gateways': cannot(
      'An entrance from outside is an object of its own that leads to the service of this name. Remove `gateways`.',
    ),
    'route.path': cannot(
      'Consul adds a route for every other path by itself, so the service would answer those too. Remove `path`, and match paths in rules.',
    ),
    'route.rewrite': can,
    'route.timeout': {
      can: true,
      note: 'Needs Consul 1.18 where there is to be no limit. A request on which nothing moves for 5 minutes is given up by Envoy all the same.',
    },
    'route.retries': can,
    'route.retries.perTryTimeout': cannot(
      'Consul cannot limit one try. Remove `perTryTimeout`; `timeout` limits all tries together.',
    ),
    'route.outlierDetection': cannot(BY_CALLER),
    'route.circuitBreaker': cannot(BY_CALLER),
    'route.circuitBreaker.maxConnections': cannot(BY_CALLER),
    'route.circuitBreaker.maxPendingRequests': cannot(BY_CALLER),
    'route.circuitBreaker.maxRequests': cannot(BY_CALLER),
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': can,
    'route.loadBalancing.least-request': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: where a step splits the requests, the version of each one is drawn before the hash picks a pod.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': can,
    'surge.gradual': can,
    'version.service': cannot(
      "Consul routes only to services whose protocol it was told, and whoever keeps that Service tells it. Let the version run an image or a template, or choose a provider that takes other people's Services.",
    ),
    'version.pods': {
      can: true,
      note: 'Each version is a Consul service of its own, such as shop-v1: intentions, and with ACLs the service account, go by that name. Pods join the mesh by the annotation consul.hashicorp.com/connect-inject, or by their namespace.',
    },
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot('A Consul service has one port. Keep one, and give the others a Rollout of their own.'),
    'ports.tcp': cannot('Consul splits requests, not connections. Give the port a protocol of HTTP, or remove it.'),
  },
};

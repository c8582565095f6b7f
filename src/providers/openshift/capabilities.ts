import type { Capabilities, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://github.com/openshift/api/blob/master/route/v1/types.go';
const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });

const NO_MATCH =
  'A Route looks at host and path only. Remove the rule, or choose a provider that matches requests, such as istio or gateway-api.';
const NO_MIRROR = 'The router of OpenShift copies no requests. Remove the mirror.';
const NO_FAULT = 'The router of OpenShift makes no faults. Remove the fault.';
const NO_RETRIES = 'A Route cannot say which requests are sent again. Remove `retries`.';
const NO_LIMITS = 'A Route has no such limits. Remove this.';
const IN_TURNS = 'The router always takes pods in turns, because only that keeps weights. Remove `loadBalancing`.';
const ONE_HOST = 'A Route is for one host. Keep one, and let a Route of your own lead the others to it.';

/** What a Route of OpenShift, served by its HAProxy router, can do. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'beside',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  needsHost: true,
  // The router's own, which no annotation switches off: ROUTER_DEFAULT_SERVER_TIMEOUT.
  defaultTimeout: 30_000,
  features: {
    split: {
      can: true,
      limit: { step: 100, source: SOURCE },
      note: 'The router gives each pod a whole weight up to 256, so what arrives may be off: 1 % beside as many pods arrives as 0.8 %. A version without ready pods leaves its part to the others.',
    },
    'split.several': { can: true, limit: { count: 4, source: SOURCE }, note: 'Up to four versions.' },
    'match.headers': cannot(NO_MATCH),
    'match.headers.several': cannot(NO_MATCH),
    'match.headers.prefix': cannot(NO_MATCH),
    'match.headers.present': cannot(NO_MATCH),
    'match.cookies': cannot(NO_MATCH),
    'match.cookies.several': cannot(NO_MATCH),
    'match.path': cannot(NO_MATCH),
    'match.path.below': { can: true, note: 'As the path of the route.' },
    'match.method': cannot(NO_MATCH),
    'match.method.prefix': cannot(NO_MATCH),
    'match.query': cannot(NO_MATCH),
    'match.query.prefix': cannot(NO_MATCH),
    'match.query.present': cannot(NO_MATCH),
    'match.grpc': cannot(NO_MATCH),
    'match.regex': cannot(NO_MATCH),
    'rules.several': cannot(NO_MATCH),
    'rules.split': cannot(NO_MATCH),
    'rules.mirror': cannot(NO_MATCH),
    mirror: cannot(NO_MIRROR),
    'mirror.several': cannot(NO_MIRROR),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': can,
    'route.hosts.several': cannot(ONE_HOST),
    'route.hosts.wildcard': cannot(
      'A Route with a wildcard is for every host of the domain, its own name included, where the administrator lets it in. Name one host.',
    ),
    'route.gateways': cannot('Routers choose Routes by their labels and namespaces. Remove `gateways`.'),
    'route.path': can,
    'route.rewrite': { can: true, note: 'Where the path ends with a slash, or the rewrite is `/`.' },
    'route.timeout': {
      can: true,
      note: 'How long the pods may be silent, before the answer and within it. Absent: 30 s, as everywhere on OpenShift.',
    },
    'route.retries': cannot(NO_RETRIES),
    'route.retries.perTryTimeout': cannot(NO_RETRIES),
    'route.outlierDetection': cannot(NO_LIMITS),
    'route.circuitBreaker': cannot(NO_LIMITS),
    'route.circuitBreaker.maxConnections': cannot(NO_LIMITS),
    'route.circuitBreaker.maxPendingRequests': cannot(NO_LIMITS),
    'route.circuitBreaker.maxRequests': cannot(NO_LIMITS),
    'route.loadBalancing': cannot(IN_TURNS),
    'route.loadBalancing.round-robin': cannot(IN_TURNS),
    'route.loadBalancing.random': cannot(IN_TURNS),
    'route.loadBalancing.least-request': cannot(IN_TURNS),
    'route.loadBalancing.hash': cannot(IN_TURNS),
    'route.loadBalancing.hash.header': cannot(IN_TURNS),
    'route.loadBalancing.hash.cookie': cannot(IN_TURNS),
    'surge.gradual': can,
    'version.service': { can: true, note: 'A Service with one port.' },
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot('A Route leads to one port. Keep one, and give the others a Rollout of their own.'),
    'ports.tcp': cannot('A Route takes HTTP. Give the port a protocol of HTTP, or remove it.'),
  },
};

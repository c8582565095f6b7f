import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://projectcontour.io/docs/main/config/request-routing/';
const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
const NO_FAULT = 'Contour puts no failures in. Remove the fault, or let the application fail on demand.';

/** Contour takes any whole weights; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: SOURCE };
/** `weight` of a mirror is a percent, and 0 means all: https://github.com/projectcontour/contour/blob/main/internal/dag/httpproxy_processor.go */
const copies: Limit = { min: 100, step: 100, source: SOURCE };

/** Words of `retryOn`: https://projectcontour.io/docs/main/config/api/#projectcontour.io/v1.RetryOn */
const RETRY_ON = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'envoy-ratelimited',
  'retriable-4xx',
  'refused-stream',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

/** What Contour can do with an HTTPProxy. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'beside',
  needsHost: true,
  timeoutOf: 'rule',
  balancingOf: 'rule',
  notReadyBlocksRoute: false,
  defaultLoadBalancing: 'round-robin',
  retryReasons: { words: RETRY_ON },
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': { can: true, note: 'As a regular expression.' },
    'match.headers.present': can,
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': can,
    'match.path': can,
    'match.path.below': can,
    'match.method': { can: true, note: 'As a condition on the header `:method`.' },
    'match.method.prefix': can,
    'match.query': can,
    'match.query.prefix': can,
    'match.query.present': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text; that of a path begins with a slash.' },
    'rules.several': {
      can: true,
      note: 'Contour tries the more particular condition first; rules that it would try in another order are refused.',
    },
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: copies },
    'mirror.several': cannot('Contour copies requests to one version. Keep one.'),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': can,
    'route.hosts.several': { can: true, note: 'An HTTPProxy for each.' },
    'route.hosts.wildcard': { can: true, note: 'In place of one part of the name.' },
    'route.gateways': cannot(
      'Contour has one entrance for each class. Remove `gateways`; spec.contour.ingressClassName chooses the class.',
    ),
    'route.path': can,
    'route.rewrite': { can: true, note: 'Of every path; not together with `path`.' },
    'route.timeout': can,
    'route.retries': can,
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': cannot(
      'Contour ejects no pods by their answers. Remove this; readiness probes take a pod out of its Service.',
    ),
    'route.circuitBreaker': { can: true, note: 'As annotations of the Service of each version.' },
    'route.circuitBreaker.maxConnections': can,
    'route.circuitBreaker.maxPendingRequests': can,
    'route.circuitBreaker.maxRequests': can,
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': can,
    'route.loadBalancing.least-request': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: where a step splits the requests, the version of each one is drawn before the hash picks a pod.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': cannot(
      'Contour hashes a cookie of its own making, X-Contour-Session-Affinity, and no other. Hash by a header.',
    ),
    'surge.gradual': can,
    'version.service': can,
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'An HTTPProxy leads to one port of each version. Keep the port of the route, and give the others a Rollout or a Service of their own.',
    ),
    'ports.tcp': cannot('The routes of an HTTPProxy are for HTTP. Remove the port, or give it a protocol.'),
  },
};

import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://kuma.io/docs/latest/policies/meshhttproute/';
const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
const NO_FAULT =
  'A MeshFaultInjection hits every request that a pod takes, not those of one rule. Remove the fault, or write a MeshFaultInjection of your own.';
const NO_LIMITS =
  'No MeshCircuitBreaker is written here. Remove this, and write a MeshCircuitBreaker of your own for the Service of each version.';
const NO_BALANCING =
  'No MeshLoadBalancingStrategy is written here. Remove this, and write one of your own for the Service of each version.';
const NO_HOSTS = 'A MeshHTTPRoute is for a Service of the mesh, by its own name. Remove `hosts`.';

/** Kuma takes any whole weights, and percentages with decimals; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: SOURCE };

/** Words of `http.retryOn`: https://kuma.io/docs/latest/policies/meshretry/ */
const RETRY_ON = [
  '5xx',
  'gateway-error',
  'reset',
  'retriable-4xx',
  'connect-failure',
  'envoy-ratelimited',
  'refused-stream',
  'http3-post-connect-failure',
];

/** What a mesh of Kuma can do for callers with sidecars. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'route',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  retryReasons: { words: RETRY_ON },
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': can,
    'match.headers.present': can,
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': cannot(
      'Kuma sees all cookies as one header and takes one condition per header. Keep one cookie per match, or let the application set a single cookie for this group of people.',
    ),
    'match.path': can,
    'match.path.below': cannot('A prefix of Kuma takes the path itself too. Write it without the slash at its end.'),
    'match.method': { can: true, note: 'One of the methods of HTTP, whole.' },
    'match.method.prefix': cannot('Kuma compares methods whole. Write one match for each method.'),
    'match.query': can,
    'match.query.prefix': { can: true, note: 'As a regular expression.' },
    'match.query.present': { can: true, note: 'As a regular expression.' },
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text; not for methods.' },
    'rules.several': {
      can: true,
      note: 'Kuma tries the more particular condition first; rules that it would try in another order are refused.',
    },
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: share },
    'mirror.several': cannot('Kuma takes one mirror for each rule. Keep one.'),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': cannot(NO_HOSTS),
    'route.hosts.several': cannot(NO_HOSTS),
    'route.hosts.wildcard': cannot(NO_HOSTS),
    'route.gateways': cannot('The route is for callers inside the mesh. Remove `gateways`.'),
    'route.path': can,
    'route.rewrite': can,
    'route.timeout': can,
    'route.retries': can,
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': cannot(NO_LIMITS),
    'route.circuitBreaker': cannot(NO_LIMITS),
    'route.circuitBreaker.maxConnections': cannot(NO_LIMITS),
    'route.circuitBreaker.maxPendingRequests': cannot(NO_LIMITS),
    'route.circuitBreaker.maxRequests': cannot(NO_LIMITS),
    'route.loadBalancing': cannot(NO_BALANCING),
    'route.loadBalancing.round-robin': cannot(NO_BALANCING),
    'route.loadBalancing.random': cannot(NO_BALANCING),
    'route.loadBalancing.least-request': cannot(NO_BALANCING),
    'route.loadBalancing.hash': cannot(NO_BALANCING),
    'route.loadBalancing.hash.header': cannot(NO_BALANCING),
    'route.loadBalancing.hash.cookie': cannot(NO_BALANCING),
    'surge.gradual': can,
    'version.service': can,
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'The route leads to one port of each version. Keep the port of the route, and give the others a Rollout or a Service of their own.',
    ),
    'ports.tcp': cannot('A MeshHTTPRoute is for HTTP. Remove the port, or give it a protocol.'),
  },
};

import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
/** Weights are whole and relative; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: 'https://linkerd.io/2/features/traffic-split/' };

const NO_MIRROR =
  'Linkerd skips a route with a mirror. Remove the mirror, or take a mesh that has mirrors, such as istio.';
const NO_FAULTS =
  'A route of Linkerd puts no failures in. Remove the fault, or take a mesh that has faults, such as istio.';
const OWN_NAME = 'Linkerd routes calls of the Service by its own name. Remove `hosts`, or rename the Rollout.';
const NO_LIMITS = 'Linkerd has no limits of connections and requests. Remove this.';
const NO_BALANCING = 'Linkerd always prefers the pods that answer fastest. Remove this.';

/** What Linkerd can do with routes of the Gateway API whose parent is the Service. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'route',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  retryReasons: {
    words: [
      ...['5xx', 'gateway-error'],
      ...['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
    ],
  },
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight, where the caller is in the mesh.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': { can: true, note: 'As a regular expression.' },
    'match.headers.present': { can: true, note: 'As a regular expression.' },
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': cannot(
      'A route sees all cookies as one header and takes one condition per header. Keep one cookie per match, or let the application set a single cookie for this group of people.',
    ),
    'match.path': can,
    'match.path.below': cannot(
      'Prefixes go by whole segments, so the path itself matches too. Write it without the slash at its end.',
    ),
    'match.method': { can: true, note: 'One of the nine methods that the API lists.' },
    'match.method.prefix': cannot('A route compares whole methods. Write one match for each method.'),
    'match.query': can,
    'match.query.prefix': { can: true, note: 'As a regular expression.' },
    'match.query.present': { can: true, note: 'As a regular expression.' },
    'match.grpc': {
      can: true,
      note: 'A port of gRPC gets a GRPCRoute, any other an HTTPRoute, where a service without a method cannot be matched.',
    },
    'match.regex': { can: true, note: 'On headers, cookies and query parameters, never on paths.' },
    'rules.several': {
      can: true,
      note: 'A route tries the more particular match first. Matches are added where your order needs them; what cannot be kept is refused.',
    },
    'rules.split': can,
    'rules.mirror': cannot(NO_MIRROR),
    mirror: cannot(NO_MIRROR),
    'mirror.several': cannot(NO_MIRROR),
    'fault.delay': cannot(NO_FAULTS),
    'fault.abort': cannot(NO_FAULTS),
    'route.hosts': cannot(OWN_NAME),
    'route.hosts.several': cannot(OWN_NAME),
    'route.hosts.wildcard': cannot(OWN_NAME),
    'route.gateways': cannot(
      'Linkerd routes calls inside the mesh only. Remove `gateways`, or take the provider of your gateway.',
    ),
    'route.path': can,
    'route.rewrite': cannot('Linkerd skips a route that rewrites paths. Let the application answer under this path.'),
    'route.timeout': { can: true, note: 'As an annotation of the route.' },
    'route.retries': {
      can: true,
      note: 'As annotations of the route, for 5xx and gateway-error; on a port of gRPC for the codes of gRPC. A ServiceProfile of the Service would go before them.',
    },
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': cannot(
      'What Linkerd does with pods that fail, its failure accrual, counts and waits in other ways. Remove this, and annotate the Service by hand.',
    ),
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
      'A route names the port of each Service that it sends requests to. Keep the port that users call, and give the others a Service of their own.',
    ),
    'ports.tcp': cannot('An HTTPRoute holds for HTTP only. Remove the port, or give it a protocol.'),
  },
};

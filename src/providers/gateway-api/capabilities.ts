import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref';
const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
/** Weights go up to a million; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: SOURCE };

const NO_FAULTS =
  'The Gateway API has no faults, only policies of some implementations. Remove it, or take a provider that has them.';
const NO_OUTLIERS = 'The Gateway API ejects no pods, only policies of some implementations do. Remove this.';
const NO_LIMITS = 'The Gateway API cuts off no requests, only policies of some implementations do. Remove this.';
const NO_BALANCING =
  'The implementation decides how it spreads the requests of a version over its pods. Remove this, or set it by a policy of the implementation.';

/** What every implementation of the Gateway API can do that has the extended features which are asked for. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'gateways',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  retryReasons: { words: ['gateway-error'], most: 1 },
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight; a share without a backend is answered with 500.' },
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
    'match.method': { can: true, note: 'One of the nine methods that the API lists; extended.' },
    'match.method.prefix': cannot('A route compares whole methods. Write one match for each method.'),
    'match.query': { can: true, note: 'Extended.' },
    'match.query.prefix': { can: true, note: 'As a regular expression.' },
    'match.query.present': { can: true, note: 'As a regular expression.' },
    'match.grpc': {
      can: true,
      note: 'A port of gRPC gets a GRPCRoute, any other an HTTPRoute, where a service without a method cannot be matched.',
    },
    'match.regex': {
      can: true,
      note: 'On headers, cookies and query parameters, never on paths. Which dialect is read is up to the implementation; those on Envoy read RE2. Begin and end are written out, because some look for it anywhere in the text.',
    },
    'rules.several': {
      can: true,
      note: 'A route tries the more particular match first. Matches are added where your order needs them; what cannot be kept is refused.',
    },
    'rules.split': can,
    'rules.mirror': can,
    mirror: {
      can: true,
      limit: { step: 1, source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httprequestmirrorfilter' },
      note: 'Extended; less than all requests is a feature of its own, which Istio, Envoy Gateway, Cilium, kgateway, NGINX Gateway Fabric and GKE report, Contour and Traefik do not.',
    },
    'mirror.several': { can: true, note: 'Extended.' },
    'fault.delay': cannot(NO_FAULTS),
    'fault.abort': cannot(NO_FAULTS),
    'route.hosts': {
      can: true,
      note: 'At gateways; absent: every host of their listeners. Inside a mesh callers use the name of the Service.',
    },
    'route.hosts.several': can,
    'route.hosts.wildcard': can,
    'route.gateways': {
      can: true,
      note: 'Gateways as namespace/name; a bare name is one of the own namespace. None, or `mesh`: the Service is the parent of the route, as service meshes and the waypoints of Istio ambient ask for.',
    },
    'route.path': can,
    'route.rewrite': { can: true, note: 'Extended.' },
    'route.timeout': {
      can: true,
      note: 'Extended; absent: 0s, no limit. A GRPCRoute has none, there the implementation decides.',
    },
    'route.retries': {
      can: true,
      note: 'On the experimental channel (`cluster.gateway-api.channel`), for gateway-error: 502, 503 and 504. Absent: whatever the implementation does, which cannot be switched off; Istio retries twice.',
    },
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': cannot(NO_OUTLIERS),
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

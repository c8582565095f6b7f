import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/traefikservice/';
const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
const share: Limit = { step: 1, source: SOURCE };
/** `percent` is a whole number. */
const percent: Limit = { step: 100, source: SOURCE };

const NO_FAULTS =
  'Traefik puts in no failures. Let the new version fail on purpose for the testers, or remove the fault.';
const NO_TIMEOUT =
  'Traefik limits the wait for the first byte of an answer, per server, and never a whole request. Let callers or the application set the limit, and remove the timeout.';
const NO_RETRIES =
  'A retry of Traefik draws the version again and copies the request again, so the split and the mirror would no longer be those that are written. Let callers retry, and remove `retries`.';
const NO_BREAKER =
  'Traefik breaks a circuit by an expression over the answers of a whole route, and limits no connections or requests of a version. Remove this.';
const NO_HASH = 'Traefik hashes the address of the client only. Choose round-robin or least-request.';

/** What Traefik can do with IngressRoute and TraefikService, without a Middleware. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'beside',
  timeoutOf: 'rule',
  balancingOf: 'rule',
  notReadyBlocksRoute: true,
  defaultLoadBalancing: 'round-robin',
  features: {
    split: {
      can: true,
      limit: share,
      note: 'Per request, by weight. A version without ready pods stops the whole rule, so promote only when its pods are ready.',
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
    'match.method.prefix': cannot(
      'Traefik compares whole methods only. List the methods, one match each: `match: [{ method: PUT }, { method: POST }]`.',
    ),
    'match.query': can,
    'match.query.prefix': can,
    'match.query.present': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text; not for methods.' },
    'rules.several': {
      can: true,
      note: 'By numbers of priority: each rule keeps the length of its text, which is what Traefik goes by itself, and gets more only where it must come before a rule below it.',
    },
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: percent, note: 'Counted, not drawn; the body of a copied request is kept in memory.' },
    'mirror.several': can,
    'fault.delay': cannot(NO_FAULTS),
    'fault.abort': cannot(NO_FAULTS),
    'route.hosts': can,
    'route.hosts.several': can,
    'route.hosts.wildcard': { can: true, note: 'As a regular expression: any number of labels before the rest.' },
    'route.gateways': cannot(
      'Traefik has entry points instead of gateways. Name them under its own key: `traefik: { entryPoints: [websecure] }`.',
    ),
    'route.path': can,
    'route.rewrite': cannot(
      'Traefik matches a path decoded and rewrites it as it was sent, so some requests would go on with their old path. Let the application serve the path that clients call.',
    ),
    'route.timeout': cannot(NO_TIMEOUT),
    'route.retries': cannot(NO_RETRIES),
    'route.retries.perTryTimeout': cannot(NO_RETRIES),
    'route.outlierDetection': cannot(
      'Traefik takes no pod out for its answers in the way that is meant here. Rely on readiness probes, and remove this.',
    ),
    'route.circuitBreaker': cannot(NO_BREAKER),
    'route.circuitBreaker.maxConnections': cannot(NO_BREAKER),
    'route.circuitBreaker.maxPendingRequests': cannot(NO_BREAKER),
    'route.circuitBreaker.maxRequests': cannot(NO_BREAKER),
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': cannot('Traefik has no random choice. Choose round-robin or least-request.'),
    'route.loadBalancing.least-request': {
      can: true,
      note: 'The better of two pods drawn at random; from Traefik 3.4 on.',
    },
    'route.loadBalancing.hash': cannot(NO_HASH),
    'route.loadBalancing.hash.header': cannot(NO_HASH),
    'route.loadBalancing.hash.cookie': cannot(NO_HASH),
    'surge.gradual': can,
    'version.service': can,
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'Requests come in at an entry point of Traefik, which does not say which port of the service they are meant for. Keep the HTTP port, and give the others a Rollout or a Service of their own.',
    ),
    'ports.tcp': cannot('An IngressRoute is for HTTP. Remove the port, or give it a protocol.'),
  },
};

import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://emissary-ingress.dev/docs/latest/topics/using/canary/';
const RETRIES = 'https://emissary-ingress.dev/docs/latest/topics/using/retries/';
const can: Support = { can: true };
const percent: Limit = { step: 100, source: SOURCE };
const noFaults: Support = {
  can: false,
  instead: 'A Mapping has no field for faults. Put them in inside the service, or rehearse them on a mesh behind it.',
};

/** What Mappings of Emissary-ingress, once called Ambassador, can do. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  splitHeldBy: 'versions',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'beside',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  retryReasons: {
    words: ['5xx', 'gateway-error', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes'],
    most: 1,
  },
  features: {
    split: { can: true, limit: percent, note: 'Per request. The stable version takes what the others leave.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': { can: true, note: 'As a regular expression.' },
    'match.headers.present': { can: true, note: 'As a regular expression.' },
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': {
      can: false,
      instead:
        'A Mapping sees all cookies as one header and takes one condition per header. Keep one cookie per match, or let the application set a single cookie for this group of people.',
    },
    'match.path': can,
    'match.path.below': can,
    'match.method': can,
    'match.method.prefix': { can: true, note: 'As a regular expression.' },
    'match.query': can,
    'match.query.prefix': { can: true, note: 'As a regular expression.' },
    'match.query.present': { can: true, note: 'As a regular expression.' },
    'match.grpc': can,
    'match.regex': {
      can: true,
      note: 'RE2 over the whole text, up to the size that `regex_max_size` of the installation allows (200 steps of its program).',
    },
    'rules.several': can,
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: percent },
    'mirror.several': {
      can: false,
      instead: 'Emissary refuses a second shadow for the same requests. Mirror to one version at a time.',
    },
    'fault.delay': noFaults,
    'fault.abort': noFaults,
    'route.hosts': { can: true, note: 'A Host and a Listener of the installation must take them in.' },
    'route.hosts.several': { can: true, note: 'A Mapping for each of them.' },
    'route.hosts.wildcard': can,
    'route.gateways': {
      can: false,
      instead:
        'Hosts and Listeners choose what comes in; a Mapping names neither. Set route.hosts and remove the gateways.',
    },
    'route.path': can,
    'route.rewrite': can,
    'route.timeout': can,
    'route.retries': { can: true, limit: { count: 1, source: RETRIES } },
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': {
      can: false,
      instead: 'Emissary refuses a Mapping with outlier detection. Rely on readiness probes to take a bad pod out.',
    },
    'route.circuitBreaker': can,
    'route.circuitBreaker.maxConnections': can,
    'route.circuitBreaker.maxPendingRequests': can,
    'route.circuitBreaker.maxRequests': can,
    'route.loadBalancing': { can: true, note: 'With spec.emissary.resolver; without one Kubernetes picks the pod.' },
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': {
      can: false,
      instead: 'Emissary balances by round-robin or least-request, or by a hash. Choose one of them.',
    },
    'route.loadBalancing.least-request': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: the version of each request is drawn first. A rule by header or cookie keeps users on a version.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': can,
    'surge.gradual': can,
    'version.service': can,
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': {
      can: false,
      instead: 'A Mapping leads to one port. Keep it, and give the others a Rollout or a Service of their own.',
    },
    'ports.tcp': { can: false, instead: 'Mappings are for HTTP. Remove the port, or give it a protocol.' },
  },
};

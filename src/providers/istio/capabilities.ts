import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://istio.io/latest/docs/reference/config/networking/virtual-service/';
const can: Support = { can: true };
/** Istio itself goes to 0.0001 %; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: SOURCE };

/** What an Istio mesh with sidecars or gateways can do. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: false,
  ownName: 'route',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  defaultLoadBalancing: 'least-request',
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': can,
    'match.headers.present': can,
    'match.cookies': {
      can: true,
      note: 'As a regular expression on the cookie header.',
    },
    'match.cookies.several': {
      can: false,
      instead:
        'Istio sees all cookies as one header and takes one condition per header. Keep one cookie per match, or let the application set a single cookie for this group of people.',
    },
    'match.path': can,
    'match.path.below': can,
    'match.method': can,
    'match.method.prefix': can,
    'match.query': can,
    'match.query.prefix': can,
    'match.query.present': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text.' },
    'rules.several': can,
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: share },
    'mirror.several': { can: true, note: 'From Istio 1.20 on.' },
    'fault.delay': { can: true, limit: share },
    'fault.abort': { can: true, limit: share },
    'route.hosts': can,
    'route.hosts.several': can,
    'route.hosts.wildcard': can,
    'route.gateways': can,
    'route.path': can,
    'route.rewrite': can,
    'route.timeout': can,
    'route.retries': can,
    'route.retries.perTryTimeout': can,
    'route.outlierDetection': can,
    'route.circuitBreaker': can,
    'route.circuitBreaker.maxConnections': can,
    'route.circuitBreaker.maxPendingRequests': can,
    'route.circuitBreaker.maxRequests': can,
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': can,
    'route.loadBalancing.least-request': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: where a step splits the requests, the version of each one is drawn before the hash picks a pod, so a user does not stay with a version. A rule by header or cookie keeps users there.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': can,
    'surge.gradual': can,
    'version.service': can,
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': can,
    'ports.tcp': {
      can: false,
      instead:
        'A VirtualService of HTTP rules leaves TCP connections to chance. Remove the port, or give it a protocol.',
    },
  },
};

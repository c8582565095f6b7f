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
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  defaultLoadBalancing: 'least-request',
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight.' },
    'split.several': can,
    'match.headers': can,
    'match.cookies': {
      can: true,
      note: 'One cookie per match, as a regular expression on the cookie header.',
    },
    'match.path': can,
    'match.method': can,
    'match.query': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text.' },
    mirror: { can: true, limit: share },
    'mirror.several': { can: true, note: 'From Istio 1.20 on.' },
    'fault.delay': { can: true, limit: share },
    'fault.abort': { can: true, limit: share },
    'route.hosts': can,
    'route.gateways': can,
    'route.path': can,
    'route.rewrite': can,
    'route.timeout': can,
    'route.retries': can,
    'route.outlierDetection': can,
    'route.circuitBreaker': can,
    'route.loadBalancing': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: where a step splits the requests, the version of each one is drawn before the hash picks a pod, so a user does not stay with a version. A rule by header or cookie keeps users there.',
    },
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

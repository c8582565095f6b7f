import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/translator/route_config.go';
const PERCENT = 'https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/plugins/internal/common/conversions.go';
const can: Support = { can: true };
/** Weights are relative; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: SOURCE };
/** Gloo counts in millionths, and cuts off what its floats miss by: at most 0.0001 %. */
const percent: Limit = { step: 1, source: PERCENT };
const entrance =
  'In Gloo Edge a Gateway chooses its VirtualServices, not the other way round. Remove `gateways`; to keep hosts, TLS and gateways in a VirtualService of your own, set spec.gloo.routes to `route-table` and delegate to it.';

/** What Gloo Edge can do with its own API: an entrance from outside, in front of Services. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: true,
  ownName: 'beside',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  defaultLoadBalancing: 'round-robin',
  features: {
    split: { can: true, limit: share, note: 'Per request, by weight.' },
    'split.several': can,
    'match.headers': can,
    'match.headers.several': can,
    'match.headers.prefix': { can: true, note: 'As a regular expression on the whole header.' },
    'match.headers.present': can,
    'match.cookies': { can: true, note: 'As a regular expression on the cookie header.' },
    'match.cookies.several': { can: true, note: 'Each as a condition of its own on the cookie header.' },
    'match.path': { can: true, note: 'A path with `//`, `/./`, `/../` or an encoded slash is refused, as Gloo does.' },
    'match.path.below': can,
    'match.method': can,
    'match.method.prefix': { can: true, note: 'As a regular expression on the header `:method`.' },
    'match.query': can,
    'match.query.prefix': { can: true, note: 'As a regular expression on the whole parameter.' },
    'match.query.present': can,
    'match.grpc': can,
    'match.regex': { can: true, note: 'RE2 over the whole text; the installation limits how long a program it makes.' },
    'rules.several': can,
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: percent, note: 'Copies are sent to the host with "-shadow" at its end.' },
    'mirror.several': {
      can: false,
      instead: 'A route of Gloo copies to one Upstream. Mirror to one version at a time, in two steps.',
    },
    'fault.delay': { can: true, limit: percent, note: 'Of a second or more.' },
    'fault.abort': { can: true, limit: percent },
    'route.hosts': { can: true, note: 'Where a VirtualService is emitted; one that delegates has them itself.' },
    'route.hosts.several': can,
    'route.hosts.wildcard': can,
    'route.gateways': { can: false, instead: entrance },
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
    'ports.several': {
      can: false,
      instead:
        'A gateway listens on ports of its own, so nothing would say which port of the service its requests are meant for. Keep the HTTP port only, and give the others a Rollout or a Service of their own.',
    },
    'ports.tcp': {
      can: false,
      instead: 'Routes of Gloo by header, path or weight are for HTTP. Remove the port, or give it a protocol.',
    },
  },
};

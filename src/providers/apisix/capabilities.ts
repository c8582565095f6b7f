import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });
/** Weights are any whole numbers; the language goes to 0.01 %. */
const share: Limit = { step: 1, source: 'https://apisix.apache.org/docs/ingress-controller/reference/api-reference/' };
/** `sample_ratio` is a number from 0.00001 on. */
const copies: Limit = { min: 1, step: 1, source: 'https://apisix.apache.org/docs/apisix/plugins/proxy-mirror/' };
/** `percentage` is a whole number. */
const faults: Limit = { step: 100, source: 'https://apisix.apache.org/docs/apisix/plugins/fault-injection/' };

const RETRIES =
  'APISIX chooses by itself what it tries again, and every such try is switched off. Remove retries, and let clients retry.';
const BREAKER =
  'APISIX limits no connections or requests to the pods of one version. Remove this, and protect the pods by their number.';

/** What APISIX can do with an ApisixRoute. */
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
    'match.headers': { can: true, note: 'Of names without "_".' },
    'match.headers.several': can,
    'match.headers.prefix': { can: true, note: 'As a regular expression.' },
    'match.headers.present': { can: true, note: 'As a regular expression.' },
    'match.cookies': can,
    'match.cookies.several': can,
    'match.path': can,
    'match.path.below': can,
    'match.method': { can: true, note: 'One of the methods of HTTP, whole.' },
    'match.method.prefix': cannot('APISIX compares methods whole. Write one match for each method.'),
    'match.query': can,
    'match.query.prefix': cannot(
      'APISIX reads a parameter without a value as "true". Match its whole text, or a header.',
    ),
    'match.query.present': { can: true, note: 'As a regular expression.' },
    'match.grpc': can,
    'match.regex': cannot(
      'APISIX looks for expressions of PCRE in any place of the text. Match whole texts, or their beginnings by `prefix`.',
    ),
    'rules.several': {
      can: true,
      note: 'APISIX tries the more particular path first, and goes by priority where paths are equal; rules that it would try in another order are refused.',
    },
    'rules.split': can,
    'rules.mirror': can,
    mirror: { can: true, limit: copies, note: 'To the Service of the version, under cluster.local.' },
    'mirror.several': cannot('APISIX copies requests to one version. Keep one.'),
    'fault.delay': { can: true, limit: faults },
    'fault.abort': { can: true, limit: faults, note: 'Of requests that end so no copy is made.' },
    'route.hosts': can,
    'route.hosts.several': can,
    'route.hosts.wildcard': { can: true, note: 'In place of one or more parts of the name.' },
    'route.gateways': cannot(
      'APISIX has one entrance for each class. Remove `gateways`; spec.apisix.ingressClassName chooses the class.',
    ),
    'route.path': can,
    'route.rewrite': cannot(
      'Paths are forwarded as they came. Remove `rewrite`, and let the application answer under this path.',
    ),
    'route.timeout': cannot(
      'APISIX limits each wait for a part of a request or an answer, and no request as a whole. Remove the timeout, and let the application give up; each wait may take a day.',
    ),
    'route.retries': cannot(RETRIES),
    'route.retries.perTryTimeout': cannot(RETRIES),
    'route.outlierDetection': cannot(
      'APISIX ejects pods by health checks of its own only. Remove this; readiness probes take a pod out of its Service.',
    ),
    'route.circuitBreaker': cannot(BREAKER),
    'route.circuitBreaker.maxConnections': cannot(BREAKER),
    'route.circuitBreaker.maxPendingRequests': cannot(BREAKER),
    'route.circuitBreaker.maxRequests': cannot(BREAKER),
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': cannot('APISIX draws no pods. Take round-robin or least-request.'),
    'route.loadBalancing.least-request': can,
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version: where a step splits the requests, the version of each one is drawn before the hash picks a pod. Without the header or cookie the address of the client is hashed.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': can,
    'surge.gradual': can,
    'version.service': cannot(
      'How often APISIX tries requests to a Service is written under the name of that Service, for all its callers. Give the version pods of its own.',
    ),
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'An ApisixRoute leads to one port of each version. Keep the port of the route, and give the others a Rollout or a Service of their own.',
    ),
    'ports.tcp': cannot('The routes of an ApisixRoute are for HTTP. Remove the port, or give it a protocol.'),
  },
};

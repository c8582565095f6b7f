import type { Capabilities, Limit, Support } from '../../model/capabilities.ts';

const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });

const SOURCE =
  'https://github.com/kubernetes/ingress-nginx/blob/main/docs/user-guide/nginx-configuration/annotations.md#canary';
/** A share of `canary-weight-total`, which may be 10000. */
const share: Limit = { step: 1, source: SOURCE };

const ONE_HEADER =
  'ingress-nginx has one canary, chosen by the whole value of one header. Match one header by an exact value.';
const COOKIES =
  'ingress-nginx understands only the words `always` and `never` of a cookie, and keeps callers with `never` out of the split. Match a header.';
const NO_COPIES =
  'ingress-nginx copies every request of both versions to a URL, and callers wait for the answer. Remove the mirror.';
const NO_FAULT = 'ingress-nginx cannot delay or fail requests on purpose. Remove the fault.';
const NO_RETRIES =
  'The reasons for which nginx tries again are not those of a Rollout, so it is told to try once. Let the callers retry.';
const NO_CIRCUIT =
  'ingress-nginx limits neither connections nor requests to pods. Remove this, or limit them in the application.';
const NO_BALANCING =
  'ingress-nginx balances by `round-robin`, or by the hash of a header or a cookie. Choose one of them.';
const TWO_VERSIONS = 'ingress-nginx has one canary beside the main version. Split the requests between two versions.';

/** What ingress-nginx, which gets no more fixes, can do with a main Ingress and one canary. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: false,
  ownAddress: false,
  ownName: 'beside',
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  defaultLoadBalancing: 'round-robin',
  features: {
    split: {
      can: true,
      limit: share,
      note: 'Per request, by weight. While no pod of the canary is ready, the main version answers its share.',
    },
    'split.several': cannot(TWO_VERSIONS),
    'match.headers': { can: true, note: 'One header with an exact value, for all requests of the canary.' },
    'match.headers.several': cannot(ONE_HEADER),
    'match.headers.prefix': cannot(ONE_HEADER),
    'match.headers.present': cannot(ONE_HEADER),
    'match.cookies': cannot(COOKIES),
    'match.cookies.several': cannot(COOKIES),
    'match.path': cannot('The canary of ingress-nginx takes the same paths as the main version. Match a header.'),
    'match.path.below': cannot(
      'ingress-nginx takes a prefix by whole segments. Write it without the slash at its end.',
    ),
    'match.method': cannot(ONE_HEADER),
    'match.method.prefix': cannot(ONE_HEADER),
    'match.query': cannot(ONE_HEADER),
    'match.query.prefix': cannot(ONE_HEADER),
    'match.query.present': cannot(ONE_HEADER),
    'match.grpc': cannot(ONE_HEADER),
    'match.regex': cannot(ONE_HEADER),
    'rules.several': cannot('ingress-nginx has one canary, so a step has one rule. Join their matches, or keep one.'),
    'rules.split': cannot('The header of a canary decides alone. Send all requests of the rule to one version.'),
    'rules.mirror': cannot(NO_COPIES),
    mirror: cannot(NO_COPIES),
    'mirror.several': cannot(NO_COPIES),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': can,
    'route.hosts.several': can,
    'route.hosts.wildcard': can,
    'route.gateways': cannot('The controller is chosen by `ingressClassName` under `nginx`.'),
    'route.path': {
      can: true,
      note: 'By whole segments, as long as no other Ingress of the host uses regular expressions: these hold for all its paths.',
    },
    'route.rewrite': cannot(
      'ingress-nginx rewrites by a regular expression, which then holds for all paths of the host. Let the application serve the path as it is called.',
    ),
    'route.timeout': cannot(
      'nginx limits the time between two reads, 60 s unless set for all of the controller, never a whole request. Let the application or its callers limit it.',
    ),
    'route.retries': cannot(NO_RETRIES),
    'route.retries.perTryTimeout': cannot(NO_RETRIES),
    'route.outlierDetection': cannot('ingress-nginx goes by the readiness of pods alone. Remove this.'),
    'route.circuitBreaker': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxConnections': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxPendingRequests': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxRequests': cannot(NO_CIRCUIT),
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': cannot(NO_BALANCING),
    'route.loadBalancing.least-request': cannot(NO_BALANCING),
    'route.loadBalancing.hash': {
      can: true,
      note: 'Within one version, and requests without the header or cookie all meet one pod.',
    },
    'route.loadBalancing.hash.header': can,
    'route.loadBalancing.hash.cookie': can,
    'surge.gradual': cannot(
      'Where pods of the canary are missing, ingress-nginx sends all requests to the main version, so each version keeps its full size. Remove `surge`.',
    ),
    'version.service': cannot(
      'The canary calls a port by its name, and nobody knows the names of ports of a Service that somebody else keeps. Let the version run an image.',
    ),
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'The route leads to one port, and nothing says which. Keep the port that callers mean, and give the others a Service of their own.',
    ),
    'ports.tcp': cannot('An Ingress leads HTTP only. Remove the port, or give it the protocol http or grpc.'),
  },
};

import type { Capabilities, Support } from '../../model/capabilities.ts';

const can: Support = { can: true };
const cannot = (instead: string): Support => ({ can: false, instead });

const FOLDS_CASE =
  'An ALB compares this without regard to upper and lower case, names too. Match a header whose value holds no letters, such as `x-canary: "1"`.';
const NO_REGEX =
  'Amazon does not say whether its regular expressions look at upper and lower case. Write an exact text or a prefix.';
const NO_COPIES = 'An ALB sends each request to one target and copies nothing. Remove the mirror.';
const NO_FAULT = 'An ALB can fail all requests of a rule, but no part of them, and delays none. Remove the fault.';
const NO_RETRY = 'An ALB does not send a request again. Let the callers retry.';
const NO_CIRCUIT =
  'An ALB limits neither connections nor requests to its targets. Remove this, or limit them in the application.';
const NO_HASH =
  'An ALB keeps a client with a target by a cookie of its own only. Choose round-robin, random or least-request.';

/** Quotas of a rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const MOST_TARGET_GROUPS = 5;

/** Weights are whole numbers of at most 999: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html */
const WEIGHTS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html';

/** What an Application Load Balancer can do that the AWS Load Balancer Controller keeps for an Ingress. */
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
      limit: { step: 10, source: WEIGHTS },
      note: 'Per request, by weights of at most 999. Every running version is a target group of the rule, at weight 0 too, so that its targets are known to be healthy before they get requests.',
    },
    'split.several': { can: true, note: `At most ${MOST_TARGET_GROUPS} versions share the requests of a rule.` },
    'match.headers': {
      can: true,
      note: 'Only values without letters, because an ALB compares them without regard to upper and lower case.',
    },
    'match.headers.several': can,
    'match.headers.prefix': can,
    'match.headers.present': can,
    'match.cookies': cannot(FOLDS_CASE),
    'match.cookies.several': cannot(FOLDS_CASE),
    'match.path': can,
    'match.path.below': can,
    'match.method': can,
    'match.method.prefix': cannot('An ALB compares whole methods. List each method as a match of its own.'),
    'match.query': cannot(FOLDS_CASE),
    'match.query.prefix': cannot(FOLDS_CASE),
    'match.query.present': cannot(FOLDS_CASE),
    'match.grpc': can,
    'match.regex': cannot(NO_REGEX),
    'rules.several': can,
    'rules.split': can,
    'rules.mirror': cannot(NO_COPIES),
    mirror: cannot(NO_COPIES),
    'mirror.several': cannot(NO_COPIES),
    'fault.delay': cannot(NO_FAULT),
    'fault.abort': cannot(NO_FAULT),
    'route.hosts': can,
    'route.hosts.several': can,
    'route.hosts.wildcard': can,
    'route.gateways': cannot('The load balancer is chosen by `group` and `ingressClassName` under `aws-alb`.'),
    'route.path': can,
    'route.rewrite': cannot(
      'An ALB rewrites the whole URL by a regular expression, query included. Let the application serve the path as it is called.',
    ),
    'route.timeout': cannot(
      'An ALB knows only an idle timeout, for the whole load balancer and 60 s unless set there. Let the application or its callers limit the time.',
    ),
    'route.retries': cannot(NO_RETRY),
    'route.retries.perTryTimeout': cannot(NO_RETRY),
    'route.outlierDetection': cannot(
      'An ALB takes targets out by health checks of its own. Set `healthCheckPath` under `aws-alb`.',
    ),
    'route.circuitBreaker': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxConnections': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxPendingRequests': cannot(NO_CIRCUIT),
    'route.circuitBreaker.maxRequests': cannot(NO_CIRCUIT),
    'route.loadBalancing': can,
    'route.loadBalancing.round-robin': can,
    'route.loadBalancing.random': { can: true, note: 'As `weighted_random`.' },
    'route.loadBalancing.least-request': { can: true, note: 'As `least_outstanding_requests`.' },
    'route.loadBalancing.hash': cannot(NO_HASH),
    'route.loadBalancing.hash.header': cannot(NO_HASH),
    'route.loadBalancing.hash.cookie': cannot(NO_HASH),
    'surge.gradual': can,
    'version.service': can,
    'version.pods': {
      can: true,
      note: 'Label the namespace `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`, so that a pod counts as ready only when its target is healthy.',
    },
    'workload.drain': can,
    'workload.autoscale': can,
    'workload.template': can,
    'ports.several': cannot(
      'The route leads to one port, and nothing says which. Keep the port that the load balancer calls, and give the others a Service of their own.',
    ),
    'ports.tcp': cannot(
      'An Application Load Balancer speaks HTTP only. Remove the port, or give it the protocol http, http2 or grpc.',
    ),
  },
};

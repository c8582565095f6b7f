import type { Capabilities, Support } from '../../model/capabilities.ts';

const SOURCE = 'https://knative.dev/docs/serving/traffic-management/';
const NO_MATCH = 'Knative splits by percent only; internal users can call a version under its tag. Remove the match.';
const cannot = (instead: string): Support => ({ can: false, instead });
const can: Support = { can: true };

/** What Knative Serving can do. */
export const capabilities: Capabilities = {
  splitBy: 'weights',
  ownsWorkloads: true,
  ownAddress: true,
  ownName: 'route',
  timeoutOf: 'version',
  notReadyBlocksRoute: true,
  // The default of config-defaults `revision-timeout-seconds`.
  defaultTimeout: 300_000,
  features: {
    split: {
      can: true,
      limit: { min: 100, step: 100, source: SOURCE },
      note: 'Per request, in whole percents.',
    },
    'split.several': can,
    'match.headers': cannot(NO_MATCH),
    'match.headers.several': cannot(NO_MATCH),
    'match.headers.prefix': cannot(NO_MATCH),
    'match.headers.present': cannot(NO_MATCH),
    'match.cookies': cannot(NO_MATCH),
    'match.cookies.several': cannot(NO_MATCH),
    'match.path': cannot(NO_MATCH),
    'match.path.below': cannot(NO_MATCH),
    'match.method': cannot(NO_MATCH),
    'match.method.prefix': cannot(NO_MATCH),
    'match.query': cannot(NO_MATCH),
    'match.query.prefix': cannot(NO_MATCH),
    'match.query.present': cannot(NO_MATCH),
    'match.grpc': cannot(NO_MATCH),
    'match.regex': cannot(NO_MATCH),
    'rules.several': cannot(NO_MATCH),
    'rules.split': cannot(NO_MATCH),
    'rules.mirror': cannot(NO_MATCH),
    mirror: cannot('Give the version 0 % and call it under its tag.'),
    'mirror.several': cannot('Give the versions 0 % and call them under their tags.'),
    'fault.delay': cannot('Rehearse failure in the application itself. Remove the fault.'),
    'fault.abort': cannot('Rehearse failure in the application itself. Remove the fault.'),
    'route.hosts': cannot(
      'A Knative Service answers under a host made from its name, namespace and domain. Remove `hosts`.',
    ),
    'route.hosts.several': cannot(
      'A Knative Service answers under a host made from its name, namespace and domain. Remove `hosts`.',
    ),
    'route.hosts.wildcard': cannot(
      'A Knative Service answers under a host made from its name, namespace and domain. Remove `hosts`.',
    ),
    'route.gateways': cannot(
      'Set `knative: { visibility: cluster-local }` to hide the service from outside; remove `gateways`.',
    ),
    'route.path': cannot('A Knative host belongs to one service, with all its paths. Remove `path`.'),
    'route.rewrite': cannot('Knative forwards paths as they come. Remove `rewrite`.'),
    'route.timeout': {
      can: true,
      note: 'Whole seconds, at most 600 unless the cluster allows more.',
    },
    'route.retries': cannot('Let the caller retry. Remove `retries`.'),
    'route.retries.perTryTimeout': cannot('Let the caller retry. Remove `retries`.'),
    'route.outlierDetection': cannot('Knative replaces pods by readiness. Remove `outlierDetection`.'),
    'route.circuitBreaker': cannot('Limit the requests per pod with `knative: { concurrency: … }` instead.'),
    'route.circuitBreaker.maxConnections': cannot(
      'Limit the requests per pod with `knative: { concurrency: … }` instead.',
    ),
    'route.circuitBreaker.maxPendingRequests': cannot(
      'Limit the requests per pod with `knative: { concurrency: … }` instead.',
    ),
    'route.circuitBreaker.maxRequests': cannot(
      'Limit the requests per pod with `knative: { concurrency: … }` instead.',
    ),
    'route.loadBalancing': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'route.loadBalancing.round-robin': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'route.loadBalancing.random': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'route.loadBalancing.least-request': cannot(
      'The activator and queue-proxy choose the pod. Remove `loadBalancing`.',
    ),
    'route.loadBalancing.hash': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'route.loadBalancing.hash.header': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'route.loadBalancing.hash.cookie': cannot('The activator and queue-proxy choose the pod. Remove `loadBalancing`.'),
    'surge.gradual': cannot('A revision never changes; Knative itself scales it with its requests. Remove `surge`.'),
    'version.service': cannot('A Knative route leads to its own revisions only. Let the version run an image.'),
    'version.pods': can,
    'workload.autoscale': cannot(
      'Knative scales each revision itself: write `replicas` for the least pods and `knative: { maxScale: … }` for the most.',
    ),
    'workload.drain': cannot('Knative drains pods itself. Remove this key.'),
    'workload.template': cannot(
      'A revision is made by Knative and not by a Deployment. Remove `template`, and write image and what else the pods need.',
    ),
    'ports.several': cannot('A Knative container has one port. Keep the one that serves requests.'),
    'ports.tcp': cannot('Knative serves HTTP and gRPC only.'),
  },
};

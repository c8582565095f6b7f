import type { Capabilities, Support } from '../../model/capabilities.ts';

const NO_ROUTE = 'A Service only chooses pods by label; it does not look at requests. Remove this.';
const cannot = (instead: string): Support => ({ can: false, instead });
const can: Support = { can: true };

/** What plain Kubernetes can do: choose pods, per connection. */
export const capabilities: Capabilities = {
  splitBy: 'replicas',
  ownsWorkloads: false,
  ownAddress: true,
  timeoutOf: 'rule',
  notReadyBlocksRoute: false,
  features: {
    split: {
      can: true,
      limit: {
        step: 1,
        source: 'https://kubernetes.io/docs/reference/networking/virtual-ips/',
      },
      note: 'By numbers of pods and per connection: 3 + 1 pods are 25 %.',
    },
    'split.several': can,
    'match.headers': cannot(NO_ROUTE),
    'match.cookies': cannot(NO_ROUTE),
    'match.path': cannot(NO_ROUTE),
    'match.method': cannot(NO_ROUTE),
    'match.query': cannot(NO_ROUTE),
    'match.grpc': cannot(NO_ROUTE),
    'match.regex': cannot(NO_ROUTE),
    mirror: cannot('A Service sends a connection to one pod and copies nothing. Remove the mirror.'),
    'mirror.several': cannot('A Service sends a connection to one pod and copies nothing. Remove the mirror.'),
    'fault.delay': cannot('Nothing stands between caller and pod that could delay a request. Remove the fault.'),
    'fault.abort': cannot('Nothing stands between caller and pod that could fail a request. Remove the fault.'),
    'route.hosts': cannot('A Service answers to its own name. Remove `hosts`, or rename the Rollout.'),
    'route.gateways': cannot(NO_ROUTE),
    'route.path': cannot(NO_ROUTE),
    'route.rewrite': cannot(NO_ROUTE),
    'route.timeout': cannot(NO_ROUTE),
    'route.retries': cannot(NO_ROUTE),
    'route.outlierDetection': cannot(
      'Readiness probes are the only thing that takes a pod out of a Service. Remove this.',
    ),
    'route.circuitBreaker': cannot(NO_ROUTE),
    'route.loadBalancing': cannot('kube-proxy decides for the whole cluster. Remove this.'),
    'route.loadBalancing.hash': cannot('kube-proxy decides for the whole cluster. Remove this.'),
    'surge.gradual': cannot(
      'Without routes the numbers of pods are the split, so they cannot be chosen. Remove `surge`.',
    ),
    'version.service': cannot('A Service cannot select another Service. Let the version run an image.'),
    'version.pods': can,
    'workload.drain': can,
    'workload.autoscale': { can: true, note: 'Not beside a split, which follows from numbers of pods.' },
    'workload.template': can,
    'ports.several': can,
    'ports.tcp': can,
  },
};

import { FEATURES, type Feature } from '../../src/model/capabilities.ts';
import type { MatchSpec, RolloutSpec, RouteSpec, RuleSpec } from '../../src/model/rollout.ts';

/** The smallest change of a spec that asks for a feature, and the state in which it shows. */
export interface Asking {
  readonly spec: (spec: RolloutSpec) => RolloutSpec;
  /** Absent: `canary`, the step of the plain spec. */
  readonly state?: string;
  /** State of the plain spec that it is held against. Absent: the same one. */
  readonly before?: string;
}

const route =
  (more: RouteSpec) =>
  (spec: RolloutSpec): RolloutSpec => ({ ...spec, route: { ...spec.route, ...more } });

const rules =
  (...list: readonly (Pick<RuleSpec, 'match'> & Partial<RuleSpec>)[]) =>
  (spec: RolloutSpec): RolloutSpec => ({
    ...spec,
    steps: [
      {
        name: 'canary',
        traffic: { v1: 90, v2: 10 },
        rules: list.map((rule, i) => ({ name: i === 0 ? 'testers' : 'staff', traffic: { v2: 100 }, ...rule })),
      },
    ],
  });

const match = (one: MatchSpec): Asking => ({ spec: rules({ match: [one] }) });

const step =
  (more: object) =>
  (spec: RolloutSpec): RolloutSpec => ({ ...spec, steps: [{ name: 'canary', traffic: { v1: 90, v2: 10 }, ...more }] });

const workload =
  (more: object) =>
  (spec: RolloutSpec): RolloutSpec => ({ ...spec, workload: { ...spec.workload, ...more } });

const ports =
  (...list: NonNullable<RolloutSpec['ports']>) =>
  (spec: RolloutSpec): RolloutSpec => ({ ...spec, ports: list });

/** A version on its own, by which a plain Kubernetes Service can be chosen at all. */
const image = (n: number): { image: string } => ({
  image: `registry.example.com/shop:${n}.0.0@sha256:${'ab'.repeat(32)}`,
});

/** How each feature is asked for. */
export const ASKING: { readonly [feature in Feature]: Asking } = {
  split: { spec: spec => spec, before: 'provision-v2' },
  'split.several': {
    spec: spec => ({
      ...spec,
      versions: { ...spec.versions, v3: image(3) },
      steps: [{ name: 'canary', traffic: { v1: 60, v2: 20, v3: 20 } }],
    }),
  },
  'match.headers': match({ headers: { 'end-user': 'jason' } }),
  'match.headers.several': match({ headers: { 'end-user': 'jason', 'x-canary': 'always' } }),
  'match.headers.prefix': match({ headers: { 'user-agent': { prefix: 'curl/' } } }),
  'match.headers.present': match({ headers: { 'x-canary': { present: true } } }),
  'match.cookies': match({ cookies: { beta: 'a.b' } }),
  'match.cookies.several': match({ cookies: { beta: '1', plan: 'pro' } }),
  'match.path': match({ path: { prefix: '/cart' } }),
  'match.path.below': match({ path: { prefix: '/cart/' } }),
  'match.method': match({ method: 'POST' }),
  'match.method.prefix': match({ method: { prefix: 'P' } }),
  'match.query': match({ query: { preview: '1' } }),
  'match.query.prefix': match({ query: { preview: { prefix: 'v2' } } }),
  'match.query.present': match({ query: { preview: { present: true } } }),
  'match.grpc': {
    spec: spec =>
      rules({ match: [{ grpc: { service: 'shop.v1.Cart', method: 'Add' } }] })(
        ports({ name: 'grpc', port: 9000 })(spec),
      ),
  },
  'match.regex': match({ headers: { 'end-user': { regex: 'jason|eve' } } }),
  'rules.several': {
    spec: rules(
      { match: [{ headers: { 'end-user': 'jason' } }], traffic: { v2: 100 } },
      { match: [{ path: '/cart' }], traffic: { v1: 100 } },
    ),
  },
  'rules.split': { spec: rules({ match: [{ path: '/cart' }], traffic: { v1: 50, v2: 50 } }) },
  'rules.mirror': { spec: rules({ match: [{ path: '/cart' }], traffic: { v1: 100 }, mirror: { v2: 100 } }) },
  mirror: { spec: step({ traffic: { v1: 100 }, mirror: { v2: 10 } }) },
  'mirror.several': {
    spec: spec =>
      step({ traffic: { v1: 100 }, mirror: { v2: 10, v3: 5 } })({
        ...spec,
        versions: { ...spec.versions, v3: image(3) },
      }),
  },
  'fault.delay': { spec: step({ fault: { delay: { duration: '2s', percent: 10 } } }) },
  'fault.abort': { spec: step({ fault: { abort: { status: 503, percent: 10 } } }) },
  'route.hosts': { spec: route({ hosts: ['shop.example.org'] }) },
  'route.hosts.several': { spec: route({ hosts: ['shop.example.com', 'shop.example.org'] }) },
  'route.hosts.wildcard': { spec: route({ hosts: ['*.shop.example.org'] }) },
  'route.gateways': { spec: route({ gateways: ['gateways/public'] }) },
  'route.path': { spec: route({ path: '/shop' }) },
  'route.rewrite': { spec: route({ path: '/shop', rewrite: '/' }) },
  'route.timeout': { spec: route({ timeout: '10s' }) },
  'route.retries': { spec: route({ retries: { attempts: 3, retryOn: ['connect-failure'] } }) },
  'route.retries.perTryTimeout': {
    spec: route({ retries: { attempts: 3, perTryTimeout: '2s', retryOn: ['connect-failure'] } }),
  },
  'route.outlierDetection': { spec: route({ outlierDetection: { consecutiveErrors: 3 } }) },
  'route.circuitBreaker': {
    spec: route({ circuitBreaker: { maxConnections: 100, maxPendingRequests: 50, maxRequests: 200 } }),
  },
  'route.circuitBreaker.maxConnections': { spec: route({ circuitBreaker: { maxConnections: 100 } }) },
  'route.circuitBreaker.maxPendingRequests': { spec: route({ circuitBreaker: { maxPendingRequests: 50 } }) },
  'route.circuitBreaker.maxRequests': { spec: route({ circuitBreaker: { maxRequests: 200 } }) },
  'route.loadBalancing': { spec: route({ loadBalancing: 'round-robin' }) },
  'route.loadBalancing.round-robin': { spec: route({ loadBalancing: 'round-robin' }) },
  'route.loadBalancing.random': { spec: route({ loadBalancing: 'random' }) },
  'route.loadBalancing.least-request': { spec: route({ loadBalancing: 'least-request' }) },
  'route.loadBalancing.hash': { spec: route({ loadBalancing: { hash: { header: 'x-user' } } }) },
  'route.loadBalancing.hash.header': { spec: route({ loadBalancing: { hash: { header: 'x-user' } } }) },
  'route.loadBalancing.hash.cookie': { spec: route({ loadBalancing: { hash: { cookie: 'session' } } }) },
  'surge.gradual': { spec: spec => ({ ...spec, surge: 'gradual' }) },
  'version.service': { spec: spec => ({ ...spec, versions: { ...spec.versions, v2: { service: 'shop-of-others' } } }) },
  'version.pods': { spec: spec => ({ ...spec, versions: { ...spec.versions, v2: image(3) } }) },
  'workload.drain': { spec: workload({ drain: '30s' }) },
  'workload.autoscale': {
    spec: spec => ({
      ...spec,
      versions: { ...spec.versions, v2: { ...image(2), autoscale: { min: 1, max: 5 } } },
      steps: [{ name: 'canary', traffic: { v2: 100 } }],
    }),
    before: 'provision-v2',
  },
  'workload.template': {
    spec: spec => ({ ...spec, versions: { ...spec.versions, v2: { ...image(2), template: 'templates/shop.yaml' } } }),
  },
  'ports.several': {
    spec: ports({ name: 'http', port: 80, targetPort: 8080 }, { name: 'http-admin', port: 81, targetPort: 8081 }),
  },
  'ports.tcp': { spec: ports({ name: 'tcp', port: 5432 }) },
};

export const EVERY_FEATURE: readonly Feature[] = FEATURES;

import fc from 'fast-check';
import type { PercentSpec, Rollout, StepSpec } from '../../src/model/rollout.ts';
import {
  autoscale,
  config,
  pause,
  peak,
  record,
  rollout,
  round,
  sizedBy,
  split,
  tape,
  VERSIONS,
  versionsOf,
  versionsOrTemplates,
} from './random-parts.ts';
import { routed } from './random-routed.ts';

export { TEMPLATES } from './random-parts.ts';

/** Random rollouts that are right: the compiler must take every one of them. */
export const PROVIDER_NAMES = [
  'kubernetes',
  'knative',
  'istio',
  'emissary',
  'gloo',
  'gateway-api',
  'contour',
  'traefik',
  'linkerd',
  'kuma',
  'consul',
  'nginx',
  'aws-alb',
  'apisix',
  'openshift',
] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** Those that route in ways as different as can be: by pods, by revisions of their own, and in a mesh. */
export const FIRST = ['kubernetes', 'knative', 'istio'] as const;

/** How often a property is tried: what all providers share is tried on the first ones, so that each other gets a third. */
export const runs = (name: string, times: number): number =>
  FIRST.some(first => first === name) ? times : Math.ceil(times / 3);

const knativeStep = (traffic: PercentSpec, index: number): fc.Arbitrary<StepSpec> =>
  record({ name: fc.constant(`step-${index}`), traffic: fc.constant(traffic), pause }, [
    'name',
    'traffic',
  ]) as fc.Arbitrary<StepSpec>;

const knative: fc.Arbitrary<Rollout> = fc.integer({ min: 1, max: 4 }).chain(count => {
  const versions = VERSIONS.slice(0, count);
  const steps = tape(5, i => split(versions, 1).chain(traffic => knativeStep(traffic, i)));
  return fc
    .record({
      steps,
      specs: versionsOf(versions),
      form: fc.constantFrom('service', 'configurations'),
      visibility: fc.constantFrom('public', 'cluster-local'),
      timeout: fc.constantFrom('10s', '5m'),
      bounds: record({ maxScale: fc.integer({ min: 5, max: 50 }), concurrency: fc.integer({ min: 1, max: 99 }) }),
      workload: record({ replicas: fc.integer({ min: 1, max: 5 }), config }),
      peak,
    })
    .map(r =>
      rollout(
        {
          provider: 'knative',
          stable: 'v1',
          versions: r.specs,
          route: { timeout: r.timeout },
          workload: r.workload,
          knative: { form: r.form, visibility: r.visibility, ...r.bounds },
          steps: r.steps,
        },
        r.peak,
      ),
    );
});

/** Shares that 12 pods of the stable version can carry beside them: 12 / (12 + n). */
const RATIOS = [4, 12, 36].map(pods => round((pods / (12 + pods)) * 100));

/** Versions that never share traffic, so that their numbers of pods are free. */
const autoscaledApart = <T>({ ratios, second }: { ratios: readonly number[]; second: boolean }, way: T) => ({
  ...(ratios.length === 0 ? { v1: way } : {}),
  ...(ratios.length === 0 && !second ? { v2: way } : {}),
});

const kubernetes: fc.Arbitrary<Rollout> = fc
  .record({
    ratios: fc.subarray(RATIOS),
    preview: fc.boolean(),
    back: fc.boolean(),
    second: fc.boolean(),
    joins: fc.boolean(),
    specs: versionsOrTemplates(VERSIONS),
    ports: fc.boolean(),
    autoscale: fc.option(autoscale, { nil: undefined }),
    peak,
  })
  .map(r =>
    rollout(
      {
        provider: 'kubernetes',
        stable: 'v1',
        workload: { replicas: 12 },
        versions: sizedBy(r.specs, r.autoscale === undefined ? {} : autoscaledApart(r, { autoscale: r.autoscale })),
        ...(r.ports
          ? {
              ports: [
                { name: 'http', port: 80, targetPort: 8080 },
                { name: 'grpc', port: 9090 },
              ],
            }
          : {}),
        steps: [
          ...(r.preview ? [{ name: 'preview', traffic: { v1: 100, v2: 0 } }] : []),
          ...r.ratios.map((share, i) => ({ name: `ratio-${i}`, traffic: { v1: round(100 - share), v2: share } })),
          ...(r.back ? [{ name: 'back', traffic: { v1: 100 } }] : []),
          { name: 'over', traffic: { v2: 100 }, pause: '1h' },
          ...(r.second
            ? [
                ...(r.joins ? [{ name: 'two', traffic: { v2: 60, v10: 40 } }] : []),
                { name: 'three', traffic: { v2: 60, v10: 20, green: 20 } },
                { name: 'last', traffic: { green: 100 } },
              ]
            : []),
        ],
      },
      r.peak,
    ),
  );

const istio = routed('istio', {
  hosts: fc.constantFrom(['shop'], ['shop', 'shop.example.com'], ['shop.prod.svc.cluster.local'], undefined),
  gateways: fc.constantFrom(['mesh'], ['mesh', 'istio-ingress/public'], undefined),
  options: fc.constantFrom({}, { versions: 'services' }),
});

const emissary = routed('emissary', {
  hosts: fc.constantFrom(undefined, ['shop.example.com'], ['shop.example.com', '*.shop.example.com']),
  options: fc
    .record({
      form: fc.constantFrom('v3alpha1', 'v2', 'annotation', undefined),
      resolver: fc.constantFrom('endpoint', undefined),
    })
    .map(options => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))),
});

const gloo = routed('gloo', {
  hosts: fc.constantFrom(['shop.example.com'], ['shop.example.com', '*.shop.example.com'], ['*'], undefined),
  delays: ['5s', '1500ms', '1m30s'],
  options: fc.constantFrom<object[]>(
    {},
    { split: 'upstream-group' },
    { routes: 'route-table' },
    { routes: 'route-table', weight: 10, split: 'upstream-group' },
  ),
});

/** Texts that a header may be compared with: visible, with single blanks. */
const visible = fc.constantFrom('jason', 'a b', 'on', '0o14', '.*', '(?:)', "it's", '"q"', 'a;b', '12:30:45', '^$');

const gateways = {
  // Callers inside the mesh use the name of the Service; what does not go together is left out.
  hosts: fc.constantFrom(undefined, undefined, ['shop'], ['shop.example.com'], ['*.example.com', 'shop.test']),
  gateways: fc.constantFrom(undefined, ['mesh'], ['gateways/public'], ['public', 'gateways/b', 'gateways/a']),
  words: visible,
};

const GRPC_PORT = fc.constant([{ name: 'grpc-api', port: 9000, targetPort: 9001 }]);

/** What a GRPCRoute cannot say. */
const HTTP_ONLY = [
  ...(['match.path', 'match.method', 'match.query', 'match.query.prefix', 'match.query.present'] as const),
  ...(['route.path', 'route.rewrite', 'route.timeout', 'route.retries', 'route.retries.perTryTimeout'] as const),
];

const gatewayApi = fc.oneof(
  { weight: 3, arbitrary: routed('gateway-api', gateways) },
  {
    weight: 1,
    arbitrary: routed('gateway-api', {
      ...gateways,
      ports: GRPC_PORT,
      without: HTTP_ONLY,
    }),
  },
);

const linkerd = fc.oneof(
  { weight: 3, arbitrary: routed('linkerd', { words: visible }) },
  { weight: 1, arbitrary: routed('linkerd', { words: visible, ports: GRPC_PORT, without: HTTP_ONLY }) },
);

const contour = routed('contour', {
  hosts: fc.constantFrom(['shop.example.com'], ['shop.example.com', '*.shop.example.com']),
  options: fc.constantFrom({}, { ingressClassName: 'public' }, { tlsSecret: 'certs/shop' }),
});

const kuma = routed('kuma', { options: fc.constantFrom({}, { mesh: 'retail' }) });

const openshift = routed('openshift', {
  hosts: fc.constant(['shop.example.com']),
  routePaths: ['/', '/api', '/api/'],
  rewrite: fc.constantFrom('/v2', '/'),
  options: fc.constantFrom(
    {},
    { tls: { termination: 'edge' } },
    { tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' } },
    { tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' } },
  ),
});

const ALB_OPTIONS = fc.constantFrom(
  {},
  { scheme: 'internet-facing', certificateArns: ['arn:aws:acm:eu-central-1:1:certificate/a', 'arn:aws:iam::1:b'] },
  {
    ingressClassName: 'alb-public',
    group: { name: 'shops', order: 10 },
    listenPorts: [{ protocol: 'HTTPS', port: 8443 }],
    sslRedirect: 8443,
    healthCheckPath: '/ready',
  },
  { group: { name: 'shops' }, listenPorts: [{ protocol: 'HTTPS', port: 443 }] },
);

/** Hosts of an entrance from outside. */
const OUTER_HOSTS = fc.constantFrom(['shop.example.com'], ['shop.example.com', '*.shop.example.com'], undefined);

const awsAlb = routed('aws-alb', {
  hosts: OUTER_HOSTS,
  words: fc.constantFrom('1', '12:30:45', '1_000', '(1)', '$^', '{"1":[2]}'),
  options: ALB_OPTIONS,
});

const nginx = routed('nginx', {
  hosts: OUTER_HOSTS,
  words: fc.constantFrom('1', 'jason', '12:30:45', 'on', '0o14', '1_000', 'null'),
  options: fc.constantFrom({}, { ingressClassName: 'nginx-public' }),
});

const traefik = routed('traefik', {
  hosts: fc.constantFrom(['shop'], ['shop.example.com', '*.shop.example.com'], undefined),
  options: fc.constantFrom({}, { entryPoints: ['websecure', 'web'], ingressClass: 'public', tlsSecret: 'shop-tls' }),
});

const apisix = routed('apisix', {
  hosts: OUTER_HOSTS,
  words: fc.constantFrom('1', 'jason', '12:30:45', '.*', '^$', 'a b', '(?:x|y)', 'a-b/c'),
  methods: ['GET', 'PURGE'],
  options: fc.constantFrom({}, { ingressClassName: 'apisix-public' }),
});

const consul = routed('consul');

/** Random right rollouts of one provider. */
export const RANDOM: { readonly [name in ProviderName]: fc.Arbitrary<Rollout> } = {
  kubernetes,
  knative,
  istio,
  emissary,
  gloo,
  'gateway-api': gatewayApi,
  contour,
  traefik,
  linkerd,
  kuma,
  consul,
  nginx,
  'aws-alb': awsAlb,
  apisix,
  openshift,
};

/** Random right rollouts of any provider. */
export const anyRollout: fc.Arbitrary<Rollout> = fc.oneof(...Object.values(RANDOM));

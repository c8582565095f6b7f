import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { recover } from '../../src/providers/openshift/recover.ts';

const DOMAIN = 'haproxy.router.openshift.io/';
const ORDERS: Labels = { [`${DOMAIN}balance`]: 'roundrobin', [`${DOMAIN}disable_cookies`]: 'true' };

const service = (name: string, version: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod' },
  spec: {
    selector: { app: 'shop', version },
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }],
  },
});
const pods = (version: string, replicas = 2): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const VERSIONS = ['v1', 'v2', 'v3', 'v4'];
const SERVICES = [service('shop', 'v1'), ...VERSIONS.map(version => service(`shop-${version}`, version))];
const backend = (version: string, weight: number | null): Json => ({
  kind: 'Service',
  name: `shop-${version}`,
  ...(weight === null ? {} : { weight }),
});

interface More {
  readonly spec?: { readonly [field: string]: Json };
  readonly orders?: Labels;
}

const route = (weights: readonly (number | null)[], { spec = {}, orders = {} }: More = {}): KubeObject => {
  const [to, ...others] = weights.map((weight, i) => backend(VERSIONS[i]!, weight));
  return {
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name: 'shop', namespace: 'prod', annotations: { ...ORDERS, ...orders } },
    spec: {
      host: 'shop.example.com',
      to: to!,
      ...(others.length === 0 ? {} : { alternateBackends: others }),
      port: { targetPort: 'http' },
      ...spec,
    },
  };
};
const read = (object: KubeObject, running = VERSIONS.map(version => pods(version))) =>
  recover([...SERVICES, object], running);
const shares = (object: KubeObject, running?: Pods[]) =>
  read(object, running).rules[0]!.split.map(({ target, share }) => [
    'version' in target ? target.version : target.missing,
    share,
  ]);

it('reads everything that a caller can see', () => {
  expect(read(route([90, 10]))).toEqual({
    hosts: ['shop.example.com'],
    gateways: ['http'],
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'http' }],
    beside: [{ target: { version: 'v1' }, share: 10_000 }],
    rules: [
      {
        matches: [],
        split: [
          { target: { version: 'v1' }, share: 9000 },
          { target: { version: 'v2' }, share: 1000 },
        ],
        mirror: [],
        timeout: 30_000,
      },
    ],
    addresses: VERSIONS.map(version => ({ promised: version, target: { version } })),
    policies: {},
    problems: [],
  });
});

describe('weights', () => {
  it.each([
    { weights: [90, 10], out: [9000, 1000] },
    { weights: [null, 10], out: [9091, 909] },
    { weights: [9, 1], out: [9000, 1000] },
    { weights: [0, 10], out: [0, 10_000] },
    { weights: [1, 1, 1, 1], out: [2500, 2500, 2500, 2500] },
  ])('$weights', ({ weights, out }) => {
    const found = out.map((share, i) => [VERSIONS[i], share]).filter(([, share]) => share !== 0);
    expect(shares(route(weights))).toEqual(found);
  });

  it('are all 0: 503', () => expect(shares(route([0, 0]))).toEqual([['every weight is 0: 503', 10_000]]));

  it.each([
    [257, 1],
    [-1, 1],
    [1.5, 1],
  ])('of %d are refused', weight => {
    expect(read(route([weight, 1])).problems.join()).toContain('no whole number between 0 and 256');
  });

  it('stand for one Service each, and for four at most', () => {
    expect(read(route([1], { spec: { alternateBackends: [backend('v1', 1)] } })).problems.join()).toContain(
      'named twice',
    );
    const four = ['v2', 'v3', 'v4', 'v5'].map(version => backend(version, 1));
    expect(read(route([1], { spec: { alternateBackends: four } })).problems.join()).toContain('3 others at most');
  });
});

describe('what is missing', () => {
  it('is a Service, its pods, or the port', () => {
    expect(shares(route([1], { spec: { to: { kind: 'Service', name: 'gone' } } }))).toEqual([
      ['Service gone is not among these objects', 10_000],
    ]);
    expect(shares(route([100]), [pods('v1', 0)])).toEqual([['0 pods carry app=shop,version=v1', 10_000]]);
    const other = route([100], { spec: { port: { targetPort: 'admin' } } });
    expect(shares(other)).toEqual([['Service shop-v1 has no port admin', 10_000]]);
    expect(shares(route([100], { spec: { port: { targetPort: 8080 } } }))).toEqual([['v1', 10_000]]);
  });

  it('is the Route: then only Services answer', () => {
    expect(recover(SERVICES, [pods('v1')])).toMatchObject({ hosts: [], rules: [], beside: [{ share: 10_000 }] });
  });

  it('is not a Service that somebody else keeps', () => {
    const legacy: Pods = {
      version: 'v0',
      replicas: 0,
      labels: { 'surefoot.dev/service': 'legacy' },
      keeper: '/Service/prod/legacy',
      ports: [80],
    };
    const { port: _, ...spec } = route([1]).spec as { readonly [field: string]: Json };
    const object = { ...route([1]), spec: { ...spec, to: { kind: 'Service', name: 'legacy' } } };
    expect(shares(object, [legacy])).toEqual([['v0', 10_000]]);
    expect(
      recover([{ ...object, spec: { ...object.spec, port: { targetPort: 'http' } } }], [legacy]).problems.join(),
    ).toContain('nobody knows whether');
  });
});

describe('paths', () => {
  const matches = (path: string) => read(route([1], { spec: { path } })).rules[0]!.matches.map(match => match.path);

  it('are taken by whole segments', () => {
    expect(matches('/')).toEqual([]);
    expect(matches('/api')).toEqual([
      { kind: 'exact', value: '/api' },
      { kind: 'prefix', value: '/api/' },
    ]);
    expect(matches('/api/')).toEqual([{ kind: 'prefix', value: '/api/' }]);
  });

  it.each([
    ['/', '/v2/', true],
    ['/api/', '/v2/', true],
    ['/api', '/', true],
    ['/api', '/v2/', false],
    ['/api/', '/v2', false],
    ['/api', '/v2', false],
    ['/', '/v2/#x', false],
  ])('%s rewritten to %s', (path, rewrite, isExact) => {
    const found = read(route([1], { spec: { path }, orders: { [`${DOMAIN}rewrite-target`]: rewrite } }));
    expect(found.problems.length === 0).toBe(isExact);
    if (isExact) expect(found.rules[0]!.rewrite).toBe(rewrite);
  });
});

describe('annotations', () => {
  const timeout = (text: string) => read(route([1], { orders: { [`${DOMAIN}timeout`]: text } }));

  it.each([
    ['10s', 10_000],
    ['500', 500],
    ['1500ms', 1500],
    ['2m', 120_000],
    ['40d', 2_147_483_647],
  ])('a timeout of %s', (text, milliseconds) => {
    expect(timeout(text).rules[0]!.timeout).toBe(milliseconds);
  });

  it('an unreadable timeout is left out by the router', () => {
    expect(timeout('1h30m')).toMatchObject({ rules: [{ timeout: 30_000 }] });
    expect(timeout('1h30m').problems.join()).toContain('no time that is read here');
  });

  it.each([
    [{ [`${DOMAIN}disable_cookies`]: 'false' }, 'keeps clients with a pod'],
    [{ [`${DOMAIN}balance`]: 'source' }, 'weights do not hold'],
    [{ [`${DOMAIN}ip_allowlist`]: '10.0.0.0/8' }, 'an order that is not read'],
    [{ 'router.openshift.io/cookie_name': 'a' }, 'an order that is not read'],
  ])('%j', (orders, why) => {
    expect(read(route([1], { orders: orders as Labels })).problems.join()).toContain(why);
  });
});

describe('TLS', () => {
  const gateways = (tls: Json) => read(route([1], { spec: { tls } })).gateways;

  it('ends at the router, and says what becomes of plain HTTP', () => {
    expect(gateways({ termination: 'edge' })).toEqual(['https']);
    expect(gateways({ termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' })).toEqual(['http', 'https']);
    expect(gateways({ termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' })).toEqual([
      'http to https',
      'https',
    ]);
  });

  it.each([
    [{ tls: { termination: 'passthrough' } }, 'not read here'],
    [{ tls: { termination: 'edge', key: 'x' } }, 'not understood'],
    [{ wildcardPolicy: 'Subdomain' }, 'changes where requests go'],
    [{ host: '' }, 'the cluster chooses its host'],
    [{ httpHeaders: {} }, 'not understood'],
  ])('%j has no meaning here', (spec, why) => {
    expect(read(route([1], { spec: spec as More['spec'] & {} })).problems.join()).toContain(why);
  });
});

it('reads a Route by hand', () => {
  const found = recover(
    [
      parse(`
apiVersion: route.openshift.io/v1
kind: Route
metadata:
  name: shop
  namespace: prod
  annotations: { haproxy.router.openshift.io/balance: roundrobin, haproxy.router.openshift.io/timeout: 10s }
spec:
  host: shop.example.com
  to: { kind: Service, name: shop-stable, weight: 90 }
  alternateBackends: [{ kind: Service, name: shop-canary, weight: 10 }]
  port: { targetPort: http }
  wildcardPolicy: None
`),
    ],
    [],
  );
  expect(found.hosts).toEqual(['shop.example.com']);
  expect(found.rules[0]).toMatchObject({ matches: [], timeout: 10_000 });
  expect(found.rules[0]!.split.map(({ share }) => share).sort()).toEqual([1000, 9000]);
  expect(found.problems.join()).toContain('its cookie keeps clients with a pod');
});

it('notes a second Route, and never throws', () => {
  expect(recover([route([1]), route([1])], []).problems.join()).toContain('another Route already');
  for (const spec of [null, 1, 'x', [], {}, { to: 1, alternateBackends: {}, port: [], tls: 'x', path: 2 }])
    expect(() => recover([{ ...route([1]), spec: spec as Json }], [])).not.toThrow();
});

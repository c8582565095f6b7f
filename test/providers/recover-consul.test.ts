import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { recover } from '../../src/providers/consul/recover.ts';

const entry = (kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion: 'consul.hashicorp.com/v1alpha1',
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const service = (name: string, selector?: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod' },
  spec: {
    ...(selector === undefined ? {} : { selector }),
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }],
  },
});
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const defaults = (name: string) =>
  entry('ServiceDefaults', name, { protocol: 'http', localRequestTimeoutMs: 2_147_483_647 });
const version = (name: string): readonly KubeObject[] => [
  service(`shop-${name}`, { app: 'shop', version: name }),
  defaults(`shop-${name}`),
];
const PODS = ['v1', 'v2', 'v3'].map(pods);
const MESH = [
  service('shop'),
  entry('ServiceDefaults', 'shop', { protocol: 'http' }),
  ...['v1', 'v2', 'v3'].flatMap(version),
];
const splitter = (...weights: (number | null)[]) =>
  entry('ServiceSplitter', 'shop', {
    splits: weights.map((weight, i) => ({ service: `shop-v${i + 1}`, ...(weight === null ? {} : { weight }) })),
  });
const router = (...routes: Json[]) => entry('ServiceRouter', 'shop', { routes });
const read = (...objects: KubeObject[]) => recover([...MESH, ...objects], PODS);
/** Shares of the first rule, in basis points. */
const shares = (...objects: KubeObject[]) =>
  read(...objects).rules[0]!.split.map(({ target, share }) => [
    'version' in target ? target.version : target.missing,
    share,
  ]);

describe('the weights of a splitter', () => {
  it.each([
    { weights: [90, 10], out: [9000, 1000] },
    { weights: [99.99, 0.01], out: [9999, 1] },
    { weights: [33.25, 33.25, 33.5], out: [3325, 3325, 3350] },
    { weights: [100, 0], out: [10_000] },
    { weights: [null, 100], out: [0, 10_000] },
  ])('$weights', ({ weights, out }) => {
    expect(shares(splitter(...weights))).toEqual(
      out.map((share, i) => [`v${i + 1}`, share]).filter(([, share]) => share !== 0),
    );
    expect(read(splitter(...weights)).problems).toEqual([]);
  });

  it.each([
    { weights: [50, 10], why: 'do not total 100' },
    { weights: [99.995, 0.005], why: 'neither 0 nor between 0.01 and 100' },
    { weights: [101, -1], why: 'neither 0 nor between 0.01 and 100' },
    { weights: [], why: 'without splits' },
  ])('$weights are refused', ({ weights, why }) => {
    expect(read(splitter(...weights)).problems.join()).toContain(why);
  });

  it('lose what 32 bits do not hold', () => {
    // 0.53 arrives as 52 of 9999.
    expect(shares(splitter(0.53, 99.47))).toEqual([
      ['v1', 52],
      ['v2', 9948],
    ]);
  });

  it('name each service once, and their own where they name none', () => {
    const twice = entry('ServiceSplitter', 'shop', {
      splits: [
        { weight: 50, service: 'shop-v1' },
        { weight: 50, service: 'shop-v1' },
      ],
    });
    expect(read(twice).problems.join()).toContain('named twice');
    expect(shares(entry('ServiceSplitter', 'shop', { splits: [{ weight: 100 }] }))).toEqual([
      ['Service shop has no selector', 10_000],
    ]);
  });
});

describe('the routes of a router', () => {
  const to = (http: Json, name: string, more: { readonly [key: string]: Json } = {}): Json => ({
    match: { http },
    destination: { service: `shop-${name}`, ...more },
  });
  const rules = (...routes: Json[]) => read(splitter(90, 10), router(...routes)).rules;

  it('are tried in order, and what none takes goes to the splitter, for 15 s', () => {
    const found = rules(
      to({ pathPrefix: '/a', methods: ['GET', 'post'] }, 'v3', { requestTimeout: '1m30s' }),
      to({ pathExact: '/b', queryParam: [{ name: 'q', present: true }] }, 'v2', { requestTimeout: '-1s' }),
    );
    expect(found).toEqual([
      {
        matches: ['GET', 'POST'].map(value => ({
          path: { kind: 'prefix', value: '/a' },
          method: { kind: 'exact', value },
          ...{ headers: [], cookies: [], query: [] },
        })),
        split: [{ target: { version: 'v3' }, share: 10_000 }],
        mirror: [],
        timeout: 90_000,
      },
      {
        matches: [
          {
            path: { kind: 'exact', value: '/b' },
            ...{ headers: [], cookies: [], query: [{ name: 'q', text: { kind: 'present' } }] },
          },
        ],
        split: [{ target: { version: 'v2' }, share: 10_000 }],
        mirror: [],
      },
      {
        matches: [],
        split: [
          { target: { version: 'v1' }, share: 9000 },
          { target: { version: 'v2' }, share: 1000 },
        ],
        mirror: [],
        timeout: 15_000,
      },
    ]);
  });

  it('end where one takes everything', () => {
    expect(rules({ destination: { requestTimeout: '0s' } })).toHaveLength(1);
    expect(rules(to({ pathPrefix: '/' }, 'v1'))[0]).toMatchObject({ matches: [], timeout: 15_000 });
  });

  it('take headers, several cookies and ends of texts', () => {
    const cookie = (name: string): Json => ({ name: 'Cookie', regex: `^(?:.*; *)?${name}=1(?:;.*)?$` });
    const header: Json = [cookie('b'), cookie('a'), { name: 'X-User', suffix: '.org' }, { name: 'on', prefix: 'y' }];
    expect(rules(to({ header }, 'v1'))[0]?.matches[0]).toEqual({
      headers: [
        { name: 'on', text: { kind: 'prefix', value: 'y' } },
        { name: 'x-user', text: { kind: 'regex', value: '.*\\.org' } },
      ],
      cookies: [
        { name: 'a', text: { kind: 'exact', value: '1' } },
        { name: 'b', text: { kind: 'exact', value: '1' } },
      ],
      query: [],
    });
  });

  it('retry once where nobody says how often, and never without a reason', () => {
    const retries = (more: { readonly [key: string]: Json }) => rules(to({}, 'v1', more))[0]?.retries;
    expect(retries({})).toBeUndefined();
    expect(retries({ numRetries: 3, retryOn: ['5xx'] })).toEqual({ attempts: 3, retryOn: ['5xx'] });
    expect(retries({ retryOnConnectFailure: true })).toEqual({ attempts: 1, retryOn: ['connect-failure'] });
    expect(retries({ numRetries: 2, retryOn: ['reset'], retryOnConnectFailure: true })).toEqual({
      attempts: 2,
      retryOn: ['reset', 'connect-failure'],
    });
    expect(retries({ numRetries: 3 })).toBeUndefined();
  });

  it.each([
    [to({ pathExact: '/a', pathPrefix: '/a' }, 'v1'), 'takes one of'],
    [to({ pathPrefix: 'a' }, 'v1'), 'no path'],
    [to({ header: [{ name: 'a', exact: '' }] }, 'v1'), 'wants one of'],
    [to({ header: [{ name: 'a', exact: 'x', invert: true }] }, 'v1'), 'changes where requests go'],
    [to({ header: [{ name: ':method', exact: 'GET' }] }, 'v1'), 'no name of a header'],
    [
      to(
        {
          header: [
            { name: 'a', exact: 'x' },
            { name: 'A', prefix: 'y' },
          ],
        },
        'v1',
      ),
      'two conditions',
    ],
    [to({ methods: ['PURGE'] }, 'v1'), 'does not know'],
    [to({ pathRegex: '/a.*' }, 'v1', { prefixRewrite: '/' }), 'no path that a regex took'],
    [to({ pathPrefix: '/a/' }, 'v1', { prefixRewrite: '/b' }), 'do not both end with a slash'],
    [to({}, 'v1', { requestTimeout: '5d' }), 'no duration'],
    [to({}, 'v1', { retryOnStatusCodes: [503] }), 'by status'],
    [to({}, 'v1', { serviceSubset: 'blue' }), 'not understood'],
  ])('%j has no meaning here', (route, why) => {
    expect(read(splitter(90, 10), router(route)).problems.join()).toContain(why);
  });
});

describe('what is missing', () => {
  it('is the splitter: then the service of the rollout is asked, which has no pods', () => {
    expect(shares(router({ destination: {} }))).toEqual([['Service shop has no selector', 10_000]]);
  });

  it('is the router: then the splitter takes everything, and Envoy gives up after 15 s', () => {
    expect(read(splitter(90, 10)).rules).toMatchObject([{ matches: [], timeout: 15_000 }]);
  });

  it.each(['shop', 'shop-v2'])('is the protocol of %s: then Consul takes no entry that names it', name => {
    const objects = [...MESH.filter(o => o.kind === 'Service' || o.metadata.name !== name), splitter(90, 10)];
    expect(recover(objects, PODS).rules[0]!.split).toEqual([
      { target: { missing: `no ServiceDefaults says that ${name} speaks HTTP` }, share: 10_000 },
    ]);
  });

  it('is a Service, or its pods', () => {
    const objects = [...MESH.filter(o => o.kind !== 'Service' || o.metadata.name !== 'shop-v2'), splitter(90, 10)];
    expect(recover(objects, [pods('v3')]).rules[0]!.split.map(({ target }) => target)).toEqual([
      { missing: 'Service shop-v2 is not among these objects' },
      { missing: 'no pods carry app=shop,version=v1' },
    ]);
  });
});

describe('what holds for a version', () => {
  const balancing = (loadBalancer: Json) =>
    read(splitter(100), entry('ServiceResolver', 'shop-v1', { loadBalancer })).policies['v1'];

  it('is round robin, unless its resolver says otherwise', () => {
    expect(read(splitter(100)).policies['v1']).toEqual({ loadBalancing: { kind: 'round-robin' } });
    expect(balancing({ policy: 'least_request' })).toEqual({ loadBalancing: { kind: 'least-request' } });
    const session = { field: 'cookie', fieldValue: 'sid', cookieConfig: { session: true, path: '/' } };
    expect(balancing({ policy: 'ring_hash', hashPolicies: [session] })).toEqual({
      loadBalancing: { kind: 'hash', by: 'cookie', name: 'sid' },
    });
  });

  it.each([
    [entry('ServiceResolver', 'shop-v1', { loadBalancer: { policy: 'maglev' } }), 'no policy'],
    [entry('ServiceResolver', 'shop-v9', {}), 'no Service of its name'],
    [entry('ServiceDefaults', 'shop-v9', { protocol: 'tcp' }), 'no requests can be told apart'],
    [entry('ServiceRouter', 'cart', {}), 'has routes already'],
    [service('shop-v3', {}), 'there is a second one'],
    [{ ...entry('ServiceIntentions', 'shop', {}) }, 'not read here'],
    [
      {
        ...entry('ServiceResolver', 'shop-v1', {}),
        metadata: { name: 'shop-v1', namespace: 'prod', labels: { 'consul.hashicorp.com/service-ignore': 'true' } },
      },
      'an order that is not read',
    ],
  ])('%j is told', (object, why) => {
    expect(read(splitter(100), router(), object as KubeObject).problems.join()).toContain(why);
  });

  it('is the limit of its sidecars too, and that no other Service selects its pods', () => {
    const short = MESH.map(o => (o.kind === 'ServiceDefaults' ? { ...o, spec: { protocol: 'http' } } : o));
    expect(recover([...short, splitter(100)], PODS).problems.join()).toContain('cut requests after 15000 ms');
    const wide = MESH.map(o =>
      o.kind === 'Service' && o.metadata.name === 'shop' ? service('shop', { app: 'shop' }) : o,
    );
    expect(recover([...wide, splitter(100)], PODS).problems.join()).toContain('pods of one Service only');
  });
});

/** A set by hand: versions are subsets of one service. */
const BY_HAND = `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: shop, namespace: prod }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: shop, namespace: prod }
spec:
  defaultSubset: stable
  subsets:
    stable: { filter: Service.Meta.version == v1 }
    canary: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: shop, namespace: prod }
spec:
  splits: [{ weight: 90, serviceSubset: stable }, { weight: 10, serviceSubset: canary }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: shop, namespace: prod }
spec:
  routes:
    - match: { http: { pathPrefix: /, header: [{ name: x-canary, exact: always }] } }
      destination: { serviceSubset: canary, requestTimeout: 10s, numRetries: 2, retryOnConnectFailure: true }
`;

it('reads a set by hand as far as it goes, and says that it does not read subsets', () => {
  const found = recover(
    parseAllDocuments(BY_HAND).map(document => document.toJS()),
    [],
  );
  expect(found.hosts).toEqual(['shop']);
  expect(found.rules.map(({ matches, timeout, retries }) => [matches.length, timeout, retries])).toEqual([
    [1, 10_000, { attempts: 2, retryOn: ['connect-failure'] }],
    [0, 15_000, undefined],
  ]);
  expect(found.problems.filter(problem => problem.includes('ubset'))).toHaveLength(5);
});

it('never throws', () => {
  for (const kind of ['ServiceDefaults', 'ServiceResolver', 'ServiceSplitter', 'ServiceRouter'])
    for (const spec of [null, 1, 'x', [], {}, { routes: [1], splits: 2, loadBalancer: 'x', protocol: [] }])
      expect(() => recover([entry(kind, 'shop', spec as Json)], [])).not.toThrow();
});

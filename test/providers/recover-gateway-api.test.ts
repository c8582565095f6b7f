import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import type { Match } from '../../src/model/traffic.ts';
import { recover } from '../../src/providers/gateway-api/recover.ts';
import { garbled, subsetsOf } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const metadata = (name: string) => ({ name, namespace: 'prod', labels: { app: 'shop' } });
const HTTP: Fields = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' };
const service = (name: string, selector?: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(name),
  spec: { ...(selector === undefined ? {} : { selector }), ports: [HTTP] },
});
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const versionService = (version: string) => service(`shop-${version}`, { app: 'shop', version });

const PODS = [pods('v1'), pods('v2'), pods('v3')];
const SERVICES = [service('shop', { app: 'shop' }), ...['v1', 'v2', 'v3'].map(version => versionService(version))];

const MESH: Json = { group: '', kind: 'Service', name: 'shop' };
const route = (rules: readonly Json[], spec: Fields = {}, kind = 'HTTPRoute'): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: metadata('shop'),
  spec: { parentRefs: [MESH], rules, ...spec },
});
const to = (version: string, weight?: Json): Fields => ({
  name: `shop-${version}`,
  port: 80,
  ...(weight === undefined ? {} : { weight }),
});
const read = (object: KubeObject) => recover([object, ...SERVICES], PODS);
const readRules = (...rules: Fields[]) =>
  read(route(rules.map(rule => ({ backendRefs: [to('v1')], ...rule }) as Json)));
const readRule = (rule: Fields) => {
  const { rules, problems } = readRules(rule);
  return { rule: rules[0]!, problems };
};
const portion = (version: string, share = 10_000) => ({ target: { version }, share });

describe('gateway-api recover: weights', () => {
  it.each<[readonly (number | null)[], readonly number[]]>([
    [
      [90, 10],
      [9000, 1000],
    ],
    [
      [null, null],
      [5000, 5000],
    ],
    [
      [null, 9],
      [1000, 9000],
    ],
    [
      [0, 1],
      [0, 10_000],
    ],
    [
      [1, 1, 1],
      [3334, 3333, 3333],
    ],
    [
      [999_999, 1],
      [10_000, 0],
    ],
    [[null], [10_000]],
    [[1], [10_000]],
  ])('%j give %j', (weights, shares) => {
    const backendRefs = weights.map((weight, i) => to(`v${i + 1}`, weight ?? undefined));
    const { rule, problems } = readRule({ backendRefs });
    expect(rule.split).toEqual(shares.flatMap((share, i) => (share > 0 ? [portion(`v${i + 1}`, share)] : [])));
    expect(problems).toEqual([]);
  });

  it.each<[readonly Json[]]>([[[0, 0]], [[1_000_001, 1]], [[-1, 1]], [[0.5, 0.5]], [['1', 1]], [[0]], [[]]])(
    '%j are not what they seem',
    weights => {
      expect(readRule({ backendRefs: weights.map((weight, i) => to(`v${i + 1}`, weight)) }).problems).not.toEqual([]);
    },
  );

  it('wonder at a lone backend with the weight of a split', () => {
    expect(readRule({ backendRefs: [to('v1', 90)] }).problems).not.toEqual([]);
  });
});

describe('gateway-api recover: backends that are not there', () => {
  it.each<[string, Fields, RegExp]>([
    ['an unknown Service', { name: 'shop-v9', port: 80 }, /shop-v9 is not among/],
    ['an unknown port', { name: 'shop-v1', port: 81 }, /no port 81/],
    ['no port', { name: 'shop-v1' }, /no port/],
    ['another kind', { name: 'shop-v1', port: 80, kind: 'Bucket' }, /no Service/],
    ['another group', { name: 'shop-v1', port: 80, group: 'example.com' }, /no Service/],
    ['another namespace', { name: 'shop-v1', port: 80, namespace: 'other' }, /another namespace/],
    ['no name', { port: 80 }, /without a name/],
  ])('%s loses its share only', (_, backend, reason) => {
    const { rule } = readRule({ backendRefs: [to('v2', 9), { ...backend, weight: 1 }] });
    expect(rule.split).toEqual([
      portion('v2', 9000),
      { target: { missing: expect.stringMatching(reason) }, share: 1000 },
    ]);
  });

  it('nothing answers without backends', () => {
    expect(readRule({ backendRefs: [] }).rule.split).toEqual([
      { target: { missing: expect.any(String) }, share: 10_000 },
    ]);
  });
});

const NONE = { headers: [], cookies: [], query: [] };
const match = (parts: Partial<Match>): Match => ({ ...NONE, ...parts });
const header = (name: string, type: string | undefined, value: string): Fields => ({
  name,
  value,
  ...(type === undefined ? {} : { type }),
});

describe('gateway-api recover: matches', () => {
  it.each<[string, Fields, readonly Match[]]>([
    ['nothing', {}, []],
    ['every path', { path: { type: 'PathPrefix', value: '/' } }, []],
    ['an empty path', { path: {} }, []],
    ['an exact path', { path: { type: 'Exact', value: '/a' } }, [match({ path: { kind: 'exact', value: '/a' } })]],
    [
      'a prefix, by segments, whatever it ends with',
      { path: { value: '/a/' } },
      [match({ path: { kind: 'exact', value: '/a' } }), match({ path: { kind: 'prefix', value: '/a/' } })],
    ],
    ['a method', { method: 'GET' }, [match({ method: { kind: 'exact', value: 'GET' } })]],
    [
      'a header',
      { headers: [header('X-A', undefined, '1')] },
      [match({ headers: [{ name: 'x-a', text: { kind: 'exact', value: '1' } }] })],
    ],
    [
      'a header by regex',
      { headers: [header('x-a', 'RegularExpression', '^(?:a|b)$')] },
      [match({ headers: [{ name: 'x-a', text: { kind: 'regex', value: 'a|b' } }] })],
    ],
    [
      'any text, and a beginning',
      {
        headers: [
          header('x-a', 'RegularExpression', '^(?:.*)$'),
          header('x-b', 'RegularExpression', '^(?:Shop/1\\..*)$'),
        ],
      },
      [
        match({
          headers: [
            { name: 'x-a', text: { kind: 'present' } },
            { name: 'x-b', text: { kind: 'prefix', value: 'Shop/1.' } },
          ],
        }),
      ],
    ],
    [
      'two groups that are no whole',
      { headers: [header('x-a', 'RegularExpression', '^(?:a)|(?:b)$')] },
      [match({ headers: [{ name: 'x-a', text: { kind: 'regex', value: '^(?:a)|(?:b)$' } }] })],
    ],
    [
      'a cookie',
      { headers: [header('Cookie', 'RegularExpression', '^(?:.*; *)?beta=1(?:;.*)?$')] },
      [match({ cookies: [{ name: 'beta', text: { kind: 'exact', value: '1' } }] })],
    ],
    [
      'query parameters, sorted',
      { queryParams: [header('b', undefined, '2'), header('a', 'Exact', '1')] },
      [
        match({
          query: [
            { name: 'a', text: { kind: 'exact', value: '1' } },
            { name: 'b', text: { kind: 'exact', value: '2' } },
          ],
        }),
      ],
    ],
  ])('%s', (_, written, matches) => {
    const { rule, problems } = readRule({ matches: [written] });
    expect({ matches: rule.matches, problems }).toEqual({ matches, problems: [] });
  });

  it.each<[string, Fields]>([
    ['a regex over the path', { path: { type: 'RegularExpression', value: '^(?:/a.*)$' } }],
    ['a path without a slash', { path: { type: 'Exact', value: 'a' } }],
    ['an unknown type', { path: { type: 'Suffix', value: '/a' } }],
    ['a method of its own', { method: 'PURGE' }],
    ['a regex without ends', { headers: [header('x-a', 'RegularExpression', 'a|b')] }],
    ['an empty header', { headers: [header('x-a', 'Exact', '')] }],
    ['one header twice', { headers: [header('x-a', 'Exact', 'a'), header('X-A', 'Exact', 'b')] }],
    ['an unknown field', { scheme: 'https' }],
  ])('%s is a problem', (_, written) => {
    expect(readRule({ matches: [written] }).problems).not.toEqual([]);
  });
});

describe('gateway-api recover: precedence', () => {
  const at = (...parts: Fields[]) => ({ matches: parts });
  const exact = { path: { type: 'Exact', value: '/cart' } };
  const long = { path: { value: '/cart' } };
  const short = { path: { value: '/c' } };
  const method = { method: 'GET' };
  const headers = (count: number) => ({
    headers: Array.from({ length: count }, (_, i) => header(`x-${i}`, 'Exact', '1')),
  });
  const query = (count: number) => ({
    queryParams: Array.from({ length: count }, (_, i) => header(`q${i}`, 'Exact', '1')),
  });

  it.each<[string, Fields, Fields]>([
    ['an exact path before a prefix with more conditions', exact, { ...long, ...method, ...headers(3) }],
    ['a long prefix before a short one with more conditions', long, { ...short, ...method, ...headers(3) }],
    ['a method before headers', { ...long, ...method }, { ...long, ...headers(3) }],
    ['more headers before fewer and query parameters', headers(2), { ...headers(1), ...query(3) }],
    ['more query parameters before fewer', query(2), query(1)],
    ['anything before everything', query(1), {}],
  ])('%s, whatever the list says', (_, first, second) => {
    const rules = (...list: Fields[]) =>
      readRules(...list.map((one, i) => ({ ...at(one), backendRefs: [to(i === 0 ? 'v1' : 'v2')] }))).rules;
    const [one, other] = [rules(first, second), rules(second, first)];
    expect(one.map(({ split }) => split[0]!.target)).toEqual([{ version: 'v1' }, { version: 'v2' }]);
    expect(other.map(({ split }) => split[0]!.target)).toEqual([{ version: 'v2' }, { version: 'v1' }]);
    expect(other.map(({ matches }) => matches)).toEqual(one.map(({ matches }) => matches));
  });

  it('of equals the first one listed', () => {
    const { rules } = readRules(
      { ...at(headers(1)), backendRefs: [to('v2')] },
      { ...at(headers(1)), backendRefs: [to('v1')] },
    );
    expect(rules[0]!.split).toEqual([portion('v2')]);
  });

  it('sorts each match of a rule by itself', () => {
    const { rules } = readRules(
      { ...at({}, exact), backendRefs: [to('v1')] },
      { ...at(long), backendRefs: [to('v2')] },
    );
    expect(rules.map(({ split }) => split[0]!.target)).toEqual([
      { version: 'v1' },
      { version: 'v2' },
      { version: 'v1' },
    ]);
  });

  it('of calls of gRPC the longest service, then the longest method, then headers', () => {
    const call = (service: string, method?: string) => ({
      method: { service, ...(method === undefined ? {} : { method }) },
    });
    const rules = [headers(2), call('a.B'), { ...call('a.B'), ...headers(1) }, call('a.B', 'C')].map((one, i) => ({
      matches: [one],
      backendRefs: [to(i < 2 ? 'v1' : 'v2')],
    }));
    const found = read(route(rules as unknown as Json[], {}, 'GRPCRoute'));
    expect(found.problems).toEqual([]);
    expect(found.rules.map(({ matches: [one] }) => [one?.path, one?.headers.length])).toEqual([
      [{ kind: 'exact', value: '/a.B/C' }, 0],
      [{ kind: 'prefix', value: '/a.B/' }, 1],
      [{ kind: 'prefix', value: '/a.B/' }, 0],
      [undefined, 2],
    ]);
  });
});

describe('gateway-api recover: what a rule does', () => {
  const mirror = (fields: Fields = {}): Json => ({
    type: 'RequestMirror',
    requestMirror: { backendRef: { name: 'shop-v2', port: 80 }, ...fields },
  });

  it.each<[string, Fields, number]>([
    ['nothing is all', {}, 10_000],
    ['a percent', { percent: 5 }, 500],
    ['a fraction', { fraction: { numerator: 5, denominator: 10_000 } }, 5],
    ['a fraction of a hundred', { fraction: { numerator: 5 } }, 500],
  ])('mirror: %s', (_, fields, share) => {
    const { rule, problems } = readRule({ filters: [mirror(fields)] });
    expect({ mirror: rule.mirror, problems }).toEqual({ mirror: [portion('v2', share)], problems: [] });
  });

  it('copies nothing at 0 %, and to a Service that is not there nowhere', () => {
    expect(readRule({ filters: [mirror({ percent: 0 })] }).rule.mirror).toEqual([]);
    const lost = { type: 'RequestMirror', requestMirror: { backendRef: { name: 'gone', port: 80 } } };
    expect(readRule({ filters: [lost] }).rule.mirror[0]!.target).toHaveProperty('missing');
  });

  it.each<[string, Fields]>([
    ['two ways to say how many', { percent: 5, fraction: { numerator: 5 } }],
    ['a part that is too fine', { fraction: { numerator: 1, denominator: 3 } }],
    ['more than all', { fraction: { numerator: 3, denominator: 2 } }],
  ])('mirror: %s is a problem', (_, fields) => {
    expect(readRule({ filters: [mirror(fields)] }).problems).not.toEqual([]);
  });

  it.each<[string, Fields, object]>([
    ['no limit', { timeouts: { request: '0s' } }, {}],
    ['a limit', { timeouts: { request: '1m30s' } }, { timeout: 90_000 }],
    [
      'retries',
      { timeouts: { request: '10s', backendRequest: '500ms' }, retry: { attempts: 2, codes: [502, 503, 504] } },
      { timeout: 10_000, retries: { attempts: 2, perTryTimeout: 500, retryOn: ['gateway-error'] } },
    ],
    [
      'a rewrite',
      {
        matches: [{ path: { value: '/api' } }],
        filters: [
          { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
        ],
      },
      { rewrite: '/' },
    ],
  ])('%s', (_, fields, parts) => {
    const { rule, problems } = readRule(fields);
    expect(problems).toEqual([]);
    const { matches: _m, split: _s, mirror: _c, ...rest } = rule;
    expect(rest).toEqual(parts);
  });

  it.each<[string, Fields]>([
    ['a duration with a point', { timeouts: { request: '0.5s' } }],
    ['a duration with days', { timeouts: { request: '1d' } }],
    ['a try that nothing follows', { timeouts: { backendRequest: '1s' } }],
    ['retries of other codes', { retry: { attempts: 2, codes: [500] } }],
    ['retries without a number', { retry: { codes: [502, 503, 504] } }],
    ['a session', { sessionPersistence: { type: 'Cookie' } }],
    ['another filter', { filters: [{ type: 'CORS' }] }],
    [
      'a rewrite of two matches',
      {
        matches: [{ path: { value: '/a' } }, { path: { value: '/b' } }],
        filters: [
          { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
        ],
      },
    ],
  ])('%s is a problem', (_, fields) => {
    expect(readRule(fields).problems).not.toEqual([]);
  });
});

describe('gateway-api recover: parents', () => {
  const public_ = { name: 'public', namespace: 'gateways' };
  const rules: readonly Json[] = [{ backendRefs: [to('v1')] }];

  it('at a Gateway takes its hosts, and leaves the own name to the Service', () => {
    const { hosts, gateways, beside, problems } = read(
      route(rules, { parentRefs: [public_, { name: 'inner' }], hostnames: ['b.example.com', '*.a.test'] }),
    );
    expect({ hosts, gateways, problems }).toEqual({
      hosts: ['*.a.test', 'b.example.com'],
      gateways: ['gateways/public', 'prod/inner'],
      problems: [],
    });
    expect(beside!.map(({ target }) => target)).toEqual(['v1', 'v2', 'v3'].map(version => ({ version })));
  });

  it('at the Service takes its callers', () => {
    const { hosts, gateways, beside, problems } = read(route(rules));
    expect({ hosts, gateways, beside, problems }).toEqual({
      hosts: ['shop'],
      gateways: [],
      beside: undefined,
      problems: [],
    });
  });

  it.each<[string, Fields]>([
    ['no parents', { parentRefs: [] }],
    ['a Gateway and the Service', { parentRefs: [public_, MESH] }],
    ['one Gateway twice', { parentRefs: [public_, public_] }],
    ['a part of a Gateway', { parentRefs: [{ ...public_, sectionName: 'https' }] }],
    ['another kind', { parentRefs: [{ ...public_, kind: 'ListenerSet' }] }],
    ['a Service elsewhere', { parentRefs: [{ ...(MESH as Fields), namespace: 'other' }] }],
    ['hosts in the mesh', { hostnames: ['shop.example.com'] }],
    ['one host twice', { parentRefs: [public_], hostnames: ['a.test', 'a.test'] }],
    ['no rules', { rules: [] }],
    ['an unknown field', { useDefaultGateways: 'All' }],
  ])('%s is a problem', (_, spec) => {
    expect(read(route(rules, spec)).problems).not.toEqual([]);
  });

  it('two routes are one too many', () => {
    expect(recover([route(rules), route(rules, {}, 'GRPCRoute'), ...SERVICES], PODS).problems).not.toEqual([]);
  });

  it('without a route the Service spreads requests over its pods', () => {
    expect(recover(SERVICES, PODS).rules[0]!.split.map(({ target }) => target)).toEqual(
      ['v1', 'v2', 'v3'].map(version => ({ version })),
    );
  });
});

describe('gateway-api recover: as people write it', () => {
  const refs = [
    { name: 'shop-v1', port: 80, weight: 90 },
    { name: 'shop-v2', port: 80, weight: 10 },
  ];
  const object = route(
    [
      {
        name: 'testers',
        matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ name: 'x-canary', value: 'always' }] }],
        backendRefs: [{ name: 'shop-v2', port: 80 }],
      },
      {
        name: 'split',
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shop-v2', port: 80 }, percent: 5 } }],
        timeouts: { request: '10s' },
        backendRefs: refs,
      },
    ],
    { parentRefs: [{ name: 'public', namespace: 'gateways' }], hostnames: ['shop.example.com'] },
  );

  it('means what it says', () => {
    const { rules, problems } = read(object);
    expect(problems).toEqual([]);
    expect(rules).toEqual([
      {
        matches: [match({ headers: [{ name: 'x-canary', text: { kind: 'exact', value: 'always' } }] })],
        split: [portion('v2')],
        mirror: [],
      },
      { matches: [], split: [portion('v1', 9000), portion('v2', 1000)], mirror: [portion('v2', 500)], timeout: 10_000 },
    ]);
  });
});

describe('gateway-api recover: anything', () => {
  const objects = [
    route([
      {
        name: 'a',
        matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [header('x', 'Exact', '1')] }],
        filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shop-v2', port: 80 }, percent: 5 } }],
        timeouts: { request: '10s' },
        backendRefs: [to('v1', 90), to('v2', 10)],
      },
    ]),
    route([{ matches: [{ method: { service: 'a', method: 'b' } }], backendRefs: [to('v1', 1)] }], {}, 'GRPCRoute'),
    ...SERVICES,
  ];

  it('never throws', () => {
    fc.assert(
      fc.property(garbled(objects), list => void recover(list, PODS)),
      { numRuns: 300 },
    );
    for (const subset of subsetsOf(objects)) expect(() => recover(subset, PODS)).not.toThrow();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods, RecoveredRule } from '../../src/model/recovered.ts';
import type { Match, NamedMatch } from '../../src/model/traffic.ts';
import { strayObject } from '../../src/prove/objects.ts';
import { inert } from '../../src/providers/istio/inert.ts';
import { recover } from '../../src/providers/istio/recover.ts';
import { garbled, isInert, leavesOf, slips, subsetsOf, withLeaf } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const metadata = (name: string) => ({ name, namespace: 'prod', labels: { app: 'shop' }, annotations: { note: 'x' } });

const HTTP: Fields = { name: 'http', port: 9080, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' };

const service = (name: string, selector: Labels, ports: readonly Fields[] = [HTTP]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(name),
  spec: { selector, ports },
});

const destinationRule = (spec: Fields = {}): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: metadata('shop'),
  spec: { host: 'shop', subsets: SUBSETS, ...spec },
});

const SUBSETS: readonly Json[] = [
  { name: 'v1', labels: { version: 'v1' } },
  { name: 'v2', labels: { version: 'v2' } },
];

const virtualService = (http: readonly Json[], spec: Fields = {}): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: metadata('shop'),
  spec: { hosts: ['shop'], http, ...spec },
});

const pods = (version: string, replicas = 2): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

const SERVICE = service('shop', { app: 'shop' });
const RULE = destinationRule();
const PODS = [pods('v1'), pods('v2')];
const NO_RETRIES = { retries: { attempts: 0 } };

const to = (version: string, weight?: Json): Json => ({
  destination: { host: 'shop.prod.svc.cluster.local', subset: version },
  ...(weight === undefined ? {} : { weight }),
});
const route = (fields: Fields): Json => ({ route: [to('v1')], ...NO_RETRIES, ...fields });

const readRoutes = (http: readonly Json[], running = PODS) => recover([virtualService(http), RULE, SERVICE], running);
const readRoute = (fields: Fields): { rule: RecoveredRule | undefined; problems: readonly string[] } => {
  const { rules, problems } = readRoutes([route(fields)]);
  return { rule: rules[0], problems };
};
const portion = (version: string, share = 10_000) => ({ target: { version }, share });

describe('istio recover: weights', () => {
  it.each<{ weights: readonly (number | undefined)[]; shares: readonly number[] }>([
    { weights: [90, 10], shares: [9000, 1000] },
    { weights: [9, 1], shares: [9000, 1000] },
    { weights: [1, 1, 1], shares: [3334, 3333, 3333] },
    { weights: [0, 100], shares: [0, 10_000] },
    { weights: [undefined], shares: [10_000] },
    { weights: [100], shares: [10_000] },
    { weights: [undefined, 10], shares: [0, 10_000] },
    { weights: [50, 10], shares: [8333, 1667] },
    { weights: [999, 1], shares: [9990, 10] },
    { weights: [9999, 1], shares: [9999, 1] },
    { weights: [2_000_000_000, 1], shares: [10_000, 0] },
  ])('$weights give $shares', ({ weights, shares }) => {
    const subsets = weights.map((_, i) => ({ name: `v${i + 1}`, labels: { version: `v${i + 1}` } }));
    const running = weights.map((_, i) => pods(`v${i + 1}`));
    const vs = virtualService([route({ route: weights.map((weight, i) => to(`v${i + 1}`, weight)) })]);
    const { rules, problems } = recover([vs, destinationRule({ subsets }), SERVICE], running);
    const split = shares.flatMap((share, i) => (share > 0 ? portion(`v${i + 1}`, share) : []));
    expect({ split: rules[0]?.split, problems }).toEqual({ split, problems: [] });
  });

  it.each<{ weights: readonly (number | undefined)[]; split: unknown }>([
    { weights: [0], split: [portion('v1')] },
    { weights: [50], split: [portion('v1')] },
    { weights: [0, 0], split: [] },
    { weights: [undefined, undefined], split: [] },
    { weights: [-1, 101], split: [portion('v2')] },
    { weights: [0.5, 99.5], split: [] },
    { weights: [2_147_483_647, 1], split: [portion('v1')] },
    { weights: [], split: [] },
  ])('$weights are not what they seem', ({ weights, split }) => {
    const { rule, problems } = readRoute({ route: weights.map((weight, i) => to(`v${i + 1}`, weight)) });
    expect(rule?.split).toEqual(split);
    expect(problems).not.toEqual([]);
  });

  it('sends no request to a destination of weight 0', () => {
    const { rules, problems } = readRoutes([route({ route: [to('v1', 100), to('gone', 0)] })]);
    expect(rules[0]?.split).toEqual([portion('v1')]);
    expect(problems).toEqual([]);
  });

  it('splits a destination without a subset by pods, within its weight', () => {
    const split = [{ destination: { host: 'shop' }, weight: 50 }, to('v2', 50)];
    const { rules } = readRoutes([route({ route: split })], [pods('v1', 3), pods('v2', 1)]);
    expect(rules[0]?.split).toEqual([portion('v1', 3750), portion('v2', 6250)]);
  });
});

describe('istio recover: matches', () => {
  const NONE = { headers: [], cookies: [], query: [] };
  const match = (parts: Partial<Match>) => ({ ...NONE, ...parts });

  it.each<[string, Fields, Partial<Match>]>([
    ['exact path', { uri: { exact: '/a' } }, { path: { kind: 'exact', value: '/a' } }],
    ['path prefix', { uri: { prefix: '/a' } }, { path: { kind: 'prefix', value: '/a' } }],
    ['path regex', { uri: { regex: '/a.*' } }, { path: { kind: 'regex', value: '/a.*' } }],
    ['method', { method: { exact: 'GET' } }, { method: { kind: 'exact', value: 'GET' } }],
    ['query', { queryParams: { q: { exact: '1' } } }, { query: [{ name: 'q', text: { kind: 'exact', value: '1' } }] }],
    ['query present', { queryParams: { q: {} } }, { query: [{ name: 'q', text: { kind: 'present' } }] }],
    ['header present', { headers: { 'x-a': {} } }, { headers: [{ name: 'x-a', text: { kind: 'present' } }] }],
    ['nothing', {}, {}],
    [
      'sorted headers',
      { headers: { 'x-b10': { exact: '' }, 'x-b2': { prefix: 'p' }, 'x-a': { regex: 'r' } } },
      {
        headers: [
          { name: 'x-a', text: { kind: 'regex', value: 'r' } },
          { name: 'x-b2', text: { kind: 'prefix', value: 'p' } },
          { name: 'x-b10', text: { kind: 'exact', value: '' } },
        ],
      },
    ],
  ])('%s', (_, written, read) => {
    const { rule, problems } = readRoute({ match: [written] });
    expect({ matches: rule?.matches, problems }).toEqual({ matches: [match(read)], problems: [] });
  });

  const cookie = (regex: string) => readRoute({ match: [{ headers: { cookie: { regex } } }] }).rule?.matches[0];

  it.each<[string, NamedMatch]>([
    ['^(?:.*; *)?beta=1(?:;.*)?$', { name: 'beta', text: { kind: 'exact', value: '1' } }],
    ['^(?:.*; *)?beta=(?:;.*)?$', { name: 'beta', text: { kind: 'exact', value: '' } }],
    ['^(?:.*; *)?be\\.ta=a\\+b\\\\c=d(?:;.*)?$', { name: 'be.ta', text: { kind: 'exact', value: 'a+b\\c=d' } }],
    ['^(?:.*; *)?beta=v1\\.[^;]*(?:;.*)?$', { name: 'beta', text: { kind: 'prefix', value: 'v1.' } }],
    ['^(?:.*; *)?beta=(?:[0-9]+|x)(?:;.*)?$', { name: 'beta', text: { kind: 'regex', value: '[0-9]+|x' } }],
    [
      '^(?:.*; *)?beta=(?:[)]|[^](]|\\Q)(\\E|\\))(?:;.*)?$',
      { name: 'beta', text: { kind: 'regex', value: '[)]|[^](]|\\Q)(\\E|\\)' } },
    ],
    ['^(?:.*; *)?beta=[^;]*(?:;.*)?$', { name: 'beta', text: { kind: 'present' } }],
  ])('the cookie regex %s is a cookie', (regex, named) => {
    expect(cookie(regex)).toEqual(match({ cookies: [named] }));
  });

  it.each([
    '^(.*; ?)?canary=always(;.*)?$',
    '^(?:.*; *)?beta=a.b(?:;.*)?$',
    '^(?:.*; *)?beta=a\\d(?:;.*)?$',
    '^(?:.*; *)?beta=(?:a)|(?:b)(?:;.*)?$',
    '^(?:.*; *)?beta=a; c=d(?:;.*)?$',
    '^(?:.*; *)?=a(?:;.*)?$',
    '^(?:.*; *)?beta(?:;.*)?$',
    '^(?:.*; *)?$',
    'beta=1',
  ])('the cookie regex %s stays a regex over a header', regex => {
    expect(cookie(regex)).toEqual(match({ headers: [{ name: 'cookie', text: { kind: 'regex', value: regex } }] }));
  });

  it.each<[string, Fields]>([
    ['port', { port: 9080 }],
    ['withoutHeaders', { withoutHeaders: { a: {} } }],
    ['ignoreUriCase', { uri: { prefix: '/' }, ignoreUriCase: true }],
    ['sourceLabels', { sourceLabels: { app: 'x' } }],
    ['gateways', { gateways: ['mesh'] }],
    ['an upper-case header', { headers: { 'X-A': { exact: '1' } } }],
    ['a header that Istio drops', { headers: { uri: { exact: '/' } } }],
    ['a token claim', { headers: { '@request.auth.claims.sub': { exact: 'x' } } }],
    ['null for presence', { headers: { 'x-a': null } }],
    ['two kinds at once', { headers: { 'x-a': { exact: '1', prefix: '1' } } }],
    ['an unknown kind', { headers: { 'x-a': { suffix: '1' } } }],
    ['an empty prefix', { headers: { 'x-a': { prefix: '' } } }],
    ['the star that is no regex', { headers: { 'x-a': { regex: '*' } } }],
    ['a number', { headers: { 'x-a': { exact: 1 } } }],
    ['an empty uri', { uri: {} }],
  ])('does not pretend to understand %s', (_, written) => {
    expect(readRoute({ match: [written] }).problems).not.toEqual([]);
  });

  it('keeps the order of routes and of alternatives', () => {
    const uri = (exact: string) => ({ uri: { exact } });
    const { rules } = readRoutes([route({ match: [uri('/z'), uri('/a')] }), route({}), route({ match: [uri('/m')] })]);
    expect(rules.map(rule => rule.matches.map(m => m.path))).toEqual([
      [
        { kind: 'exact', value: '/z' },
        { kind: 'exact', value: '/a' },
      ],
      [],
      [{ kind: 'exact', value: '/m' }],
    ]);
  });
});

describe('istio recover: what a route does besides', () => {
  const percent = (value: Json) => ({ value });
  const v2 = { host: 'shop', subset: 'v2' };

  it.each<[string, Fields, Partial<RecoveredRule>]>([
    ['one mirror', { mirror: v2 }, { mirror: [portion('v2')] }],
    ['part of a mirror', { mirror: v2, mirrorPercentage: percent(0.25) }, { mirror: [portion('v2', 25)] }],
    ['a mirror of nothing', { mirror: v2, mirrorPercentage: percent(0) }, { mirror: [] }],
    ['a list of mirrors', { mirrors: [{ destination: v2 }] }, { mirror: [portion('v2')] }],
    [
      'mirrors that total more than everything',
      {
        mirrors: [
          { destination: v2, percentage: percent(33.33) },
          { destination: { host: 'shop', subset: 'v1' }, percentage: percent(100) },
        ],
      },
      { mirror: [portion('v1'), portion('v2', 3333)] },
    ],
    [
      'a delay',
      { fault: { delay: { percentage: percent(10), fixedDelay: '1.5s' } } },
      { fault: { delay: { duration: 1500, share: 1000 } } },
    ],
    [
      'an abort',
      { fault: { abort: { percentage: percent(0.5), httpStatus: 503 } } },
      { fault: { abort: { status: 503, share: 50 } } },
    ],
    [
      'retries',
      { retries: { attempts: 2, perTryTimeout: '3s', retryOn: 'gateway-error,503' } },
      { retries: { attempts: 2, perTryTimeout: 3000, retryOn: ['gateway-error', '503'] } },
    ],
    ['no retries', {}, {}],
    [
      'a rewritten path',
      { match: [{ uri: { prefix: '/api/' } }, { uri: { exact: '/api' } }], rewrite: { uri: '/' } },
      { rewrite: '/' },
    ],
    ['a timeout', { timeout: '1m' }, { timeout: 60_000 }],
  ])('%s', (_, written, read) => {
    const { rule, problems } = readRoute(written);
    const { matches: _matches, ...rest } = rule!;
    expect({ ...rest, problems }).toEqual({ split: [portion('v1')], mirror: [], ...read, problems: [] });
  });

  it.each([
    ['1h', 3_600_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1.001s', 1001],
    ['0.5s', 500],
  ])('reads the duration %s', (timeout, milliseconds) => {
    expect(readRoute({ timeout })).toMatchObject({ rule: { timeout: milliseconds }, problems: [] });
  });

  it.each(['0s', '1d', '10', 's', '', '0.1ms', '-1s', ' 1s'])('refuses the duration "%s"', timeout => {
    const { rule, problems } = readRoute({ timeout });
    expect(rule).not.toHaveProperty('timeout');
    expect(problems).toHaveLength(1);
  });

  it('knows that Istio retries where nobody says so', () => {
    const { rules, problems } = readRoutes([{ route: [to('v1')] }]);
    expect(rules[0]?.retries?.attempts).toBe(2);
    expect(problems).toEqual([expect.stringContaining('Istio would retry twice by its own default')]);
  });

  it.each<[string, Fields]>([
    ['a fault without a percentage', { fault: { delay: { fixedDelay: '1s' } } }],
    ['a fault without a delay', { fault: { delay: { percentage: percent(1) } } }],
    ['a fault that is none', { fault: {} }],
    ['a gRPC fault', { fault: { abort: { percentage: percent(1), grpcStatus: 'UNAVAILABLE' } } }],
    ['a status out of range', { fault: { abort: { percentage: percent(1), httpStatus: 700 } } }],
    ['a percentage out of range', { fault: { abort: { percentage: percent(101), httpStatus: 503 } } }],
    ['a percentage too fine', { mirror: v2, mirrorPercentage: percent(0.001) }],
    ['both forms of mirror', { mirror: v2, mirrors: [{ destination: v2 }] }],
    ['the old mirror percent', { mirror: v2, mirrorPercent: 10 }],
    ['a percentage without mirror', { mirrorPercentage: percent(10) }],
    ['two copies for one version', { mirrors: [{ destination: v2 }, { destination: v2 }] }],
    ['retries with no attempts and more', { retries: { attempts: 0, retryOn: '5xx' } }],
    ['retries without attempts', { retries: { retryOn: '5xx' } }],
    ['a space in retryOn', { retries: { attempts: 1, retryOn: '5xx, reset' } }],
    ['no retryOn', { retries: { attempts: 1 } }],
    ['more about retries', { retries: { attempts: 1, retryOn: '5xx', backoff: '1s' } }],
    ['a rewritten host', { rewrite: { authority: 'x' } }],
    ['a doubled slash', { match: [{ uri: { prefix: '/api' } }], rewrite: { uri: '/' } }],
    ['a lost slash', { match: [{ uri: { prefix: '/api/' } }], rewrite: { uri: '/v1' } }],
    ['a rewritten regex', { match: [{ uri: { regex: '/api/.*' } }], rewrite: { uri: '/' } }],
    ['headers', { headers: { request: { set: { a: 'b' } } } }],
    ['a redirect', { redirect: { uri: '/' } }],
    ['no destination', { route: [] }],
    ['headers of a destination', { route: [{ destination: v2, headers: {} }] }],
  ])('does not pretend to understand %s', (_, written) => {
    expect(readRoute(written).problems).not.toEqual([]);
  });
});

describe('istio recover: where requests go', () => {
  const one = (destination: Json, objects = [RULE, SERVICE], running = PODS) =>
    recover([virtualService([route({ route: [{ destination }] })]), ...objects], running);
  const missing = (destination: Json, objects?: KubeObject[], running?: Pods[]) =>
    one(destination, objects, running).rules[0]?.split.map(({ target }) =>
      'missing' in target ? target.missing : 'found',
    );

  it.each<[Json]>([
    [{ host: 'shop', subset: 'v2' }],
    [{ host: 'shop.prod.svc.cluster.local', subset: 'v2' }],
    [{ host: 'shop', subset: 'v2', port: { number: 9080 } }],
  ])('%o is v2', destination => {
    const { rules, problems } = one(destination);
    expect({ split: rules[0]?.split, problems }).toEqual({ split: [portion('v2')], problems: [] });
  });

  it('knows what is missing', () => {
    expect(missing({ host: 'shop', subset: 'v3' })).toEqual(['no subset v3 of Service shop is among these objects']);
    expect(missing({ host: 'shop', subset: 'v1' }, [SERVICE])).toEqual([
      'no DestinationRule of Service shop is among these objects',
    ]);
    expect(missing({ host: 'shop', subset: 'v1' }, [RULE])).toEqual(['Service shop is not among these objects']);
    expect(missing({ host: 'shop', subset: 'v1' }, [RULE, SERVICE], [pods('v2')])).toEqual([
      'no pods carry app=shop,version=v1',
    ]);
    expect(missing({ host: 'shop', subset: 'v1' }, [RULE, SERVICE], [pods('v1', 0)])).toEqual([
      '0 pods carry app=shop,version=v1',
    ]);
    expect(missing({ host: 'shop.prod', subset: 'v1' })).toEqual(['host shop.prod is no Service of this cluster']);
    expect(missing({ host: 'shop.test.svc.cluster.local' })).toEqual(['Service shop is not among these objects']);
    expect(missing({ host: 'shop', port: { number: 80 } })).toEqual(['Service shop has no port 80']);
    expect(missing({ subset: 'v1' })).toEqual(['no host is named']);
  });

  it('takes labels of the subset and of the selector', () => {
    const blue = service('shop', { app: 'shop', version: 'v1' });
    expect(missing({ host: 'shop', subset: 'v2' }, [RULE, blue])).toEqual(['no pods carry app=shop,version=v2']);
    expect(one({ host: 'shop' }, [RULE, blue]).rules[0]?.split).toEqual([portion('v1')]);
  });

  it('follows a host of its own to the Service of one version', () => {
    const own = service('shop-v2', { app: 'shop', version: 'v2' });
    const { rules, addresses, problems } = one({ host: 'shop-v2' }, [SERVICE, own]);
    expect(rules[0]?.split).toEqual([portion('v2')]);
    expect(addresses).toEqual([{ promised: 'v2', target: { version: 'v2' } }]);
    expect(problems).toEqual([]);
  });

  const legacy: Pods = {
    version: 'old',
    replicas: 0,
    labels: { 'surefoot.dev/service': 'legacy' },
    keeper: '/Service/prod/legacy',
  };

  it('follows a Service of somebody else to the version that names it', () => {
    const { rules, problems } = one({ host: 'legacy' }, [SERVICE], [...PODS, legacy]);
    expect({ split: rules[0]?.split, problems }).toEqual({ split: [portion('old')], problems: [] });
    expect(missing({ host: 'legacy' }, [SERVICE])).toEqual(['Service legacy is not among these objects']);
    expect(missing({ host: 'legacy', subset: 'v1' }, [SERVICE], [...PODS, legacy])).not.toEqual(['found']);
    expect(missing({ host: 'legacy.test.svc.cluster.local' }, [SERVICE], [...PODS, legacy])).not.toEqual(['found']);
  });

  it('gives a Service of somebody else its policy', () => {
    const rule = destinationRule({
      host: 'legacy',
      subsets: [],
      trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
    });
    const { policies } = one({ host: 'legacy' }, [SERVICE, rule], [...PODS, legacy]);
    expect(policies).toEqual({ old: { loadBalancing: { kind: 'random' } } });
  });

  it('refuses a port that takes the requests of others', () => {
    const two = service('shop', { app: 'shop' }, [HTTP, { ...HTTP, name: 'admin', port: 9090 }]);
    expect(one({ host: 'shop', subset: 'v1', port: { number: 9080 } }, [RULE, two]).problems).toHaveLength(1);
    expect(one({ host: 'shop', subset: 'v1' }, [RULE, two]).problems).toEqual([]);
  });
});

describe('istio recover: policies', () => {
  const LB = { loadBalancer: { simple: 'LEAST_REQUEST' } };
  const read = (spec: Fields) => recover([virtualService([route({})]), destinationRule(spec), SERVICE], PODS);

  it('gives every subset what the rule says, and each part of its own instead', () => {
    const own = { loadBalancer: { simple: 'ROUND_ROBIN' } };
    const outlier = {
      outlierDetection: { consecutive5xxErrors: 3, interval: '5s', baseEjectionTime: '1m', maxEjectionPercent: 20 },
    };
    const subsets = [
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' }, trafficPolicy: own },
    ];
    const outlierDetection = { consecutiveErrors: 3, interval: 5000, baseEjectionTime: 60_000, maxEjectionPercent: 20 };
    const { policies, problems } = read({ trafficPolicy: { ...LB, ...outlier }, subsets });
    expect(problems).toEqual([]);
    expect(policies).toEqual({
      v1: { loadBalancing: { kind: 'least-request' }, outlierDetection },
      v2: { loadBalancing: { kind: 'round-robin' }, outlierDetection },
    });
  });

  it.each<[string, Fields, unknown]>([
    ['random', { loadBalancer: { simple: 'RANDOM' } }, { loadBalancing: { kind: 'random' } }],
    [
      'a hash of a header',
      { loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } },
      { loadBalancing: { kind: 'hash', by: 'header', name: 'x-user' } },
    ],
    [
      'a hash of a cookie',
      { loadBalancer: { consistentHash: { httpCookie: { name: 'sid', ttl: '0s', path: '/' } } } },
      { loadBalancing: { kind: 'hash', by: 'cookie', name: 'sid' } },
    ],
    [
      'defaults of outlier detection',
      { outlierDetection: {} },
      {
        outlierDetection: { consecutiveErrors: 5, interval: 10_000, baseEjectionTime: 30_000, maxEjectionPercent: 10 },
      },
    ],
    [
      'limits',
      { connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 2, http2MaxRequests: 3 } } },
      { circuitBreaker: { maxConnections: 1, maxPendingRequests: 2, maxRequests: 3 } },
    ],
  ])('reads %s', (_, trafficPolicy, policy) => {
    const { policies, problems } = read({ trafficPolicy });
    expect({ policies, problems }).toEqual({ policies: { v1: policy, v2: policy }, problems: [] });
  });

  it('without subsets it holds for the version that the Service selects', () => {
    const objects = [
      virtualService([]),
      destinationRule({ trafficPolicy: LB, subsets: [] }),
      service('shop', { app: 'shop', version: 'v1' }),
    ];
    expect(recover(objects, PODS).policies).toEqual({ v1: { loadBalancing: { kind: 'least-request' } } });
  });

  const cookie = (fields: Fields) => ({ loadBalancer: { consistentHash: { httpCookie: fields } } });

  it.each<[string, Fields]>([
    ['a cookie that outlives the session', cookie({ name: 'sid', ttl: '3600s' })],
    ['a cookie that Envoy does not set', cookie({ name: 'sid' })],
    ['a cookie of one path', cookie({ name: 'sid', ttl: '0s', path: '/a' })],
    [
      'two ways of hashing',
      { loadBalancer: { consistentHash: { httpHeaderName: 'a', httpCookie: { name: 'b', ttl: '0s' } } } },
    ],
    ['a hash of addresses', { loadBalancer: { consistentHash: { useSourceIp: true } } }],
    ['a hash and a simple way', { loadBalancer: { simple: 'RANDOM', consistentHash: { httpHeaderName: 'a' } } }],
    ['passing through', { loadBalancer: { simple: 'PASSTHROUGH' } }],
    ['a limit of 0', { connectionPool: { tcp: { maxConnections: 0 } } }],
    ['no limit', { connectionPool: {} }],
    ['a time to connect', { connectionPool: { tcp: { maxConnections: 1, connectTimeout: '3s' } } }],
    ['0 percent', { outlierDetection: { maxEjectionPercent: 0 } }],
    ['the old errors', { outlierDetection: { consecutiveErrors: 3 } }],
    ['TLS', { tls: { mode: 'ISTIO_MUTUAL' } }],
    ['nothing', {}],
  ])('does not pretend to understand %s', (_, trafficPolicy) => {
    expect(read({ trafficPolicy }).problems).not.toEqual([]);
  });

  it.each<[string, Fields]>([
    ['two subsets of one name', { subsets: [...SUBSETS, { name: 'v1', labels: { version: 'v2' } }] }],
    ['a subset of everything', { subsets: [{ name: 'v1' }] }],
    [
      'a misleading name',
      {
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v3', labels: { version: 'v2' } },
        ],
      },
    ],
    ['a policy for some namespaces', { exportTo: ['.'] }],
    ['a host of the internet', { host: 'example.com' }],
    ['a host of another namespace', { host: 'shop.test.svc.cluster.local' }],
    [
      'two policies for one version',
      {
        trafficPolicy: LB,
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          {
            name: 'other',
            labels: { app: 'shop', version: 'v1' },
            trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
          },
        ],
      },
    ],
  ])('does not pretend to understand %s', (_, spec) => {
    expect(read(spec).problems).not.toEqual([]);
  });
});

/** The facts of a shop in production: testers, rehearsed failure, a canary with shadow traffic. */
const SHOP = {
  faults: {
    name: 'api-faults',
    match: [{ uri: { prefix: '/api/' }, headers: { 'x-chaos': { exact: 'on' } } }],
    fault: {
      delay: { percentage: { value: 10 }, fixedDelay: '2s' },
      abort: { percentage: { value: 0.5 }, httpStatus: 503 },
    },
    route: [{ destination: { host: 'shop.prod.svc.cluster.local', subset: 'stable' } }],
  },
  testers: {
    name: 'testers',
    match: [
      { headers: { 'x-canary': { exact: 'always' } } },
      { headers: { cookie: { regex: '^(.*; ?)?canary=always(;.*)?$' } } },
    ],
    route: [{ destination: { host: 'shop.prod.svc.cluster.local', subset: 'canary' } }],
  },
  split: {
    name: 'split',
    timeout: '10s',
    retries: { attempts: 2, perTryTimeout: '3s', retryOn: 'gateway-error,connect-failure,refused-stream' },
    mirrors: [{ destination: { host: 'shop.prod.svc.cluster.local', subset: 'canary' }, percentage: { value: 5 } }],
    route: [
      { destination: { host: 'shop.prod.svc.cluster.local', subset: 'stable' }, weight: 90 },
      { destination: { host: 'shop.prod.svc.cluster.local', subset: 'canary' }, weight: 10 },
    ],
  },
  policy: {
    loadBalancer: { simple: 'LEAST_REQUEST' },
    connectionPool: {
      tcp: { maxConnections: 100 },
      http: { http1MaxPendingRequests: 64, http2MaxRequests: 256 },
    },
    outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
  },
  subsets: [
    { name: 'stable', labels: { version: 'v1' } },
    { name: 'canary', labels: { version: 'v2' } },
  ],
};

const shop = (): readonly [KubeObject, KubeObject, KubeObject] => [
  virtualService([{ ...SHOP.testers, ...NO_RETRIES }, { ...SHOP.faults, ...NO_RETRIES }, SHOP.split], {
    hosts: ['shop.prod.svc.cluster.local', 'shop.example.com'],
    gateways: ['web/public', 'mesh'],
  }),
  destinationRule({ host: 'shop.prod.svc.cluster.local', trafficPolicy: SHOP.policy, subsets: SHOP.subsets }),
  SERVICE,
];

describe('istio recover: whole objects', () => {
  const policy = {
    loadBalancing: { kind: 'least-request' },
    outlierDetection: { consecutiveErrors: 5, interval: 10_000, baseEjectionTime: 30_000, maxEjectionPercent: 50 },
    circuitBreaker: { maxConnections: 100, maxPendingRequests: 64, maxRequests: 256 },
  };
  const header = (name: string, kind: string, value: string) => ({
    headers: [{ name, text: { kind, value } }],
    cookies: [],
    query: [],
  });

  it('reads a canary with testers, faults and a shadow', () => {
    expect(recover(shop(), PODS)).toEqual({
      hosts: ['shop', 'shop.example.com'],
      gateways: ['mesh', 'web/public'],
      ports: [{ name: 'http', port: 9080, targetPort: 8080, protocol: 'http' }],
      rules: [
        {
          matches: [header('x-canary', 'exact', 'always'), header('cookie', 'regex', '^(.*; ?)?canary=always(;.*)?$')],
          split: [portion('v2')],
          mirror: [],
        },
        {
          matches: [{ ...header('x-chaos', 'exact', 'on'), path: { kind: 'prefix', value: '/api/' } }],
          split: [portion('v1')],
          mirror: [],
          fault: { delay: { duration: 2000, share: 1000 }, abort: { status: 503, share: 50 } },
        },
        {
          matches: [],
          split: [portion('v1', 9000), portion('v2', 1000)],
          mirror: [portion('v2', 500)],
          timeout: 10_000,
          retries: {
            attempts: 2,
            perTryTimeout: 3000,
            retryOn: ['gateway-error', 'connect-failure', 'refused-stream'],
          },
        },
      ],
      addresses: [],
      policies: { v1: policy, v2: policy },
      problems: [],
    });
  });

  it('reads objects of v1beta1 alike, in any order', () => {
    const older = shop().map(o => (o.kind === 'Service' ? o : { ...o, apiVersion: 'networking.istio.io/v1beta1' }));
    expect(recover(older.toReversed(), PODS)).toEqual(recover(shop(), PODS));
  });

  it('takes the mesh alone for the usual entrance', () => {
    const gateways = (list: Json) =>
      recover([virtualService([route({})], { gateways: list }), RULE, SERVICE], PODS).gateways;
    expect(gateways(['mesh'])).toEqual([]);
    expect(gateways([])).toEqual([]);
    expect(gateways(['web/b', 'web/a'])).toEqual(['web/a', 'web/b']);
  });

  it.each(subsetsOf(['VirtualService', 'DestinationRule', 'Service']))('reads %s %s %s alone', (...kinds) => {
    const objects = shop().filter(({ kind }) => kinds.includes(kind));
    const { hosts, ports, rules, policies, problems } = recover(objects, PODS);
    const has = (kind: string) => kinds.includes(kind);
    const ends = rules
      .flatMap(rule => [...rule.split, ...rule.mirror])
      .map(({ target }) => ('version' in target ? target.version : target.missing));
    expect(problems).toEqual([]);
    expect(ports).toHaveLength(has('Service') ? 1 : 0);
    expect(Object.keys(policies)).toEqual(has('DestinationRule') && has('Service') ? ['v1', 'v2'] : []);
    if (!has('VirtualService')) {
      expect(hosts).toEqual(has('Service') ? ['shop'] : []);
      expect(ends).toEqual(has('Service') ? ['v1', 'v2'] : []);
    } else if (!has('Service')) expect(new Set(ends)).toEqual(new Set(['Service shop is not among these objects']));
    else if (!has('DestinationRule'))
      expect(ends).toContain('no DestinationRule of Service shop is among these objects');
    else expect(ends).toEqual(['v2', 'v1', 'v1', 'v2', 'v2']);
  });

  it('without a VirtualService every pod gets requests, and Istio retries', () => {
    expect(recover([SERVICE], [pods('v1', 3), pods('v2', 1)]).rules).toEqual([
      {
        matches: [],
        split: [portion('v1', 7500), portion('v2', 2500)],
        mirror: [],
        retries: expect.objectContaining({ attempts: 2 }),
      },
    ]);
  });

  it.each<[string, KubeObject]>([
    ['a second VirtualService', { ...virtualService([route({})]), metadata: metadata('other') }],
    ['a second DestinationRule of a host', { ...RULE, metadata: metadata('other') }],
    ['a second Service', SERVICE],
    ['a Service with another purpose', service('payments', { app: 'payments' })],
    ['another kind of Istio', { ...RULE, kind: 'ServiceEntry' }],
    ['another version of Istio', { ...service('shop-v3', { app: 'shop' }), apiVersion: 'v2' }],
    ['another router', { ...RULE, apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }],
    [
      'an order in a label',
      {
        ...service('shop-v1', { app: 'shop', version: 'v1' }),
        metadata: { name: 'shop-v1', namespace: 'prod', labels: { 'istio.io/use-waypoint': 'x' } },
      },
    ],
  ])('does not pretend to understand %s', (_, object) => {
    const before = recover([virtualService([route({})]), RULE, SERVICE], PODS).problems;
    expect(before).toEqual([]);
    expect(recover([virtualService([route({})]), RULE, SERVICE, object], PODS).problems).not.toEqual([]);
  });

  it('knows that http routes do not hold for a port that speaks tcp', () => {
    const database = service('shop', { app: 'shop' }, [{ ...HTTP, name: 'db', appProtocol: 'tcp' }]);
    expect(recover([virtualService([route({})]), RULE, database], PODS).problems).toHaveLength(1);
  });

  it.each<[string, Fields]>([
    ['one host twice', { hosts: ['shop', 'shop.prod.svc.cluster.local'] }],
    ['no hosts', { hosts: [] }],
    ['no routes', { http: [] }],
    ['TCP routes', { tcp: [] }],
    ['routes for some namespaces', { exportTo: ['.'] }],
  ])('does not pretend to understand %s', (_, spec) => {
    expect(recover([virtualService([route({})], spec), RULE, SERVICE], PODS).problems).not.toEqual([]);
  });

  it('notices every leaf but the inert', () => {
    const own = service('shop-v2', { app: 'shop', version: 'v2' });
    const hashed = (lb: Json): readonly KubeObject[] => [
      virtualService([route({})]),
      destinationRule({ trafficPolicy: { loadBalancer: lb }, subsets: SUBSETS }),
      SERVICE,
    ];
    const rewritten = route({
      match: [{ uri: { prefix: '/api/' }, method: { exact: 'GET' }, queryParams: { q: { regex: 'a+' } } }],
      rewrite: { uri: '/' },
    });
    const mirrored = route({ mirror: { host: 'shop-v2', port: { number: 9080 } }, mirrorPercentage: { value: 1 } });
    for (const objects of [
      [...shop(), own],
      [virtualService([rewritten, mirrored, route({ route: [to('v1', 100)] })]), RULE, SERVICE, own],
      hashed({ consistentHash: { httpHeaderName: 'x-user' } }),
      hashed({ consistentHash: { httpCookie: { name: 'sid', ttl: '0s', path: '/' } } }),
    ]) {
      // Where an object stands is proved apart from what it says.
      const seen = (all: readonly KubeObject[]) =>
        JSON.stringify([recover(all, PODS), strayObject({ namespace: 'prod' }, all)]);
      const sound = seen(objects);
      expect(recover(objects, PODS).problems).toEqual([]);
      for (const leaf of leavesOf(objects)) {
        const unnoticed = slips(leaf.value).filter(by => seen(withLeaf(objects, leaf, by)) === sound);
        const { kind } = objects[leaf.index]!;
        if (isInert(inert, kind, leaf.path)) continue;
        expect(unnoticed, `${kind} ${leaf.path.join('.')}`).toEqual([]);
      }
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(garbled([...shop(), service('shop-v2', { app: 'shop', version: 'v2' })]), objects => {
        for (const { split } of recover(objects, PODS).rules) {
          const total = split.reduce((sum, { share }) => sum + share, 0);
          expect([0, 10_000]).toContain(total);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

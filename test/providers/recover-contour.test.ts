import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import type { Match } from '../../src/model/traffic.ts';
import { recover } from '../../src/providers/contour/recover.ts';

type Fields = { readonly [field: string]: Json };

const service = (name: string, selector: Labels, annotations: Labels = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod', annotations },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }] },
});
const proxy = (routes: readonly Json[], spec: Fields = {}, name = 'shop'): KubeObject => ({
  apiVersion: 'projectcontour.io/v1',
  kind: 'HTTPProxy',
  metadata: { name, namespace: 'prod' },
  spec: { virtualhost: { fqdn: 'shop.example.com' }, routes, ...spec },
});
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

const PODS = [pods('v1'), pods('v2'), pods('v3')];
const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  ...['v1', 'v2', 'v3'].map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const INFINITE: Fields = { timeoutPolicy: { response: 'infinity' } };
const to = (version: string, fields: Fields = {}): Json => ({ name: `shop-${version}`, port: 80, ...fields });
const route = (fields: Fields = {}): Json => ({
  conditions: [{ prefix: '/' }],
  services: [to('v1')],
  ...INFINITE,
  ...fields,
});
const read = (...routes: Json[]) => recover([proxy(routes), ...SERVICES], PODS);
const readRoute = (fields: Fields) => {
  const { rules, problems } = read(route(fields));
  return { rule: rules[0], problems };
};
const portion = (version: string, share = 10_000) => ({ target: { version }, share });

describe('contour recover: weights', () => {
  it.each<{ in: readonly (number | null)[]; out: readonly number[] }>([
    { in: [90, 10], out: [90, 10] },
    { in: [null, null], out: [50, 50] },
    { in: [0, 0], out: [50, 50] },
    { in: [null, 10], out: [0, 100] },
  ])('$in give $out', ({ in: weights, out }) => {
    const services = weights.map((weight, i) => to(`v${i + 1}`, weight === null ? {} : { weight }));
    const { rule, problems } = readRoute({ services });
    const split = out.flatMap((percent, i) => (percent > 0 ? [portion(`v${i + 1}`, percent * 100)] : []));
    expect({ split: rule?.split, problems }).toEqual({ split, problems: [] });
  });

  it.each([
    [9999, 1],
    [1, 1, 1],
    [7, 3],
  ])('%s and %s are relative', (...weights) => {
    const { rule, problems } = readRoute({ services: weights.map((weight, i) => to(`v${i + 1}`, { weight })) });
    expect(rule?.split.reduce((sum, { share }) => sum + share, 0)).toBe(10_000);
    expect(problems).toEqual([]);
  });

  it('has a lone Service take everything, and says so where its weight says otherwise', () => {
    expect(readRoute({ services: [to('v1', { weight: 100 })] })).toEqual({ rule: readRoute({}).rule, problems: [] });
    expect(readRoute({ services: [to('v1', { weight: 30 })] }).problems).toHaveLength(1);
  });

  it.each<[string, Fields, number]>([
    ['1 %', { weight: 1 }, 100],
    ['all where it says nothing', {}, 10_000],
  ])('copies %s', (_, fields, share) => {
    const { rule, problems } = readRoute({ services: [to('v1'), to('v2', { mirror: true, ...fields })] });
    expect({ rule, problems }).toMatchObject({
      rule: { split: [portion('v1')], mirror: [portion('v2', share)] },
      problems: [],
    });
  });

  it('has no second mirror, none above 100 %, none of 0, which means all, and no route without a destination', () => {
    const mirror = { mirror: true, weight: 5 };
    expect(readRoute({ services: [to('v1'), to('v2', mirror), to('v3', mirror)] }).problems).not.toEqual([]);
    expect(readRoute({ services: [to('v1'), to('v2', { mirror: true, weight: 101 })] }).problems).not.toEqual([]);
    expect(readRoute({ services: [to('v1'), to('v2', { mirror: true, weight: 0 })] })).toMatchObject({
      rule: { mirror: [portion('v2')] },
      problems: [expect.stringContaining('100 %')],
    });
    expect(readRoute({ services: [to('v2', mirror)] }).problems).not.toEqual([]);
  });
});

describe('contour recover: what is missing', () => {
  it('is told with the share that was promised, although Contour gives it to the others', () => {
    const { rules } = read(route({ services: [to('v1', { weight: 90 }), to('gone', { weight: 10 })] }));
    expect(rules[0]?.split).toEqual([
      portion('v1', 9000),
      { target: { missing: 'Service shop-gone is not among these objects' }, share: 1000 },
    ]);
  });

  it('is a port that the Service does not have', () => {
    expect(read(route({ services: [{ name: 'shop-v1', port: 81 }] })).rules[0]?.split[0]?.target).toEqual({
      missing: 'Service shop-v1 has no port 81',
    });
  });

  it('is nothing where nobody sends anything', () => {
    const { rules, problems } = read(route({ services: [to('v1', { weight: 1 }), to('gone', { weight: 0 })] }));
    expect({ split: rules[0]?.split, problems }).toEqual({ split: [portion('v1')], problems: [] });
  });
});

const NONE: Match = { headers: [], cookies: [], query: [] };
const exact = (value: string) => ({ kind: 'exact', value }) as const;

describe('contour recover: conditions', () => {
  it.each<[string, readonly Json[], Partial<Match> | undefined]>([
    ['none', [], undefined],
    ['every prefix', [{ prefix: '/' }], undefined],
    ['characters', [{ prefix: '/ap' }], { path: { kind: 'prefix', value: '/ap' } }],
    ['a whole path', [{ exact: '/api' }], { path: exact('/api') }],
    ['an expression', [{ regex: '/v[0-9]' }], { path: { kind: 'regex', value: '/v[0-9]' } }],
    [
      'an exact path that is not the last condition, which Contour reads as a prefix',
      [{ exact: '/api' }, { header: { name: 'x', exact: 'a' } }],
      { path: { kind: 'prefix', value: '/api' }, headers: [{ name: 'x', text: exact('a') }] },
    ],
    ['a method', [{ header: { name: ':method', exact: 'GET' } }], { method: exact('GET') }],
    [
      'presence',
      [{ header: { name: 'X-A', present: true } }],
      { headers: [{ name: 'x-a', text: { kind: 'present' } }] },
    ],
    [
      'cookies',
      ['a', 'b'].map(name => ({ header: { name: 'cookie', regex: `^(?:.*; *)?${name}=1(?:;.*)?$` } })),
      { cookies: ['a', 'b'].map(name => ({ name, text: exact('1') })) },
    ],
    [
      'a parameter',
      [{ queryParameter: { name: 'q', prefix: 'a' } }],
      { query: [{ name: 'q', text: { kind: 'prefix', value: 'a' } }] },
    ],
  ])('reads %s', (_, conditions, match) => {
    const { rule, problems } = readRoute({ conditions });
    expect({ matches: rule?.matches, problems }).toEqual({
      matches: match === undefined ? [] : [{ ...NONE, ...match }],
      problems: [],
    });
  });

  it.each<[string, readonly Json[]]>([
    ['two paths', [{ prefix: '/a' }, { exact: '/b' }]],
    ['a path without its slash', [{ regex: 'a.*' }]],
    ['two slashes', [{ exact: '/a//b' }]],
    ['an operator with nothing to say', [{ header: { name: 'x', exact: '' } }]],
    ['two operators', [{ header: { name: 'x', exact: 'a', present: true } }]],
    ['an operator that is not read', [{ header: { name: 'x', contains: 'a' } }]],
    ['two exact texts for one parameter', ['q', 'Q'].map(name => ({ queryParameter: { name, exact: 'a' } }))],
    ['a condition without a condition', [{}]],
  ])('knows no meaning of %s', (_, conditions) => {
    expect(readRoute({ conditions }).problems).not.toEqual([]);
  });
});

describe('contour recover: order', () => {
  const when = (version: string, ...conditions: Json[]): Json => route({ conditions, services: [to(version)] });
  const header = (name: string, value = 'a'): Json => ({ header: { name, exact: value } });
  const versions = (...routes: Json[]) =>
    read(...routes).rules.map(({ split }) => ('version' in split[0]!.target ? split[0]!.target.version : ''));

  it.each<[string, Json, Json]>([
    ['an exact path before an expression', when('v2', { regex: '/a.*' }), when('v1', { exact: '/ab' })],
    ['an expression before a prefix', when('v2', { prefix: '/api/v1' }), when('v1', { regex: '/a.*' })],
    ['the longer prefix', when('v2', { prefix: '/a' }), when('v1', { prefix: '/a/b' })],
    [
      'a method before headers',
      when('v2', header('x'), header('y')),
      when('v1', { header: { name: ':method', exact: 'GET' } }),
    ],
    ['more headers', when('v2', header('x')), when('v1', header('x'), header('y'))],
    ['headers before parameters', when('v2', { queryParameter: { name: 'q', exact: 'a' } }), when('v1', header('x'))],
    ['of one header each the name that sorts first', when('v2', header('y')), when('v1', header('x'))],
    ['of one name the exact text', when('v2', { header: { name: 'x', regex: 'a.*' } }), when('v1', header('x'))],
  ])('is %s', (_, second, first) => {
    expect(versions(second, first)).toEqual(['v1', 'v2']);
    expect(versions(first, second)).toEqual(['v1', 'v2']);
    expect(read(second, first).problems).toEqual([]);
  });

  it('keeps the last of two routes with equal conditions', () => {
    expect(versions(when('v1', header('x')), when('v2', header('x')))).toEqual(['v2']);
  });

  it('is nobody’s to tell where several conditions each may decide', () => {
    const [a, b] = [when('v1', header('x'), header('y')), when('v2', header('x'), header('z'))];
    expect(read(a, b).problems).toHaveLength(1);
    expect(read(a, b, when('v1', header('x'), header('y'), header('z'))).problems).toEqual([]);
    expect(read(a, when('v2', header('x', 'b'), header('z'))).problems).toEqual([]);
  });
});

describe('contour recover: policies', () => {
  it.each<[Fields, number | undefined]>([
    [{}, 15_000],
    [{ timeoutPolicy: {} }, 15_000],
    [{ timeoutPolicy: { response: 'infinity' } }, undefined],
    [{ timeoutPolicy: { response: '1m30s' } }, 90_000],
    [{ timeoutPolicy: { response: '1.5s' } }, 1500],
  ])('%j times out after %s', (fields, timeout) => {
    const { rules, problems } = recover([proxy([{ services: [to('v1')], ...fields }]), ...SERVICES], PODS);
    expect({ timeout: rules[0]?.timeout, problems }).toEqual({ timeout, problems: [] });
  });

  it.each<[Fields, number, readonly string[]]>([
    [{}, 1, ['5xx']],
    [{ count: 3, retryOn: ['reset'] }, 3, ['reset']],
  ])('%j retries', (retryPolicy, attempts, retryOn) => {
    expect(readRoute({ retryPolicy })).toMatchObject({ rule: { retries: { attempts, retryOn } }, problems: [] });
  });

  it('does not retry where nobody says so, and knows no meaning of counts that releases differ in', () => {
    expect(readRoute({}).rule).not.toHaveProperty('retries');
    for (const count of [0, -1]) expect(readRoute({ retryPolicy: { count } }).problems).toHaveLength(1);
  });

  it('balances by turns where nobody says otherwise, and limits by annotations of the Service', () => {
    const limited = service('shop-v2', { app: 'shop', version: 'v2' }, { 'projectcontour.io/max-requests': '7' });
    const { policies, problems } = recover(
      [
        proxy([route(), route({ conditions: [{ exact: '/a' }], services: [to('v2')] })]),
        SERVICES[0]!,
        SERVICES[1]!,
        limited,
      ],
      PODS,
    );
    expect({ policies, problems }).toEqual({
      policies: {
        v1: { loadBalancing: { kind: 'round-robin' } },
        v2: { loadBalancing: { kind: 'round-robin' }, circuitBreaker: { maxRequests: 7 } },
      },
      problems: [],
    });
  });

  it.each<[Fields, unknown]>([
    [{ strategy: 'Random' }, { kind: 'random' }],
    [{ strategy: 'WeightedLeastRequest' }, { kind: 'least-request' }],
    [
      { strategy: 'RequestHash', requestHashPolicies: [{ headerHashOptions: { headerName: 'X-User' } }] },
      { kind: 'hash', by: 'header', name: 'x-user' },
    ],
  ])('%j', (loadBalancerPolicy, loadBalancing) => {
    const { policies, problems } = read(route({ loadBalancerPolicy }));
    expect({ policies, problems }).toEqual({ policies: { v1: { loadBalancing } }, problems: [] });
  });

  it.each<[string, Fields]>([
    ['the cookie that Contour makes', { loadBalancerPolicy: { strategy: 'Cookie' } }],
    [
      'a rewrite of another prefix',
      { conditions: [{ prefix: '/a' }], pathRewritePolicy: { replacePrefix: [{ replacement: '/b/' }] } },
    ],
    ['a field that is not read', { enableWebsockets: true }],
    ['a protocol that the port does not speak', { services: [to('v1', { protocol: 'h2c' })] }],
  ])('knows no meaning of %s', (_, fields) => {
    expect(readRoute(fields).problems).not.toEqual([]);
  });
});

describe('contour recover: hosts', () => {
  const other = (routes: readonly Json[], spec: Fields = {}) =>
    proxy(routes, { virtualhost: { fqdn: 'www.example.com' }, ...spec }, 'www');

  it('are those of all HTTPProxies, with their rules once', () => {
    const { hosts, rules, problems } = recover([proxy([route()]), other([route()]), ...SERVICES], PODS);
    expect({ hosts, rules: rules.length, problems }).toEqual({
      hosts: ['shop.example.com', 'www.example.com'],
      rules: 1,
      problems: [],
    });
  });

  it.each<[string, KubeObject]>([
    ['another that is routed otherwise', other([route({ services: [to('v2')] })])],
    ['another that comes in elsewhere', other([route()], { ingressClassName: 'private' })],
    ['a second one of the same name', proxy([route()], {}, 'twin')],
    ['a child without a host', proxy([route()], { virtualhost: {} }, 'child')],
    ['one with includes', other([route()], { includes: [{ name: 'child' }] })],
  ])('know no meaning of %s', (_, more) => {
    expect(recover([proxy([route()]), more, ...SERVICES], PODS).problems).not.toEqual([]);
  });

  it('read class and certificate, and calls of the own name beside the route', () => {
    const spec = { ingressClassName: 'public', virtualhost: { fqdn: 'a.example.com', tls: { secretName: 'cert' } } };
    const { gateways, beside, problems } = recover([proxy([route()], spec), ...SERVICES], PODS);
    expect({ gateways, beside, problems }).toEqual({
      gateways: ['class public', 'certificate cert'],
      beside: [portion('v1')],
      problems: [],
    });
  });
});

it('reads an HTTPProxy that somebody else wrote', () => {
  const services = ['stable', 'canary', 'shadow'].map(version => service(`shop-${version}`, { app: 'shop', version }));
  const running = ['stable', 'canary', 'shadow'].map(pods);
  const canary = { header: { name: 'x-canary', exact: 'always' } };
  const { rules } = recover(
    [
      proxy([
        { conditions: [{ prefix: '/' }, canary], services: [to('canary')] },
        {
          conditions: [{ prefix: '/' }],
          timeoutPolicy: { response: '10s' },
          retryPolicy: { count: 2, perTryTimeout: '3s', retryOn: ['gateway-error'] },
          loadBalancerPolicy: { strategy: 'WeightedLeastRequest' },
          services: [
            to('stable', { weight: 90 }),
            to('canary', { weight: 10 }),
            to('shadow', { mirror: true, weight: 5 }),
          ],
        },
      ]),
      ...services,
    ],
    running,
  );
  expect(rules).toEqual([
    {
      matches: [{ ...NONE, headers: [{ name: 'x-canary', text: exact('always') }] }],
      split: [portion('canary')],
      mirror: [],
      timeout: 15_000,
    },
    {
      matches: [],
      split: [portion('canary', 1000), portion('stable', 9000)],
      mirror: [portion('shadow', 500)],
      timeout: 10_000,
      retries: { attempts: 2, perTryTimeout: 3000, retryOn: ['gateway-error'] },
    },
  ]);
});

import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import type { Match } from '../../src/model/traffic.ts';
import { links } from '../../src/providers/kuma/links.ts';
import { recover } from '../../src/providers/kuma/recover.ts';

type Fields = { readonly [field: string]: Json };

const service = (name: string, selector: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod' },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }] },
});
const policy = (kind: string, about: Fields, labels: Labels = {}): KubeObject => ({
  apiVersion: 'kuma.io/v1alpha1',
  kind,
  metadata: { name: 'any', namespace: 'prod', labels },
  spec: { targetRef: { kind: 'Mesh' }, to: [{ targetRef: { kind: 'MeshService', name: 'shop' }, ...about }] },
});
const route = (...rules: Json[]) => policy('MeshHTTPRoute', { rules });
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

const PODS = [pods('v1'), pods('v2')];
const SERVICES = [
  service('shop', { app: 'shop' }),
  ...['v1', 'v2'].map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const OFF = [
  policy('MeshTimeout', { default: { http: { requestTimeout: '0s' } } }),
  policy('MeshRetry', { default: { http: { numRetries: 0 } } }),
];
const to = (version: string, fields: Fields = {}): Json => ({
  kind: 'MeshService',
  name: `shop-${version}`,
  port: 80,
  ...fields,
});
const rule = (version: string, match: Json = {}, fields: Fields = {}): Json => ({
  matches: [match],
  default: { backendRefs: [to(version)], ...fields },
});
const read = (...rules: Json[]) => recover([route(...rules), ...OFF, ...SERVICES], PODS);
const portion = (version: string, share = 10_000) => ({ target: { version }, share });
const NONE: Match = { headers: [], cookies: [], query: [] };
const exact = (value: string) => ({ kind: 'exact', value }) as const;

describe('kuma recover: weights', () => {
  it.each<{ in: readonly (number | null)[]; out: readonly number[] }>([
    { in: [90, 10], out: [90, 10] },
    { in: [null, null], out: [50, 50] },
    { in: [3, 1], out: [75, 25] },
    { in: [0, 5], out: [0, 100] },
  ])('$in give $out', ({ in: weights, out }) => {
    const backendRefs = weights.map((weight, i) => to(`v${i + 1}`, weight === null ? {} : { weight }));
    const { rules, problems } = read(rule('v1', {}, { backendRefs }));
    const split = out.flatMap((percent, i) => (percent > 0 ? [portion(`v${i + 1}`, percent * 100)] : []));
    expect({ rules, problems }).toEqual({ rules: [{ matches: [], split, mirror: [] }], problems: [] });
  });

  it('has nowhere to go where all are 0, and goes to the Service itself where none is named', () => {
    expect(
      read(rule('v1', {}, { backendRefs: [to('v1', { weight: 0 }), to('v2', { weight: 0 })] })).problems,
    ).toHaveLength(1);
    expect(read(rule('v1', {}, { backendRefs: [] })).rules[0]?.split).toEqual([
      portion('v1', 5000),
      portion('v2', 5000),
    ]);
  });

  it('loses the share of a Service that is missing, or lacks the port', () => {
    const backendRefs = [to('v1', { weight: 9 }), to('v2', { weight: 1, port: 81 })];
    expect(read(rule('v1', {}, { backendRefs })).rules[0]?.split).toEqual([
      portion('v1', 9000),
      { target: { missing: 'Service shop-v2 has no port 81' }, share: 1000 },
    ]);
  });

  it.each<[Json | undefined, number]>([
    [undefined, 10_000],
    [5, 500],
    ['0.5', 50],
    [100, 10_000],
  ])('copies %s %%', (percentage, share) => {
    const mirror = { backendRef: to('v2'), ...(percentage === undefined ? {} : { percentage }) };
    const { rules, problems } = read(rule('v1', {}, { filters: [{ type: 'RequestMirror', requestMirror: mirror }] }));
    expect({ rules, problems }).toEqual({
      rules: [{ matches: [], split: [portion('v1')], mirror: [portion('v2', share)] }],
      problems: [],
    });
  });
});

describe('kuma recover: matches', () => {
  it.each<[string, Json, readonly Partial<Match>[]]>([
    ['everything', {}, []],
    ['every prefix', { path: { type: 'PathPrefix', value: '/' } }, []],
    ['a whole path', { path: { type: 'Exact', value: '/a' } }, [{ path: exact('/a') }]],
    [
      'segments',
      { path: { type: 'PathPrefix', value: '/a' } },
      [{ path: exact('/a') }, { path: { kind: 'prefix', value: '/a/' } }],
    ],
    ['a method', { method: 'GET' }, [{ method: exact('GET') }]],
    ['a header', { headers: [{ name: 'x', value: 'a' }] }, [{ headers: [{ name: 'x', text: exact('a') }] }]],
    [
      'presence',
      { headers: [{ name: 'x', type: 'Present' }] },
      [{ headers: [{ name: 'x', text: { kind: 'present' } }] }],
    ],
    [
      'a cookie',
      { headers: [{ name: 'cookie', type: 'RegularExpression', value: '^(?:.*; *)?a=1(?:;.*)?$' }] },
      [{ cookies: [{ name: 'a', text: exact('1') }] }],
    ],
    [
      'a parameter',
      { queryParams: [{ name: 'q', type: 'Exact', value: '1' }] },
      [{ query: [{ name: 'q', text: exact('1') }] }],
    ],
  ])('reads %s', (_, match, matches) => {
    const { rules, problems } = read(rule('v1', match));
    expect({ matches: rules[0]?.matches, problems }).toEqual({
      matches: matches.map(part => ({ ...NONE, ...part })),
      problems: [],
    });
  });

  it.each<[string, Json]>([
    ['a slash at the end of a prefix', { path: { type: 'PathPrefix', value: '/a/' } }],
    ['absence', { headers: [{ name: 'x', type: 'Absent' }] }],
    ['two conditions on one header', { headers: ['a', 'b'].map(value => ({ name: 'x', value })) }],
    ['capitals', { headers: [{ name: 'X', value: 'a' }] }],
    ['a method that is none', { method: 'get' }],
    ['a parameter without its type', { queryParams: [{ name: 'q', value: 'a' }] }],
    ['a field that is not read', { hostnames: ['a'] }],
  ])('knows no meaning of %s', (_, match) => {
    expect(read(rule('v1', match)).problems).not.toEqual([]);
  });

  const path = (type: string, value: string): Fields => ({ path: { type, value } });
  const header = (...names: string[]): Fields => ({ headers: names.map(name => ({ name, value: 'a' })) });

  it.each<[string, Fields, Fields]>([
    ['an exact path before a prefix', path('PathPrefix', '/a'), path('Exact', '/a')],
    ['a prefix before an expression', path('RegularExpression', '/a.*'), path('PathPrefix', '/')],
    ['the longer prefix', path('PathPrefix', '/a'), path('PathPrefix', '/a/b')],
    ['any path before none', header('x', 'y'), path('RegularExpression', '/a.*')],
    ['a method before headers', header('x', 'y'), { method: 'GET' }],
    ['more headers', header('x'), header('y', 'z')],
    ['headers before parameters', { queryParams: [{ name: 'q', type: 'Exact', value: '1' }] }, header('x')],
  ])('tries %s', (_, second, first) => {
    const { rules } = read(rule('v2', second), rule('v1', first));
    expect(rules.map(({ split }) => split)).toEqual([[portion('v1')], [portion('v2')]]);
  });

  it('goes by the list where conditions are as many', () => {
    expect(read(rule('v2', header('y')), rule('v1', header('x'))).rules[0]?.split).toEqual([portion('v2')]);
  });
});

describe('kuma recover: tries', () => {
  const tries = (...policies: KubeObject[]) => {
    const { rules, problems } = recover([route(rule('v1')), ...policies, ...SERVICES], PODS);
    return { timeout: rules[0]?.timeout, retries: rules[0]?.retries, problems };
  };
  const mesh = { attempts: 5, perTryTimeout: 16_000, retryOn: ['gateway-error', 'connect-failure', 'refused-stream'] };

  it('are those that every mesh comes with where no policy says otherwise', () => {
    expect(tries()).toEqual({ timeout: 15_000, retries: mesh, problems: [] });
    expect(tries(policy('MeshRetry', { default: { http: { numRetries: 2 } } }))).toMatchObject({
      retries: { ...mesh, attempts: 2 },
    });
  });

  it('are none where that is said', () => {
    expect(tries(...OFF)).toEqual({ timeout: undefined, retries: undefined, problems: [] });
  });

  it('are what is said', () => {
    const http = { numRetries: 2, perTryTimeout: '0s', retryOn: ['5xx', 'Reset'] };
    expect(
      tries(
        policy('MeshTimeout', { default: { http: { requestTimeout: '1m30s' } } }),
        policy('MeshRetry', { default: { http } }),
      ),
    ).toEqual({ timeout: 90_000, retries: { attempts: 2, retryOn: ['5xx', 'reset'] }, problems: [] });
  });
});

it.each<[string, KubeObject[]]>([
  ['a second route', [route(rule('v2'))]],
  ['another mesh', [policy('MeshTimeout', { default: {} }, { 'kuma.io/mesh': 'other' })]],
  ['another kind of policy', [policy('MeshFaultInjection', {})]],
])('knows no meaning of %s', (_, more) => {
  expect(recover([route(rule('v1')), ...SERVICES, ...more], PODS).problems).not.toEqual([]);
});

it('a route comes before the Service that it is for, and asks for Services by their ports', () => {
  const root = { rollout: 'shop', namespace: 'prod' };
  const backendRefs = [to('v1', { weight: 3 }), to('v2', { weight: 1 })];
  const asks = (version: string, share: number) => ({
    doors: [`/Service/prod/shop-${version}`, `/Service/prod/shop-${version} port 80`],
    share,
    copies: false,
  });
  expect(links(route(rule('v1', {}, { backendRefs })), root)).toEqual({
    entry: {
      host: '/Service/prod/shop',
      precedence: 1,
      rules: [{ matches: [], asks: [asks('v1', 7500), asks('v2', 2500)] }],
    },
    doors: [],
  });
  for (const other of OFF) expect(links(other, root)).toEqual({ doors: [] });
});

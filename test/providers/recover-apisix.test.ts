import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import type { Match } from '../../src/model/traffic.ts';
import { recover } from '../../src/providers/apisix/recover.ts';

type Fields = { readonly [field: string]: Json };

const service = (name: string, selector: Labels, appProtocol = 'http'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod' },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol }] },
});
const object = (kind: string, name: string, spec: Fields): KubeObject => ({
  apiVersion: 'apisix.apache.org/v2',
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const apisixRoute = (http: readonly Json[], spec: Fields = {}, name = 'shop'): KubeObject =>
  object('ApisixRoute', name, { http, ...spec });
const upstream = (version: string, spec: Fields = {}): KubeObject =>
  object('ApisixUpstream', `shop-${version}`, { retries: 0, ...spec });
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

const VERSIONS = ['v1', 'v2', 'v3'];
const PODS = VERSIONS.map(pods);
const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  ...VERSIONS.map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const UPSTREAMS = VERSIONS.map(version => upstream(version));
const PATIENT: Fields = { connect: '60s', send: '86400s', read: '86400s' };
const to = (version: string, fields: Fields = {}): Json => ({
  serviceName: `shop-${version}`,
  servicePort: 80,
  ...fields,
});
let named = 0;
const route = (fields: Fields = {}): Json => {
  named += 1;
  return { name: `r${named}`, match: { paths: ['/*'] }, timeout: PATIENT, backends: [to('v1')], ...fields };
};
const read = (...http: Json[]) => recover([apisixRoute(http), ...SERVICES, ...UPSTREAMS], PODS);
const readRoute = (fields: Fields) => {
  const { rules, problems } = read(route(fields));
  return { rule: rules[0], problems };
};
const portion = (version: string, share = 10_000) => ({ target: { version }, share });

describe('apisix recover: weights', () => {
  it.each<{ in: readonly (number | null)[]; out: readonly number[] }>([
    { in: [90, 10], out: [90, 10] },
    { in: [null, 100], out: [50, 50] },
    { in: [null, null], out: [50, 50] },
    { in: [9, 1], out: [90, 10] },
    { in: [0, 10], out: [0, 100] },
    { in: [2, 1, 1], out: [50, 25, 25] },
  ])('$in give $out', ({ in: weights, out }) => {
    const backends = weights.map((weight, i) => to(`v${i + 1}`, weight === null ? {} : { weight }));
    const { rule, problems } = readRoute({ backends });
    const split = out.flatMap((percent, i) => (percent > 0 ? [portion(`v${i + 1}`, percent * 100)] : []));
    expect({ split: rule?.split, problems }).toEqual({ split, problems: [] });
  });

  it('has a lone Service take everything, and says so where its weight says otherwise', () => {
    expect(readRoute({ backends: [to('v1', { weight: 100 })] })).toEqual({ rule: readRoute({}).rule, problems: [] });
    expect(readRoute({ backends: [to('v1', { weight: 30 })] }).problems).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ['nothing but zeros', [to('v1', { weight: 0 }), to('v2', { weight: 0 })]],
    ['a weight below 0', [to('v1', { weight: -1 }), to('v2', { weight: 101 })]],
    ['no destination', []],
    ['a port by its name', [to('v1', { servicePort: 'http' })]],
    ['a subset', [to('v1', { subset: 'a' })]],
  ])('knows no meaning of %s', (_, backends) => {
    expect(readRoute({ backends }).problems).not.toEqual([]);
  });
});

describe('apisix recover: what is missing', () => {
  it('is told with the share that was promised, although APISIX gives it to the others', () => {
    const { rules } = read(route({ backends: [to('v1', { weight: 90 }), to('gone', { weight: 10 })] }));
    expect(rules[0]?.split).toEqual([
      portion('v1', 9000),
      { target: { missing: 'Service shop-gone is not among these objects' }, share: 1000 },
    ]);
  });

  it('is a port that the Service does not have, and a host that is no Service', () => {
    expect(readRoute({ backends: [to('v1', { servicePort: 81 })] }).rule?.split[0]?.target).toEqual({
      missing: 'Service shop-v1 has no port 81',
    });
    const plugins = [{ name: 'proxy-mirror', enable: true, config: { host: 'http://example.com' } }];
    const { rule, problems } = readRoute({ plugins });
    expect(rule?.mirror[0]?.target).toHaveProperty('missing');
    expect(problems).toHaveLength(1);
  });

  it('is nothing where nobody sends anything', () => {
    const { rules } = read(route({ backends: [to('v1', { weight: 1 }), to('gone', { weight: 0 })] }));
    expect(rules[0]?.split).toEqual([portion('v1')]);
  });

  it('is an ApisixUpstream, without which requests are tried again', () => {
    expect(recover([apisixRoute([route()]), ...SERVICES], PODS).problems).toHaveLength(1);
    expect(recover([apisixRoute([route()]), ...SERVICES, upstream('v1')], PODS).problems).toEqual([]);
    expect(recover([apisixRoute([route()]), ...SERVICES, upstream('v1'), upstream('gone')], PODS).problems).toEqual([
      expect.stringContaining('there is no Service "shop-gone"'),
    ]);
  });
});

const NONE: Match = { headers: [], cookies: [], query: [] };
const exact = (value: string) => ({ kind: 'exact', value }) as const;
const asks = (scope: string, name: string, op: string, value?: string): Json => ({
  subject: { scope, name },
  op,
  ...(value === undefined ? {} : { value }),
});

describe('apisix recover: matches', () => {
  const matching = (fields: Fields) => readRoute({ match: { paths: ['/*'], ...fields } });

  it.each<[string, Fields, Partial<Match> | undefined]>([
    ['nothing', {}, undefined],
    ['a whole path', { paths: ['/api'] }, { path: exact('/api') }],
    ['the beginning of a path', { paths: ['/ap*'] }, { path: { kind: 'prefix', value: '/ap' } }],
    ['a method', { methods: ['GET'] }, { method: exact('GET') }],
    [
      'a header, in whatever case',
      { exprs: [asks('Header', 'X-Canary', 'Equal', 'on')] },
      { headers: [{ name: 'x-canary', text: exact('on') }] },
    ],
    [
      'cookies, sorted',
      { exprs: [asks('Cookie', 'b', 'Equal', '1'), asks('Cookie', 'A', 'RegexMatch', '^')] },
      {
        cookies: [
          { name: 'A', text: { kind: 'present' } },
          { name: 'b', text: exact('1') },
        ],
      },
    ],
    [
      'the beginning of a header',
      { exprs: [asks('Header', 'x', 'RegexMatch', '^a\\.b\\(')] },
      { headers: [{ name: 'x', text: { kind: 'prefix', value: 'a.b(' } }] },
    ],
    [
      'a parameter',
      { exprs: [asks('Query', 'q', 'RegexMatch', '^')] },
      { query: [{ name: 'q', text: { kind: 'present' } }] },
    ],
  ])('reads %s', (_, fields, match) => {
    const { rule, problems } = matching(fields);
    expect({ matches: rule?.matches, problems }).toEqual({
      matches: match === undefined ? [] : [{ ...NONE, ...match }],
      problems: [],
    });
  });

  it('takes any of several methods, and any of several paths', () => {
    expect(matching({ methods: ['GET', 'PUT'] }).rule?.matches).toEqual([
      { ...NONE, method: exact('GET') },
      { ...NONE, method: exact('PUT') },
    ]);
    const { rules, problems } = read(route({ match: { paths: ['/a/*', '/a'] } }));
    expect({ paths: rules.map(({ matches }) => matches[0]?.path), problems }).toEqual({
      paths: [exact('/a'), { kind: 'prefix', value: '/a/' }],
      problems: [],
    });
  });

  it.each<[string, Fields]>([
    ['no path', { paths: [] }],
    ['a path without its slash', { paths: ['a'] }],
    ['a placeholder', { paths: ['/a/:id'] }],
    ['a star in the middle', { paths: ['/a/*/b'] }],
    ['a lone star for a host', { hosts: ['*'] }],
    ['a method that APISIX refuses', { methods: ['get'] }],
    ['an expression without an anchor', { exprs: [asks('Header', 'x', 'RegexMatch', 'a')] }],
    ['an expression with operators', { exprs: [asks('Header', 'x', 'RegexMatch', '^a+')] }],
    ['another comparison', { exprs: [asks('Header', 'x', 'NotEqual', 'a')] }],
    ['a comparison with nothing', { exprs: [asks('Header', 'x', 'Equal')] }],
    ['another subject', { exprs: [asks('Variable', 'uri', 'Equal', '/')] }],
    ['a subject without a name', { exprs: [asks('Cookie', '', 'Equal', 'a')] }],
    ['a header that is none', { exprs: [asks('Header', 'x_y', 'Equal', 'a')] }],
    [
      'the beginning of a parameter, which reads as "true" where it has no value',
      { exprs: [asks('Query', 'q', 'RegexMatch', '^t')] },
    ],
    [
      'one name asked for twice',
      { exprs: [asks('Header', 'x', 'Equal', 'a'), asks('Header', 'X', 'RegexMatch', '^')] },
    ],
    ['a field that is not read', { remoteAddrs: ['10.0.0.0/8'] }],
  ])('knows no meaning of %s', (_, fields) => {
    expect(matching(fields).problems).not.toEqual([]);
  });
});

describe('apisix recover: order', () => {
  const when = (version: string, paths: string[], priority: number, fields: Fields = {}): Json =>
    route({ priority, match: { paths, ...fields }, backends: [to(version)] });
  const versions = (...routes: Json[]) =>
    read(...routes).rules.map(({ split }) => ('version' in split[0]!.target ? split[0]!.target.version : ''));

  it.each<[string, Json, Json]>([
    ['a whole path, whatever the priority of a beginning', when('v2', ['/a*'], 9), when('v1', ['/ab'], 0)],
    ['the longer beginning, whatever the priority', when('v2', ['/a*'], 9), when('v1', ['/a/b*'], 0)],
    ['of equal paths the higher priority', when('v2', ['/a'], 0), when('v1', ['/a'], 1, { methods: ['GET'] })],
  ])('is %s', (_, second, first) => {
    expect(versions(second, first)).toEqual(['v1', 'v2']);
    expect(versions(first, second)).toEqual(['v1', 'v2']);
    expect(read(second, first).problems).toEqual([]);
  });

  it('is nobody’s to tell where paths and priorities are equal', () => {
    const [some, all] = [when('v2', ['/*'], 0, { methods: ['GET'] }), when('v1', ['/*'], 0)];
    expect(read(some, all).problems).toHaveLength(1);
    expect(read(some, when('v2', ['/*'], 0)).problems).toEqual([]);
    expect(read(some, when('v1', ['/*'], 0, { methods: ['PUT'] })).problems).toEqual([]);
  });

  it('holds over several ApisixRoutes, which are for the same hosts and of one class', () => {
    const one = apisixRoute([when('v2', ['/*'], 0)]);
    const all = (other: KubeObject) => recover([one, other, ...SERVICES, ...UPSTREAMS], PODS);
    expect(all(apisixRoute([when('v1', ['/a'], 0)], {}, 'more'))).toMatchObject({
      rules: [{ split: [portion('v1')] }, { split: [portion('v2')] }],
      problems: [],
    });
    expect(all(apisixRoute([when('v1', ['/a'], 0, { hosts: ['a.b'] })], {}, 'more')).problems).toHaveLength(1);
    expect(all(apisixRoute([when('v1', ['/a'], 0)], { ingressClassName: 'x' }, 'more')).problems).not.toEqual([]);
  });
});

describe('apisix recover: plugins', () => {
  const plugin = (name: string, config: Json, enable = true): Json => ({ name, enable, config });
  const HOST = 'http://shop-v2.prod.svc.cluster.local:80';

  it.each<[Fields, number]>([
    [{ host: HOST, sample_ratio: 0.05 }, 500],
    [{ host: HOST, sample_ratio: 0.0001 }, 1],
    [{ host: 'http://shop-v2.prod.svc' }, 10_000],
  ])('%j copies %i basis points', (config, share) => {
    const { rule, problems } = readRoute({ plugins: [plugin('proxy-mirror', config)] });
    expect({ mirror: rule?.mirror, problems }).toEqual({ mirror: [portion('v2', share)], problems: [] });
  });

  it.each<[Fields, Fields]>([
    [{ delay: { duration: 0.25, percentage: 5 } }, { delay: { duration: 250, share: 500 } }],
    [{ delay: { duration: 1 } }, { delay: { duration: 1000, share: 10_000 } }],
    [{ abort: { http_status: 503, percentage: 0 } }, { abort: { status: 503, share: 0 } }],
    [{ abort: { http_status: 503 } }, { abort: { status: 503, share: 10_000 } }],
  ])('%j is the fault %j', (config, fault) => {
    const { rule, problems } = readRoute({ plugins: [plugin('fault-injection', config)] });
    expect({ fault: rule?.fault, problems }).toEqual({ fault, problems: [] });
  });

  it('do nothing where they are not enabled', () => {
    expect(readRoute({ plugins: [plugin('proxy-mirror', { host: HOST }, false)] })).toEqual(readRoute({}));
  });

  it.each<[string, readonly Json[]]>([
    ['a second mirror', [plugin('proxy-mirror', { host: HOST }), plugin('proxy-mirror', { host: HOST })]],
    ['a share of nothing', [plugin('proxy-mirror', { host: HOST, sample_ratio: 0 })]],
    ['more than all', [plugin('proxy-mirror', { host: HOST, sample_ratio: 1.5 })]],
    ['a share too fine', [plugin('proxy-mirror', { host: HOST, sample_ratio: 0.00012 })]],
    [
      'copies by a scheme that the port does not speak',
      [plugin('proxy-mirror', { host: HOST.replace('http', 'grpc') })],
    ],
    ['a fault of no kind', [plugin('fault-injection', {})]],
    ['a part of a percent', [plugin('fault-injection', { abort: { http_status: 503, percentage: 0.5 } })]],
    ['more than 100 %', [plugin('fault-injection', { abort: { http_status: 503, percentage: 101 } })]],
    ['a status that APISIX refuses', [plugin('fault-injection', { abort: { http_status: 100 } })]],
    ['a delay of nothing', [plugin('fault-injection', { delay: { percentage: 5 } })]],
    ['a condition', [plugin('fault-injection', { abort: { http_status: 503, vars: [] } })]],
    ['another plugin', [plugin('limit-req', {})]],
  ])('know no meaning of %s', (_, plugins) => {
    expect(readRoute({ plugins }).problems).not.toEqual([]);
  });
});

describe('apisix recover: waits and tries', () => {
  it.each<[string, Fields | undefined]>([
    ['60 s where nothing is written', undefined],
    ['60 s for what is left out', { connect: '60s', send: '86400s' }],
    ['10 s', { ...PATIENT, read: '10s' }],
    ['60 s for parts of a second', { ...PATIENT, connect: '500ms' }],
    ['a text that is no duration', { ...PATIENT, send: 'long' }],
  ])('says that a wait ends after %s', (_, timeout) => {
    const { timeout: _patient, ...rest } = route() as Fields;
    expect(read({ ...rest, ...(timeout === undefined ? {} : { timeout }) }).problems).not.toEqual([]);
  });

  const withUpstream = (spec: Fields, services = SERVICES) =>
    recover([apisixRoute([route()]), ...services, upstream('v1', spec)], PODS);

  it.each<[Fields, unknown]>([
    [{}, { kind: 'round-robin' }],
    [{ loadbalancer: { type: 'roundrobin' } }, { kind: 'round-robin' }],
    [{ loadbalancer: { type: 'least_conn' } }, { kind: 'least-request' }],
    [
      { loadbalancer: { type: 'chash', hashOn: 'header', key: 'X-User' } },
      { kind: 'hash', by: 'header', name: 'x-user' },
    ],
    [{ loadbalancer: { type: 'chash', hashOn: 'cookie', key: 'Sid' } }, { kind: 'hash', by: 'cookie', name: 'Sid' }],
  ])('%j balances', (spec, loadBalancing) => {
    const { policies, problems } = withUpstream(spec);
    expect({ policies, problems }).toEqual({ policies: { v1: { loadBalancing } }, problems: [] });
  });

  it.each<[string, Fields]>([
    ['tries of every other pod', { retries: 1 }],
    ['tries that nobody counts', { retries: null }],
    ['another balancer', { loadbalancer: { type: 'ewma' } }],
    ['a hash of nothing', { loadbalancer: { type: 'chash', hashOn: 'header' } }],
    ['a hash of the address', { loadbalancer: { type: 'chash', hashOn: 'vars', key: 'remote_addr' } }],
    ['a key without a hash', { loadbalancer: { type: 'roundrobin', key: 'x' } }],
    ['a scheme that the port does not speak', { scheme: 'grpc' }],
    ['TLS', { scheme: 'https' }],
    ['a health check', { healthCheck: {} }],
    ['another class', { ingressClassName: 'other' }],
  ])('knows no meaning of %s', (_, spec) => {
    expect(withUpstream(spec).problems).not.toEqual([]);
  });

  it('asks pods of gRPC by gRPC', () => {
    const services = ['', '-v1'].map(end => service(`shop${end}`, { app: 'shop', version: 'v1' }, 'grpc'));
    expect(withUpstream({ scheme: 'grpc' }, services).problems).toEqual([]);
    expect(withUpstream({ scheme: 'http' }, services).problems).toHaveLength(1);
  });
});

it('reads hosts and class, and calls of the own name beside the route', () => {
  const http = [route({ match: { hosts: ['www.example.com', 'a.example.com'], paths: ['/*'] } })];
  const { hosts, gateways, beside, addresses, problems } = recover(
    [
      apisixRoute(http, { ingressClassName: 'public' }),
      ...SERVICES,
      ...VERSIONS.map(v => upstream(v, { ingressClassName: 'public' })),
    ],
    PODS,
  );
  expect({ hosts, gateways, beside, addresses, problems }).toEqual({
    hosts: ['a.example.com', 'www.example.com'],
    gateways: ['class public'],
    beside: [portion('v1')],
    addresses: VERSIONS.map(version => ({ promised: version, target: { version } })),
    problems: [],
  });
});

it('has no two routes of one name, and none without a name', () => {
  expect(read(route({ name: 'a' }), route({ name: 'a' })).problems).not.toEqual([]);
  expect(readRoute({ name: '' }).problems).not.toEqual([]);
  expect(recover([apisixRoute([]), ...SERVICES], PODS).problems).not.toEqual([]);
});

it('reads an ApisixRoute that somebody else wrote', () => {
  const running = ['stable', 'canary'].map(pods);
  const services = ['stable', 'canary'].map(version => service(`shop-${version}`, { app: 'shop', version }));
  const { hosts, gateways, rules, problems } = recover(
    [
      apisixRoute(
        [
          {
            name: 'testers',
            priority: 10,
            match: {
              hosts: ['shop.example.com'],
              paths: ['/*'],
              exprs: [asks('Header', 'X-Canary', 'Equal', 'always')],
            },
            backends: [to('canary', { weight: 100 })],
          },
          {
            name: 'split',
            priority: 0,
            match: { hosts: ['shop.example.com'], paths: ['/*'] },
            timeout: { connect: '3s', send: '10s', read: '10s' },
            backends: [to('stable', { weight: 90 }), to('canary', { weight: 10 })],
            plugins: [
              {
                name: 'proxy-mirror',
                enable: true,
                config: { host: 'http://shop-canary.prod.svc.cluster.local:80', sample_ratio: 0.05 },
              },
            ],
          },
        ],
        { ingressClassName: 'apisix' },
      ),
      ...services,
    ],
    running,
  );
  expect({ hosts, gateways, rules }).toEqual({
    hosts: ['shop.example.com'],
    gateways: ['class apisix'],
    rules: [
      {
        matches: [{ ...NONE, headers: [{ name: 'x-canary', text: exact('always') }] }],
        split: [portion('canary')],
        mirror: [],
      },
      {
        matches: [],
        split: [portion('canary', 1000), portion('stable', 9000)],
        mirror: [portion('canary', 500)],
      },
    ],
  });
  // Waits of 60 s and of 10 s, and no ApisixUpstream that says how often requests are tried.
  expect(problems).toHaveLength(7);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Pods, Recovered, RecoveredRule } from '../../src/model/recovered.ts';
import type { Match } from '../../src/model/traffic.ts';
import { strayObject } from '../../src/prove/objects.ts';
import { inert } from '../../src/providers/gloo/inert.ts';
import { recover } from '../../src/providers/gloo/recover.ts';
import { garbled, isInert, leavesOf, slips, subsetsOf, withLeaf } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const metadata = (name: string) => ({ name, namespace: 'prod', labels: { app: 'shop' }, annotations: { note: 'x' } });
const of = (apiVersion: string, kind: string, name: string, spec: Fields): KubeObject => ({
  apiVersion,
  kind,
  metadata: metadata(name),
  spec,
});

const service = (name: string, selector: { [key: string]: string }, appProtocol = 'http'): KubeObject =>
  of('v1', 'Service', name, { selector, ports: [{ ...PORT, appProtocol }] });
const PORT = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' };
const NO_LIMITS = {
  maxConnections: 4_294_967_295,
  maxPendingRequests: 4_294_967_295,
  maxRequests: 4_294_967_295,
  maxRetries: 4_294_967_295,
};
const upstream = (version: string, spec: Fields = {}): KubeObject =>
  of('gloo.solo.io/v1', 'Upstream', `shop-${version}`, {
    kube: { serviceName: `shop-${version}`, serviceNamespace: 'prod', servicePort: 80 },
    circuitBreakers: NO_LIMITS,
    ...spec,
  });
const group = (name: string, destinations: readonly Json[]): KubeObject =>
  of('gloo.solo.io/v1', 'UpstreamGroup', name, { destinations });
const virtualService = (routes: readonly Json[], host: Fields = {}): KubeObject =>
  of('gateway.solo.io/v1', 'VirtualService', 'shop', {
    virtualHost: { domains: ['shop.example.com'], routes, ...host },
  });
const routeTable = (routes: readonly Json[], spec: Fields = {}, name = 'shop'): KubeObject =>
  of('gateway.solo.io/v1', 'RouteTable', name, { weight: 0, routes, ...spec });

const pods = (version: string, replicas = 2): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const VERSIONS = ['v1', 'v2', 'v3'];
const PODS = VERSIONS.map(version => pods(version));
const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  ...VERSIONS.map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const UPSTREAMS = VERSIONS.map(version => upstream(version));

const to = (version: string): Json => ({ upstream: { name: `shop-${version}`, namespace: 'prod' } });
const weighed = (weights: readonly (number | undefined | null)[]): readonly Json[] =>
  weights.map((weight, i) => ({
    destination: to(`v${i + 1}`),
    ...(weight === undefined ? {} : { weight }),
  }));
const route = (fields: Fields): Json => {
  const { options, ...rest } = fields;
  return { routeAction: { single: to('v1') }, options: { timeout: '0s', ...(options as object) }, ...rest };
};
const read = (routes: readonly Json[], others: readonly KubeObject[] = [...UPSTREAMS, ...SERVICES]): Recovered =>
  recover([virtualService(routes), ...others], PODS);
const readRoute = (fields: Fields): { rule: RecoveredRule | undefined; problems: readonly string[] } => {
  const { rules, problems } = read([route(fields)]);
  return { rule: rules[0], problems };
};
const portion = (version: string, share = 10_000) => ({ target: { version }, share });

describe('gloo recover: weights', () => {
  const splits: readonly { weights: readonly (number | undefined | null)[]; shares: readonly number[] }[] = [
    { weights: [90, 10], shares: [9000, 1000] },
    { weights: [1, 3], shares: [2500, 7500] },
    { weights: [undefined, 10], shares: [0, 10_000] },
    { weights: [null, 10], shares: [0, 10_000] },
    { weights: [1, 1, 1], shares: [3334, 3333, 3333] },
    { weights: [9999, 1], shares: [9999, 1] },
    { weights: [100], shares: [10_000] },
  ];
  const splitOf = (shares: readonly number[]) =>
    shares.flatMap((share, i) => (share > 0 ? portion(`v${i + 1}`, share) : []));

  it.each(splits)('$weights give $shares, in the route', ({ weights, shares }) => {
    const { rule, problems } = readRoute({ routeAction: { multi: { destinations: weighed(weights) } } });
    expect({ split: rule?.split, problems }).toEqual({ split: splitOf(shares), problems: [] });
  });

  it.each(splits)('$weights give $shares, in a group', ({ weights, shares }) => {
    const action = { routeAction: { upstreamGroup: { name: 'shop-default', namespace: 'prod' } } };
    const objects = [group('shop-default', weighed(weights)), ...UPSTREAMS, ...SERVICES];
    const { rules, problems } = read([route(action)], objects);
    expect({ split: rules[0]?.split, problems }).toEqual({ split: splitOf(shares), problems: [] });
  });

  it.each<{ weights: readonly (number | undefined)[] }>([
    { weights: [0, 0] },
    { weights: [undefined, undefined] },
    { weights: [] },
    { weights: [50] },
    { weights: [-1, 101] },
    { weights: [0.5, 99.5] },
    { weights: [4_294_967_295, 1] },
    { weights: [4_294_967_296, 1] },
  ])('$weights are not what they seem', ({ weights }) => {
    const { problems } = readRoute({ routeAction: { multi: { destinations: weighed(weights) } } });
    expect(problems).not.toEqual([]);
  });
});

describe('gloo recover: matches', () => {
  const NONE: Match = { headers: [], cookies: [], query: [] };
  const exact = (value: string) => ({ kind: 'exact', value }) as const;
  const regex = (value: string) => ({ kind: 'regex', value }) as const;

  it.each<[string, readonly Json[], readonly Partial<Match>[]]>([
    ['no matcher is every request', [], []],
    ['the prefix of every path', [{ prefix: '/' }], []],
    ['a prefix goes by characters', [{ prefix: '/a' }], [{ path: { kind: 'prefix', value: '/a' } }]],
    ['an exact path', [{ exact: '/a' }], [{ path: exact('/a') }]],
    ['a regex takes the whole path', [{ regex: '/a.*' }], [{ path: regex('/a.*') }]],
    ['any of several', [{ prefix: '/' }, { exact: '/a' }], [{}, { path: exact('/a') }]],
    [
      'headers: exact, by expression, present',
      [
        {
          prefix: '/',
          headers: [{ name: 'X-B', value: '1' }, { name: 'x-c', value: 'a+', regex: true }, { name: 'x-a' }],
        },
      ],
      [
        {
          headers: [
            { name: 'x-a', text: { kind: 'present' } },
            { name: 'x-b', text: exact('1') },
            { name: 'x-c', text: regex('a+') },
          ],
        },
      ],
    ],
    [
      'two cookies',
      [
        {
          prefix: '/',
          headers: [
            { name: 'cookie', value: '^(?:.*; *)?b=1(?:;.*)?$', regex: true },
            { name: 'cookie', value: '^(?:.*; *)?a=[^;]*(?:;.*)?$', regex: true },
          ],
        },
      ],
      [
        {
          cookies: [
            { name: 'a', text: { kind: 'present' } },
            { name: 'b', text: exact('1') },
          ],
        },
      ],
    ],
    [
      'query parameters',
      [{ prefix: '/', queryParameters: [{ name: 'q', value: '1' }, { name: 'd' }] }],
      [
        {
          query: [
            { name: 'd', text: { kind: 'present' } },
            { name: 'q', text: exact('1') },
          ],
        },
      ],
    ],
    ['a method', [{ prefix: '/', methods: ['GET'] }], [{ method: exact('GET') }]],
    ['several methods', [{ prefix: '/', methods: ['GET', 'PUT'] }], [{ method: regex('GET|PUT') }]],
    [
      'the pseudo-header of the method',
      [{ prefix: '/', headers: [{ name: ':method', value: 'P.*', regex: true }] }],
      [{ method: regex('P.*') }],
    ],
  ])('%s', (_, matchers, matches) => {
    const { rule, problems } = readRoute({ matchers });
    expect({ matches: rule?.matches, problems }).toEqual({
      matches: matches.map(match => ({ ...NONE, ...match })),
      problems: [],
    });
  });

  it.each<[string, Fields]>([
    ['no path', { headers: [{ name: 'a' }] }],
    ['two paths', { prefix: '/', exact: '/a' }],
    ['an empty prefix', { prefix: '' }],
    ['an inverted condition', { prefix: '/', headers: [{ name: 'a', value: 'b', invertMatch: true }] }],
    ['paths whatever their case', { prefix: '/a', caseSensitive: false }],
    [
      'a header twice',
      {
        prefix: '/',
        headers: [
          { name: 'a', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ],
    ['a header without a name', { prefix: '/', headers: [{ value: '1' }] }],
    ['the host', { prefix: '/', headers: [{ name: ':authority', value: 'a' }] }],
    ['an empty value', { prefix: '/', headers: [{ name: 'a', value: '' }] }],
    ['the method twice', { prefix: '/', methods: ['GET'], headers: [{ name: ':method', value: 'GET' }] }],
    ['an empty method', { prefix: '/', methods: [''] }],
    ['CONNECT', { connectMatcher: {} }],
    ['a number', { prefix: '/', headers: [{ name: 'a', value: 1 }] }],
  ])('does not pretend to understand %s', (_, written) => {
    expect(readRoute({ matchers: [written] }).problems).not.toEqual([]);
  });

  it('keeps the order of routes', () => {
    const { rules } = read([route({ matchers: [{ exact: '/z' }] }), route({}), route({ matchers: [{ exact: '/a' }] })]);
    expect(rules.map(({ matches }) => matches.map(({ path }) => path))).toEqual([[exact('/z')], [], [exact('/a')]]);
  });
});

describe('gloo recover: what a route does besides', () => {
  const v2: Fields = { name: 'shop-v2', namespace: 'prod' };

  it.each<[string, Fields, Partial<RecoveredRule>]>([
    ['no limit of time', { timeout: '0s' }, {}],
    ['a timeout in seconds', { timeout: '2.5s' }, { timeout: 2500 }],
    ["a timeout in Go's units", { timeout: '1m30s' }, { timeout: 90_000 }],
    ['copies', { shadowing: { upstream: v2, percentage: 0.25 } }, { mirror: [portion('v2', 25)] }],
    ['copies of nothing', { shadowing: { upstream: v2, percentage: 0 } }, {}],
    [
      'retries',
      { retries: { retryOn: '5xx,reset', numRetries: 3, perTryTimeout: '0.5s' } },
      { retries: { attempts: 3, perTryTimeout: 500, retryOn: ['5xx', 'reset'] } },
    ],
    [
      'one retry where no number is written',
      { retries: { retryOn: '5xx' } },
      { retries: { attempts: 1, retryOn: ['5xx'] } },
    ],
    [
      'faults',
      { faults: { delay: { percentage: 10, fixedDelay: '1.5s' }, abort: { percentage: 0.5, httpStatus: 503 } } },
      { fault: { delay: { duration: 1500, share: 1000 }, abort: { status: 503, share: 50 } } },
    ],
    ['faults that hit nobody', { faults: { abort: { percentage: 0, httpStatus: 503 } } }, {}],
    ['another prefix', { prefixRewrite: '/' }, { rewrite: '/' }],
  ])('%s', (_, options, meant) => {
    const { rule, problems } = readRoute({ options });
    expect({ rule, problems }).toEqual({
      rule: { matches: [], split: [portion('v1')], mirror: [], ...meant },
      problems: [],
    });
  });

  it('knows that Envoy ends a request after 15 seconds where nobody says otherwise', () => {
    expect(read([{ routeAction: { single: to('v1') } }]).rules[0]?.timeout).toBe(15_000);
  });

  it.each<[string, Fields]>([
    ['a delay of less than a second', { faults: { delay: { percentage: 10, fixedDelay: '0.5s' } } }],
    ['a delay without a percentage', { faults: { delay: { fixedDelay: '1s' } } }],
    ['a status out of range', { faults: { abort: { percentage: 1, httpStatus: 600 } } }],
    ['a percentage out of range', { faults: { abort: { percentage: 101, httpStatus: 503 } } }],
    ['a percentage too fine', { shadowing: { upstream: v2, percentage: 0.001 } }],
    ['copies without a percentage', { shadowing: { upstream: v2 } }],
    ['copies without a namespace', { shadowing: { upstream: { name: 'shop-v2' }, percentage: 1 } }],
    ['copies to another host', { shadowing: { upstream: v2, percentage: 1, hostRewriteLiteral: 'a' } }],
    ['no number of retries that is one', { retries: { retryOn: '5xx', numRetries: 0 } }],
    ['retries for no reason', { retries: { numRetries: 1 } }],
    ['a space between reasons', { retries: { numRetries: 1, retryOn: '5xx, reset' } }],
    ['pauses between retries', { retries: { numRetries: 1, retryOn: '5xx', retryBackOff: { baseInterval: '1s' } } }],
    ['a lost slash', { prefixRewrite: '/v2' }],
    ['no path', { prefixRewrite: 'v2/' }],
    ['a host', { hostRewrite: 'a' }],
    ['a duration without a unit', { timeout: '5' }],
    ['a hash of the address', { lbHash: { hashPolicies: [{ sourceIp: true }] } }],
    ['other options', { cors: {} }],
  ])('does not pretend to understand %s', (_, options) => {
    expect(readRoute({ options }).problems).not.toEqual([]);
  });

  it.each<[string, Fields]>([
    ['a redirect', { redirectAction: {} }],
    ['a delegation', { delegateAction: { ref: v2 } }],
    ['no destination', { routeAction: {} }],
    ['two destinations', { routeAction: { single: to('v1'), upstreamGroup: v2 } }],
    ['a subset', { routeAction: { single: { ...(to('v1') as object), subset: { values: { version: 'v1' } } } } }],
    ['Consul', { routeAction: { single: { consul: { serviceName: 'shop' } } } }],
  ])('does not pretend to understand %s', (_, fields) => {
    expect(readRoute(fields).problems).not.toEqual([]);
  });
});

describe('gloo recover: where requests go', () => {
  const missing = (action: Json, others?: readonly KubeObject[]) =>
    read([route({ routeAction: action })], others).rules[0]?.split.map(({ target }) =>
      'missing' in target ? target.missing : target.version,
    );
  const kube = (name: string, port: number): Json => ({ single: { kube: { ref: { name, namespace: 'prod' }, port } } });

  it('follows Upstreams and Services', () => {
    expect(missing({ single: to('v2') })).toEqual(['v2']);
    expect(missing({ single: { upstream: { name: 'shop-v2' } } })).toEqual(['v2']);
    expect(missing(kube('shop-v3', 80))).toEqual(['v3']);
  });

  it('knows what is missing', () => {
    expect(missing({ single: to('v4') })).toEqual(['Upstream shop-v4 is not among these objects']);
    expect(missing({ single: to('v1') }, UPSTREAMS)).toEqual(['Service shop-v1 is not among these objects']);
    expect(missing(kube('shop-v3', 81))).toEqual(['Service shop-v3 has no port 81']);
    expect(missing({ upstreamGroup: { name: 'shop-a', namespace: 'prod' } })).toEqual([
      'UpstreamGroup shop-a is not among these objects',
    ]);
    const deaf = upstream('v1', { kube: { serviceName: 'shop-v1', serviceNamespace: 'prod', servicePort: 81 } });
    expect(missing({ single: to('v1') }, [deaf, ...SERVICES])).toEqual(['Service shop-v1 has no port 81']);
  });

  it('follows a Service of somebody else to the version that names it', () => {
    const legacy: Pods = {
      ...{ version: 'old', replicas: 0, keeper: '/Service/prod/legacy', ports: [80] },
      labels: { 'surefoot.dev/service': 'legacy' },
    };
    const old = (servicePort: number) =>
      upstream('old', { kube: { serviceName: 'legacy', serviceNamespace: 'prod', servicePort } });
    const find = (port: number) =>
      recover([virtualService([route({ routeAction: { single: to('old') } })]), old(port)], [legacy]);
    expect(find(80)).toMatchObject({ rules: [{ split: [portion('old')] }], problems: [] });
    expect(find(81).rules[0]?.split).toEqual([{ target: { missing: 'Service legacy has no port 81' }, share: 10_000 }]);
  });

  it('reads hosts, and the version that the own name leads to', () => {
    const { hosts, beside, ports } = read([route({})]);
    expect({ hosts, beside }).toEqual({ hosts: ['shop.example.com'], beside: [portion('v1')] });
    expect(ports).toEqual([{ name: 'http', port: 80, targetPort: 8080, protocol: 'http' }]);
  });

  it('reads a RouteTable under its own name', () => {
    const table = (name?: string) => recover([routeTable([route({})], {}, name), ...UPSTREAMS, ...SERVICES], PODS);
    expect(table()).toMatchObject({ hosts: [], rules: [{ split: [portion('v1')] }], problems: [] });
    expect(table('other').problems).toHaveLength(1);
  });

  it('takes one set of routes', () => {
    const both = [routeTable([route({})]), virtualService([route({})]), ...UPSTREAMS, ...SERVICES];
    expect(recover(both, PODS).problems).toEqual(['RouteTable shop: other routes are read already.']);
  });

  it('holds groups and Upstreams that no route uses against their names and the last route', () => {
    const idle = (destinations: readonly Json[]) =>
      read([route({})], [group('shop-a', destinations), ...UPSTREAMS, ...SERVICES]);
    expect(idle(weighed([100])).problems).toEqual([]);
    expect(idle(weighed([90, 10])).problems).toHaveLength(1);
    expect(idle(weighed([0, 100])).problems).not.toEqual([]);
    const misnamed = { ...upstream('v3'), metadata: metadata('shop-v4') };
    expect(read([route({})], [...UPSTREAMS.slice(0, 2), misnamed, ...SERVICES]).problems).toHaveLength(1);
  });
});

describe('gloo recover: policies', () => {
  const readPolicy = (spec: Fields, options: Fields = {}) => {
    const all = VERSIONS.map(version => upstream(version, spec));
    const { policies, problems } = read([route({ options })], [...all, ...SERVICES]);
    return { policy: policies['v1'], problems };
  };
  const OUTLIERS = { interval: '10s', enforcingSuccessRate: 0 };
  const turns = { loadBalancing: { kind: 'round-robin' } };

  it.each<[string, Fields, Fields, unknown]>([
    ['in turns where nothing is said', {}, {}, turns],
    ['at random', { loadBalancerConfig: { random: {} } }, {}, { loadBalancing: { kind: 'random' } }],
    [
      'by the fewest requests',
      { loadBalancerConfig: { leastRequest: { choiceCount: 2 } } },
      {},
      { loadBalancing: { kind: 'least-request' } },
    ],
    [
      'by hash of a header',
      { loadBalancerConfig: { ringHash: {} } },
      { lbHash: { hashPolicies: [{ header: 'x-user' }] } },
      { loadBalancing: { kind: 'hash', by: 'header', name: 'x-user' } },
    ],
    [
      'by hash of a cookie',
      { loadBalancerConfig: { ringHash: {} } },
      { lbHash: { hashPolicies: [{ cookie: { name: 'sid', path: '/', ttl: '0s' } }] } },
      { loadBalancing: { kind: 'hash', by: 'cookie', name: 'sid' } },
    ],
    [
      'limits, those of Envoy where none is written',
      { circuitBreakers: { maxRequests: 20, maxPendingRequests: 4_294_967_295, maxRetries: 4_294_967_295 } },
      {},
      { ...turns, circuitBreaker: { maxConnections: 1024, maxRequests: 20 } },
    ],
    [
      'ejection, as Envoy does where nothing is said',
      { outlierDetection: OUTLIERS },
      {},
      {
        ...turns,
        outlierDetection: {
          ...{ consecutiveErrors: 5, interval: 10_000, baseEjectionTime: 30_000, maxEjectionPercent: 10 },
        },
      },
    ],
  ])('%s', (_, spec, options, policy) => {
    expect(readPolicy(spec, options)).toEqual({ policy, problems: [] });
  });

  it.each<[string, Fields, Fields?]>([
    ['Maglev', { loadBalancerConfig: { maglev: {} } }],
    ['two ways of balancing', { loadBalancerConfig: { random: {}, roundRobin: {} } }],
    ['a slow start', { loadBalancerConfig: { roundRobin: { slowStartConfig: {} } } }],
    ['a hash of nothing', { loadBalancerConfig: { ringHash: {} } }],
    ['a hash for nothing', {}, { lbHash: { hashPolicies: [{ header: 'x-user' }] } }],
    ['limits of the installation', { circuitBreakers: null }],
    ['few retries at a time', { circuitBreakers: { ...NO_LIMITS, maxRetries: 3 } }],
    ['ejection without an interval', { outlierDetection: { enforcingSuccessRate: 0 } }],
    ['ejection of the worst', { outlierDetection: { interval: '10s' } }],
    ['ejection of everybody', { outlierDetection: { ...OUTLIERS, maxEjectionPercent: 101 } }],
    ['another protocol', { useHttp2: true }],
    ['TLS', { sslConfig: {} }],
    ['subsets', { kube: { serviceName: 'shop-v1', serviceNamespace: 'prod', servicePort: 80, subsetSpec: {} } }],
    ['a static host', { static: { hosts: [] } }],
  ])('does not pretend to understand %s', (_, spec, options) => {
    expect(readPolicy(spec, options).problems).not.toEqual([]);
  });

  it('holds the protocol against the port', () => {
    const grpc = VERSIONS.map(version => service(`shop-${version}`, { app: 'shop', version }, 'grpc'));
    const speaking = (useHttp2: boolean) => VERSIONS.map(version => upstream(version, { useHttp2 }));
    expect(read([route({})], [...speaking(true), ...grpc]).problems).toEqual([]);
    expect(read([route({})], [...speaking(false), ...grpc]).problems).toHaveLength(3);
  });
});

describe('gloo recover: anything at all', () => {
  const action = { routeAction: { upstreamGroup: { name: 'shop-testers', namespace: 'prod' } } };
  const options = {
    ...{ timeout: '5s', retries: { retryOn: '5xx', numRetries: 2 }, prefixRewrite: '/' },
    shadowing: { upstream: { name: 'shop-v3', namespace: 'prod' }, percentage: 5 },
    faults: { delay: { percentage: 1, fixedDelay: '2s' } },
  };
  const OBJECTS = [
    virtualService([
      {
        name: 'testers',
        matchers: [{ prefix: '/', headers: [{ name: 'x-a', value: '1' }], methods: ['GET'] }],
        ...action,
      },
      { name: 'default', routeAction: { multi: { destinations: weighed([90, 10]) } }, options },
    ]),
    group('shop-testers', weighed([1, 3])),
    ...UPSTREAMS,
    ...SERVICES,
  ];

  it('reads its own objects without a problem, and any part of them without throwing', () => {
    expect(recover(OBJECTS, PODS).problems).toEqual([]);
    for (const some of subsetsOf(OBJECTS.slice(0, 7))) expect(() => recover(some, PODS)).not.toThrow();
  });

  it('notices every leaf that is not inert', () => {
    const right = JSON.stringify(recover(OBJECTS, PODS));
    const unnoticed = leavesOf(OBJECTS).flatMap(leaf => {
      const { kind } = OBJECTS[leaf.index]!;
      if (isInert(inert, kind, leaf.path)) return [];
      return slips(leaf.value).flatMap(slip => {
        const changed = withLeaf(OBJECTS, leaf, slip);
        const seen = strayObject({ namespace: 'prod' }, changed) || JSON.stringify(recover(changed, PODS)) !== right;
        return seen ? [] : [`${kind} ${leaf.path.join('.')} ${JSON.stringify(slip)}`];
      });
    });
    expect(unnoticed).toEqual([]);
  });

  it('reads the written example as far as it is understood, and says what is not', () => {
    const text = readFileSync(join(import.meta.dirname, 'examples/gloo.yaml'), 'utf8');
    const objects = parseAllDocuments(text).map((document): KubeObject => document.toJS());
    const one = (name: string): KubeObject =>
      of('v1', 'Service', name, { selector: { app: 'shop', version: 'v1' }, ports: [PORT] });
    const NONE: Match = { headers: [], cookies: [], query: [] };
    const { hosts, rules, problems } = recover([...objects, one('shop'), one('shop-canary')], PODS);
    expect(hosts).toEqual(['shop.example.com']);
    expect(rules).toEqual([
      {
        matches: [
          { ...NONE, headers: [{ name: 'x-canary', text: { kind: 'exact', value: 'always' } }] },
          {
            ...NONE,
            headers: [{ name: 'cookie', text: { kind: 'regex', value: '^(.*; ?)?canary=always(;.*)?$' } }],
          },
        ],
        split: [portion('v1')],
        mirror: [],
        timeout: 15_000,
      },
      {
        matches: [],
        split: [portion('v1')],
        mirror: [portion('v1', 500)],
        fault: { delay: { duration: 2000, share: 100 }, abort: { status: 503, share: 50 } },
        timeout: 10_000,
        retries: { attempts: 2, perTryTimeout: 3000, retryOn: ['gateway-error'] },
      },
    ]);
    const subset = 'destination: "subset" is not understood here.';
    expect(problems).toEqual([
      'Upstream shop spec.kube: "subsetSpec" is not understood here.',
      'Upstream shop spec.circuitBreakers: it limits how many retries are under way.',
      'Upstream shop spec.outlierDetection: Envoy also ejects pods that fail more often than the others.',
      `UpstreamGroup shop spec.destinations[0].${subset}`,
      `UpstreamGroup shop spec.destinations[1].${subset}`,
      'VirtualService shop spec.virtualHost.routes[0].routeAction.single: "subset" is not understood here.',
      'Upstream shop-canary spec.circuitBreakers: the limits are left to the installation, which has 1024 where it says nothing.',
      'RouteTable shop-routes: other routes are read already.',
      'Upstream shop-canary: version "v1" has another policy already.',
    ]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(garbled(OBJECTS), objects => {
        expect(recover(objects, PODS).problems).toBeInstanceOf(Array);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses orders to Gloo in annotations', () => {
    const [first, ...rest] = OBJECTS;
    const ordered = {
      ...first!,
      metadata: { ...metadata('shop'), annotations: { 'gloo.solo.io/h2_service': 'true' } },
    };
    expect(recover([ordered, ...rest], PODS).problems).toHaveLength(1);
  });
});

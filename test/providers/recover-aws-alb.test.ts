import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { inert } from '../../src/providers/aws-alb/inert.ts';
import { recover } from '../../src/providers/aws-alb/recover.ts';
import { garbled, isInert, leavesOf, slips, withLeaf } from './leaves.ts';

const DOMAIN = 'alb.ingress.kubernetes.io';
const PORT = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' };

const service = (name: string, selector: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod', annotations: { note: 'x' } },
  spec: { selector, ports: [PORT] },
});
const pods = (version: string, replicas = 2): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

interface Entry {
  readonly path?: string;
  readonly type?: string;
  readonly name: string;
  readonly port?: Json;
}

const pathTo = ({
  path = '/*',
  type = 'ImplementationSpecific',
  name,
  port = { name: 'use-annotation' },
}: Entry): Json => ({
  path,
  pathType: type,
  backend: { service: { name, port } },
});

const ingress = (
  entries: readonly Entry[],
  orders: { readonly [name: string]: Json },
  spec: Json = {},
): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'shop',
    namespace: 'prod',
    annotations: Object.fromEntries(
      Object.entries({ 'target-type': 'ip', ...orders }).map(([name, value]) => [
        `${DOMAIN}/${name}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  },
  spec: { ingressClassName: 'alb', rules: [{ http: { paths: entries.map(pathTo) } }], ...(spec as object) },
});

const group = (version: string, weight?: Json): Json => ({
  serviceName: `shop-${version}`,
  servicePort: 80,
  ...(weight === undefined ? {} : { weight }),
});
const forward = (...targetGroups: Json[]): Json => ({ type: 'forward', forwardConfig: { targetGroups } });
const header = (...values: string[]): Json => ({
  field: 'http-header',
  httpHeaderConfig: { httpHeaderName: 'X-Canary', values },
});

const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  ...['v1', 'v2', 'v3'].map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const PODS = [pods('v1'), pods('v2'), pods('v3')];
const read = (object: KubeObject) => recover([object, ...SERVICES], PODS);
const portion = (version: string, share = 10_000) => ({ target: { version }, share });
const match = (parts: object) => ({ headers: [], cookies: [], query: [], ...parts });

describe('aws-alb recover: weights', () => {
  it.each<{ weights: readonly number[]; shares: readonly number[] }>([
    { weights: [90, 10], shares: [9000, 1000] },
    { weights: [999, 1], shares: [9990, 10] },
    { weights: [1, 1, 1], shares: [3334, 3333, 3333] },
    { weights: [0, 1], shares: [0, 10_000] },
  ])('$weights give $shares', ({ weights, shares }) => {
    const groups = weights.map((weight, i) => group(`v${i + 1}`, weight));
    const { rules, problems } = read(ingress([{ name: 'all' }], { 'actions.all': forward(...groups) }));
    const split = shares.flatMap((share, i) => (share > 0 ? portion(`v${i + 1}`, share) : []));
    expect({ rules, problems }).toEqual({ rules: [{ matches: [], split, mirror: [] }], problems: [] });
  });

  it('a lone target group needs no weight, and its port may be written in quotes', () => {
    const { rules, problems } = read(
      ingress([{ name: 'all' }], { 'actions.all': forward({ serviceName: 'shop-v2', servicePort: '80' }) }),
    );
    expect([rules[0]?.split, problems]).toEqual([[portion('v2')], []]);
  });

  it.each<{ what: string; action: Json }>([
    { what: 'no weight among several', action: forward(group('v1'), group('v2', 1)) },
    { what: 'a weight beyond 999', action: forward(group('v1', 1000), group('v2', 1)) },
    { what: 'weights of 0 only', action: forward(group('v1', 0), group('v2', 0)) },
    { what: 'six target groups', action: forward(...Array(6).fill(group('v1', 1))) },
    { what: 'a misspelt key, which the controller drops', action: forward({ ...(group('v1') as object), wieght: 5 }) },
    {
      what: 'stickiness',
      action: {
        type: 'forward',
        forwardConfig: { targetGroups: [group('v1')], targetGroupStickinessConfig: { enabled: true } },
      },
    },
    { what: 'a fixed response', action: { type: 'fixed-response', fixedResponseConfig: { statusCode: '503' } } },
    { what: 'broken JSON', action: '{"type":"forward",' },
  ])('$what is a problem', ({ action }) => {
    expect(read(ingress([{ name: 'all' }], { 'actions.all': action })).problems).not.toEqual([]);
  });
});

describe('aws-alb recover: order', () => {
  const order = (...entries: Entry[]) =>
    read(ingress(entries, { 'actions.a': forward(group('v1')), 'actions.b': forward(group('v2')) })).rules.map(
      ({ matches, split }) => [matches[0]?.path, split[0]?.target],
    );

  it('tries exact paths first, then prefixes by length, then the others as listed', () => {
    const exact = { name: 'a', path: '/x', type: 'Exact' };
    const short = { name: 'b', path: '/x', type: 'Prefix' };
    const long = { name: 'a', path: '/x/long/', type: 'Prefix' };
    const free = { name: 'b', path: '/x*' };
    expect(order(free, short, long, exact).map(([path]) => path)).toEqual([
      { kind: 'exact', value: '/x' },
      { kind: 'exact', value: '/x/long' },
      { kind: 'exact', value: '/x' },
      { kind: 'prefix', value: '/x' },
    ]);
  });

  it('keeps the list where the type is ImplementationSpecific, and the same path may stand twice', () => {
    expect(order({ name: 'b', path: '/*' }, { name: 'a', path: '/a/*' }, { name: 'a', path: '/*' })).toEqual([
      [undefined, { version: 'v2' }],
      [{ kind: 'prefix', value: '/a/' }, { version: 'v1' }],
      [undefined, { version: 'v1' }],
    ]);
  });

  it('reads wildcards as they work', () => {
    expect(order({ name: 'a', path: '/a?/*.png' })[0]?.[0]).toEqual({ kind: 'regex', value: '/a./.*\\.png' });
  });
});

describe('aws-alb recover: conditions', () => {
  const matches = (...conditions: Json[]) => {
    const { rules, problems } = read(
      ingress([{ name: 'all' }], { 'actions.all': forward(group('v1')), 'conditions.all': conditions }),
    );
    return { matches: rules[0]?.matches, problems };
  };
  const named = (text: object) => match({ headers: [{ name: 'x-canary', text }] });

  it.each([
    { value: '1', text: { kind: 'exact', value: '1' } },
    { value: '1.*', text: { kind: 'prefix', value: '1.' } },
    { value: '*', text: { kind: 'present' } },
    { value: 'always', text: { kind: 'regex', value: '(?i)always' } },
    { value: 'v1.*', text: { kind: 'regex', value: '(?i)v1\\..*' } },
  ])('a header with $value', ({ value, text }) => {
    expect(matches(header(value))).toEqual({ matches: [named(text)], problems: [] });
  });

  it('any value of one condition, every condition', () => {
    const method = { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } };
    const GET = { kind: 'exact', value: 'GET' };
    expect(matches(header('1', '2'), method).matches).toEqual([
      { ...named({ kind: 'exact', value: '1' }), method: GET },
      { ...named({ kind: 'exact', value: '2' }), method: GET },
    ]);
  });

  it.each<{ what: string; conditions: readonly Json[] }>([
    {
      what: 'a query string',
      conditions: [{ field: 'query-string', queryStringConfig: { values: [{ value: 'a' }] } }],
    },
    {
      what: 'a regular expression',
      conditions: [{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'a', regexValues: ['b'] } }],
    },
    { what: 'a header without values', conditions: [header()] },
    { what: 'four values in one', conditions: [header('1', '2', '3', '4')] },
    { what: 'more than five values', conditions: [header('1', '2', '3'), header('4', '5')] },
    {
      what: 'the header host',
      conditions: [{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'Host', values: ['1'] } }],
    },
  ])('$what is a problem', ({ conditions }) => {
    expect(matches(...conditions).problems).not.toEqual([]);
  });
});

describe('aws-alb recover: defaults and what is missing', () => {
  const all = (orders: { readonly [name: string]: Json }, spec: Json = {}) =>
    read(ingress([{ name: 'all' }], { 'actions.all': forward(group('v1')), ...orders }, spec));

  it('balances round robin, and speaks HTTP/1 to pods', () => {
    expect(all({}).policies['v3']).toEqual({ loadBalancing: { kind: 'round-robin' } });
    expect(all({}).problems).toEqual([]);
    expect(all({ 'backend-protocol-version': 'GRPC' }).problems).not.toEqual([]);
  });

  it.each([
    ['round_robin', 'round-robin'],
    ['least_outstanding_requests', 'least-request'],
    ['weighted_random', 'random'],
  ])('%s is %s', (word, kind) => {
    const { policies, problems } = all({ 'target-group-attributes': `load_balancing.algorithm.type=${word}` });
    expect([policies['v1'], problems]).toEqual([{ loadBalancing: { kind } }, []]);
  });

  it.each<{ what: string; orders: { readonly [name: string]: string } }>([
    { what: 'targets that are instances', orders: { 'target-type': 'instance' } },
    { what: 'an unknown attribute', orders: { 'target-group-attributes': 'stickiness.enabled=true' } },
    { what: 'paths as regular expressions', orders: { 'use-regex-path-match': 'true' } },
    { what: 'an action that no path names', orders: { 'actions.other': '{}' } },
  ])('$what: a problem', ({ orders }) => {
    expect(all(orders).problems).not.toEqual([]);
  });

  it('the hosts are those of its rules, which must be alike', () => {
    const http = { paths: [pathTo({ name: 'all' })] };
    const rules = [
      { host: 'b.example.com', http },
      { host: 'a.example.com', http },
    ];
    expect(all({}, { rules })).toMatchObject({ hosts: ['a.example.com', 'b.example.com'], problems: [] });
    expect(all({}, { rules: [...rules, { http }] }).problems).not.toEqual([]);
    expect(
      all({}, { rules: [rules[0]!, { host: 'c.example.com', http: { paths: [...http.paths, ...http.paths] } }] })
        .problems,
    ).not.toEqual([]);
  });

  it('a missing Service, port or action is a value', () => {
    const object = ingress([{ name: 'all' }], { 'actions.all': forward(group('v1', 1), group('v9', 1)) });
    expect(read(object).rules[0]?.split).toEqual([
      portion('v1', 5000),
      { target: { missing: 'Service shop-v9 is not among these objects' }, share: 5000 },
    ]);
    const port = ingress([{ name: 'shop-v1', port: { number: 81 } }], {});
    expect(read(port).rules[0]?.split[0]?.target).toEqual({ missing: 'Service shop-v1 has no port 81' });
    expect(read(ingress([{ name: 'gone' }], {})).problems).not.toEqual([]);
  });

  it('a path may name a Service itself', () => {
    expect(read(ingress([{ name: 'shop-v2', port: { number: 80 } }], {})).rules[0]?.split).toEqual([portion('v2')]);
  });

  it('calls by the own name go to the pods of the root Service', () => {
    expect(all({}).beside).toEqual([portion('v1')]);
  });

  it('a second Ingress, an unread kind and orders on a Service are problems', () => {
    const one = ingress([{ name: 'shop-v1', port: { number: 80 } }], {});
    const route = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a', namespace: 'prod' },
      spec: {},
    };
    const ordered = service('shop-v4', { app: 'shop', version: 'v4' });
    const marked = {
      ...ordered,
      metadata: { ...ordered.metadata, annotations: { [`${DOMAIN}/healthcheck-path`]: '/x' } },
    };
    for (const other of [one, route, marked]) expect(recover([one, other, ...SERVICES], PODS).problems).not.toEqual([]);
  });
});

const FULL = [
  ingress(
    [{ name: 'testers' }, { name: 'all', path: '/api/*' }],
    {
      scheme: 'internal',
      'actions.testers': forward(group('v2')),
      'conditions.testers': [header('1')],
      'actions.all': forward(group('v1', 9), group('v2', 1)),
    },
    {},
  ),
  ...SERVICES,
];

it('aws-alb recover notices a slip in every leaf, or the leaf is inert', () => {
  const before = JSON.stringify(recover(FULL, PODS));
  for (const leaf of leavesOf(FULL)) {
    const path = leaf.path.map(String);
    if (isInert(inert, FULL[leaf.index]!.kind, path)) continue;
    for (const slip of slips(leaf.value))
      expect(JSON.stringify(recover(withLeaf(FULL, leaf, slip), PODS)), `${path.join('.')} ${slip}`).not.toBe(before);
  }
});

it('aws-alb recover survives anything', () => {
  fc.assert(
    fc.property(garbled(FULL), objects => {
      for (const { split } of recover(objects, PODS).rules)
        for (const { share } of split) expect(share).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods, Recovered } from '../../src/model/recovered.ts';
import { recover } from '../../src/providers/traefik/recover.ts';
import { waysOf } from '../../src/providers/traefik/recover-rule-parser.ts';
import { garbled, subsetsOf } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const API = 'traefik.io/v1alpha1';
const object = (apiVersion: string, kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const service = (name: string, selector: Labels, port: Fields = {}): KubeObject =>
  object('v1', 'Service', name, {
    selector,
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', ...port }],
  });
const pods = (version: string, replicas = 2): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const portion = (version: string, share = 10_000) => ({ target: { version }, share });
const to = (version: string, fields: Fields = {}): Json => ({ name: `shop-${version}`, port: 80, ...fields });

const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  service('shop-v1', { app: 'shop', version: 'v1' }),
  service('shop-v2', { app: 'shop', version: 'v2' }),
  service('shop-v3', { app: 'shop', version: 'v3' }),
];
const PODS = [pods('v1'), pods('v2'), pods('v3')];

const route = (fields: Fields = {}): Json => ({ match: 'PathPrefix(`/`)', services: [to('v1')], ...fields });
const ingress = (...routes: Json[]): KubeObject => object(API, 'IngressRoute', 'shop', { routes });
const traefikService = (name: string, spec: Json): KubeObject => object(API, 'TraefikService', name, spec);
const read = (routes: readonly Json[], others: readonly KubeObject[] = [], running = PODS): Recovered =>
  recover([ingress(...routes), ...SERVICES, ...others], running);

describe('traefik recover: weights', () => {
  const weighed = (weights: readonly (number | undefined)[]): readonly Json[] =>
    weights.map((weight, i) => to(`v${i + 1}`, weight === undefined ? {} : { weight }));

  it.each<{ weights: readonly (number | undefined)[]; shares: readonly number[] }>([
    { weights: [90, 10], shares: [9000, 1000] },
    { weights: [undefined, undefined], shares: [5000, 5000] },
    { weights: [undefined, 9], shares: [1000, 9000] },
    { weights: [0, 10], shares: [0, 10_000] },
    { weights: [9999, 1], shares: [9999, 1] },
    { weights: [1, 1, 1], shares: [3334, 3333, 3333] },
  ])('$weights give $shares, in a route and in a TraefikService', ({ weights, shares }) => {
    const split = shares.flatMap((share, i) => (share > 0 ? [portion(`v${i + 1}`, share)] : []));
    const inline = read([route({ services: weighed(weights) })]);
    const behind = read(
      [route({ services: [{ kind: 'TraefikService', name: 'split' }] })],
      [traefikService('split', { weighted: { services: weighed(weights) } })],
    );
    for (const { rules, problems } of [inline, behind])
      expect({ split: rules[0]?.split, problems }).toEqual({ split, problems: [] });
  });

  it('finds no server where all weights are 0', () => {
    expect(read([route({ services: weighed([0, 0]) })]).rules[0]?.split).toEqual([
      { target: { missing: 'no server is available' }, share: 10_000 },
    ]);
  });

  it('gives a lone one everything, and says that its weight is ignored', () => {
    const { rules, problems } = read([route({ services: [to('v1', { weight: 0 })] })]);
    expect(rules[0]?.split).toEqual([portion('v1')]);
    expect(problems.join()).toMatch(/ignores the weight/);
  });
});

describe('traefik recover: what is missing stops the whole route', () => {
  const missing = (members: readonly Json[], others: readonly KubeObject[] = [], running = PODS) => {
    const { rules } = read([route({ services: members })], others, running);
    expect(rules[0]?.mirror).toEqual([]);
    expect(rules[0]?.split).toHaveLength(1);
    const [found] = rules[0]!.split;
    return found !== undefined && 'missing' in found.target ? found.target.missing : undefined;
  };

  it.each<{ what: string; member: Json; says: RegExp }>([
    { what: 'a Service that is not there', member: { name: 'gone', port: 80 }, says: /Service gone/ },
    { what: 'one of weight 0', member: { name: 'gone', port: 80, weight: 0 }, says: /Service gone/ },
    { what: 'a port that it has not', member: to('v2', { port: 81 }), says: /no port 81/ },
    { what: 'a port by an unknown name', member: to('v2', { port: 'web' }), says: /no port web/ },
    { what: 'no port', member: { name: 'shop-v2' }, says: /no port/ },
    {
      what: 'a TraefikService that is not there',
      member: { kind: 'TraefikService', name: 'x' },
      says: /TraefikService x/,
    },
  ])('$what', ({ member, says }) => expect(missing([to('v1'), member])).toMatch(says));

  it('a Service without pods', () => {
    expect(missing([to('v1'), to('v2')], [], [pods('v1'), pods('v2', 0)])).toMatch(/0 pods/);
  });

  it('a TraefikService that leads to itself', () => {
    const self = traefikService('self', {
      weighted: { services: [{ kind: 'TraefikService', name: 'self' }, to('v1')] },
    });
    expect(missing([{ kind: 'TraefikService', name: 'self' }], [self])).toMatch(/leads to itself/);
  });

  it('what only gets copies', () => {
    const mirror = traefikService('m', {
      mirroring: { ...(to('v1') as Fields), mirrors: [{ name: 'gone', port: 80, percent: 5 }] },
    });
    expect(missing([{ kind: 'TraefikService', name: 'm' }], [mirror])).toMatch(/Service gone/);
  });

  it('a port by its name is found', () => {
    expect(read([route({ services: [to('v2', { port: 'http' })] })]).rules[0]?.split).toEqual([portion('v2')]);
  });
});

describe('traefik recover: copies', () => {
  const mirrored = (mirrors: readonly Json[], fields: Fields = {}) =>
    read(
      [route({ services: [{ kind: 'TraefikService', name: 'm' }] })],
      [traefikService('m', { mirroring: { ...(to('v1') as Fields), mirrors, ...fields } })],
    );

  it('go to several, each with its own percentage; without one there are none', () => {
    const { rules, problems } = mirrored([to('v3', { percent: 5 }), to('v2', { percent: 100 }), to('v1')]);
    expect(rules[0]).toMatchObject({ split: [portion('v1')], mirror: [portion('v2'), portion('v3', 500)] });
    expect(problems).toEqual([]);
  });

  it.each<Fields>([{ mirrorBody: false }, { maxBodySize: 100 }])('%j is told', fields => {
    expect(mirrored([to('v2', { percent: 5 })], fields).problems).not.toEqual([]);
  });

  it.each([101, -1, 2.5])('a percentage of %s is told', percent => {
    expect(mirrored([to('v2', { percent })]).problems).not.toEqual([]);
  });

  it('a TraefikService that no route uses must send requests where a rule does, and copy nothing', () => {
    const idle = (services: readonly Json[]) =>
      read([route()], [traefikService('idle', { weighted: { services } })]).problems;
    expect(idle([to('v1')])).toEqual([]);
    expect(idle([to('v2')])).not.toEqual([]);
  });
});

describe('traefik recover: order', () => {
  const three = (...priorities: readonly (number | undefined)[]) =>
    read(
      ['Path(`/a`)', 'Path(`/bb`)', 'PathPrefix(`/`)'].map((match, i) =>
        route({
          match,
          services: [to(`v${i + 1}`)],
          ...(priorities[i] === undefined ? {} : { priority: priorities[i] }),
        }),
      ),
    );
  const order = ({ rules }: Recovered): readonly unknown[] => rules.map(({ split }) => split[0]?.target);
  const versions = (...names: readonly string[]) => names.map(version => ({ version }));

  it.each<{ priorities: readonly (number | undefined)[]; first: readonly string[] }>([
    { priorities: [3, 2, 1], first: ['v1', 'v2', 'v3'] },
    { priorities: [1, 2, 3], first: ['v3', 'v2', 'v1'] },
    { priorities: [undefined, undefined, undefined], first: ['v3', 'v2', 'v1'] },
    { priorities: [0, 100, -5], first: ['v2', 'v1', 'v3'] },
  ])('$priorities: $first', ({ priorities, first }) => {
    expect(order(three(...priorities))).toEqual(versions(...first));
    expect(three(...priorities).problems).toEqual([]);
  });

  it('is unknown between equal numbers', () => expect(three(1, 1, 2).problems).not.toEqual([]));

  it('counts the length of a rule in bytes', () => {
    const { rules } = read([
      route({ match: 'Path(`/ää`)', services: [to('v1')] }),
      route({ match: 'Path(`/abc`)', services: [to('v2')] }),
    ]);
    expect(rules.map(({ split }) => split[0]?.target)).toEqual(versions('v1', 'v2'));
  });
});

describe('traefik recover: rules', () => {
  const NONE = { headers: [], cookies: [], query: [] };
  const matchesOf = (match: string) => {
    const { rules, hosts, problems } = read([route({ match })]);
    return { matches: rules[0]?.matches, hosts, problems };
  };
  const header = (name: string, kind: string, value?: string) => ({
    ...NONE,
    headers: [{ name, text: value === undefined ? { kind } : { kind, value } }],
  });

  it.each<[rule: string, matches: unknown, hosts: readonly string[]]>([
    ['PathPrefix(`/`)', [], []],
    ['Host(`a.example.com`)', [], ['a.example.com']],
    ['HostRegexp(`^.+\\.example\\.com$`)', [], ['*.example.com']],
    [
      'Path(`/a`) || PathPrefix(`/a/`)',
      [
        { ...NONE, path: { kind: 'exact', value: '/a' } },
        { ...NONE, path: { kind: 'prefix', value: '/a/' } },
      ],
      [],
    ],
    ['PathRegexp(`^(?:/v[0-9])$`)', [{ ...NONE, path: { kind: 'regex', value: '/v[0-9]' } }], []],
    ['PathRegexp(`v1`)', [{ ...NONE, path: { kind: 'regex', value: '(?s:.*)(?:v1)(?s:.*)' } }], []],
    ['METHOD(`get`)', [{ ...NONE, method: { kind: 'exact', value: 'GET' } }], []],
    ['Header(`X-A`, `1`)', [header('x-a', 'exact', '1')], []],
    ['header("X-A", "a`\\u0062\\x63\\"")', [header('x-a', 'exact', 'a`bc"')], []],
    ['HeaderRegexp(`X-A`, `.*`)', [header('x-a', 'present')], []],
    [
      'HeaderRegexp(`Cookie`, `^(?:.*; *)?beta=1(?:;.*)?$`)',
      [{ ...NONE, cookies: [{ name: 'beta', text: { kind: 'exact', value: '1' } }] }],
      [],
    ],
    ['QueryRegexp(`q`, `.*`)', [{ ...NONE, query: [{ name: 'q', text: { kind: 'present' } }] }], []],
    [
      '(Host(`a`) || Host(`b`)) && (Method(`GET`) || Method(`PUT`))',
      ['GET', 'PUT'].map(value => ({ ...NONE, method: { kind: 'exact', value } })),
      ['a', 'b'],
    ],
    [
      '!(!Method(`GET`) || !Path(`/a`))',
      [{ ...NONE, method: { kind: 'exact', value: 'GET' }, path: { kind: 'exact', value: '/a' } }],
      [],
    ],
  ])('%s', (rule, matches, hosts) => expect(matchesOf(rule)).toEqual({ matches, hosts, problems: [] }));

  it.each([
    '',
    'Host(`a`',
    'Host(a)',
    "Host('a')",
    'Host(`a`) Host(`b`)',
    'Host(`a`)\n&& Path(`/`)',
    'Host("\\q")',
    'Host("\\xff")',
    'Host("\\ud800")',
    'Host()',
    'Host(``)',
    'Host(`*.example.com`)',
    'Host(`a`) || Path(`/a`)',
    '(Host(`a`) && Path(`/a`)) || Host(`b`)',
    'HostRegexp(`a`)',
    'Header(`Host`, `a`)',
    'Header(`a`)',
    'Query(`a`)',
    'ClientIP(`10.0.0.1`)',
    'Path(`a`)',
    'Path(`/a`) && Path(`/b`)',
    'Header(`a`, `1`) && Header(`a`, `2`)',
    '!Path(`/a`)',
    'Unknown(`a`)',
    `${'('.repeat(500)}Path(\`/a\`)${')'.repeat(500)}`,
    Array.from({ length: 12 }, () => '(Method(`GET`) || Method(`PUT`))').join(' && '),
  ])('%s has no meaning here', rule => expect(matchesOf(rule).problems).not.toEqual([]));

  it('binds ! closest, then &&, then ||', () => {
    const names = (rule: string) =>
      waysOf(rule)?.map(way => way.map(({ name, not }) => (not ? `!${name}` : name)).join(' '));
    expect(names('!A(`1`) || B(`1`) && C(`1`)')).toEqual(['!A', 'B C']);
    expect(names('(A(`1`) || B(`1`)) && !(C(`1`) && D(`1`))')).toEqual(['A !C', 'A !D', 'B !C', 'B !D']);
  });

  it('never throws, whatever the text', () => {
    const word = fc.constantFrom(
      'Host',
      '(',
      ')',
      '`a`',
      '"b\\n"',
      '&&',
      '||',
      '!',
      ',',
      ' ',
      '\n',
      '"',
      '`',
      'Path',
      '`/a`',
    );
    fc.assert(
      fc.property(
        fc.array(word).map(words => words.join('')),
        rule => void matchesOf(rule),
      ),
    );
    fc.assert(fc.property(fc.string(), rule => void matchesOf(rule)));
  });
});

describe('traefik recover: references', () => {
  it.each<Fields>([
    { strategy: 'hrw' },
    { scheme: 'https' },
    { scheme: 'h2c' },
    { kind: 'Other' },
    { namespace: 'other' },
    { passHostHeader: false },
    { nativeLB: true },
    { sticky: { cookie: {} } },
    { name: 'shop@file' },
  ])('%j is told', fields => expect(read([route({ services: [to('v1', fields)] })]).problems).not.toEqual([]));

  it('guesses TLS from port 443, which is no plain HTTP', () => {
    const tls = service('shop-v1', { app: 'shop', version: 'v1' }, { port: 443 });
    const found = recover([ingress(route({ services: [to('v1', { port: 443 })] })), tls], PODS);
    expect(found.problems.join()).toMatch(/"https"/);
  });

  it('balances round-robin unless told otherwise, and tells when it is told two ways', () => {
    const policy = (...members: Json[]) => read([route({ services: members })]);
    expect(policy(to('v1')).policies).toEqual({ v1: { loadBalancing: { kind: 'round-robin' } } });
    expect(policy(to('v1', { strategy: 'p2c' })).policies).toEqual({
      v1: { loadBalancing: { kind: 'least-request' } },
    });
    expect(policy(to('v1', { strategy: 'p2c' }), to('v1')).problems).not.toEqual([]);
  });

  it.each<Fields>([{ middlewares: [{ name: 'x' }] }, { kind: 'Other' }, { syntax: 'v2' }, { unknown: 1 }])(
    'a route with %j is told',
    fields => expect(read([route(fields)]).problems).not.toEqual([]),
  );

  it('entrances are entry points, the class and the Secret', () => {
    const spec = { entryPoints: ['web'], ingressClassName: 'public', tls: { secretName: 's' }, routes: [route()] };
    const { gateways, problems } = recover([object(API, 'IngressRoute', 'shop', spec), ...SERVICES], PODS);
    expect({ gateways, problems }).toEqual({ gateways: ['class public', 'tls s', 'web'], problems: [] });
  });

  it('the own name leads past the route', () => expect(read([route()]).beside).toEqual([portion('v1')]));
});

it('traefik recover: reads what people write by hand as far as it goes, and tells the rest', () => {
  const split = {
    services: [to('v1', { weight: 90 }), to('v2', { weight: 10 })],
    sticky: { cookie: { name: 'shop-version' } },
  };
  const { rules, problems } = recover(
    [
      object(API, 'IngressRoute', 'shop', {
        entryPoints: ['web'],
        routes: [
          {
            kind: 'Rule',
            match: 'Host(`shop.example.com`)',
            priority: 100,
            middlewares: [{ name: 'retry' }],
            services: [{ kind: 'TraefikService', name: 'mirrored' }],
          },
          {
            kind: 'Rule',
            match: 'Host(`shop.example.com`) && Header(`X-Canary`, `always`)',
            priority: 200,
            services: [to('v2')],
          },
        ],
      }),
      traefikService('split', { weighted: split }),
      traefikService('mirrored', {
        mirroring: { kind: 'TraefikService', name: 'split', mirrors: [to('v2', { percent: 5 })] },
      }),
      object(API, 'Middleware', 'retry', { retry: { attempts: 3 } }),
      ...SERVICES,
    ],
    PODS,
  );
  expect(rules.map(({ split, mirror }) => ({ split, mirror }))).toEqual([
    { split: [portion('v2')], mirror: [] },
    { split: [portion('v1', 9000), portion('v2', 1000)], mirror: [portion('v2', 500)] },
  ]);
  for (const word of ['sticky', 'middlewares', 'Middleware']) expect(problems.join('\n')).toContain(word);
});

it('traefik recover: survives any subset, and objects whose fields are anything', () => {
  const split = traefikService('split', {
    weighted: { services: [to('v1', { weight: 90 }), to('v2', { weight: 10 })] },
  });
  const mirror = traefikService('mirror', {
    mirroring: { kind: 'TraefikService', name: 'split', mirrors: [to('v2', { percent: 5 })] },
  });
  const all = [
    ingress(route({ services: [{ kind: 'TraefikService', name: 'mirror' }] })),
    split,
    mirror,
    ...SERVICES.slice(0, 3),
  ];
  for (const some of subsetsOf(all)) recover(some, PODS);
  fc.assert(fc.property(garbled(all), objects => void recover(objects, PODS)));
});

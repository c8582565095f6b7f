import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { recover } from '../../src/providers/emissary/recover.ts';
import { normalised } from '../../src/providers/emissary/recover-weights.ts';

const NAMESPACE = 'prod';
const pods: readonly Pods[] = ['v1', 'v2', 'v3'].map(version => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/${NAMESPACE}/shop-${version}`,
}));
const object = (apiVersion: string, kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
  spec,
});
const services = ['v1', 'v2', 'v3'].map(version =>
  object('v1', 'Service', `shop-${version}`, {
    selector: { app: 'shop', version },
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
  }),
);
type Fields = { readonly [field: string]: Json };
const mapping = (name: string, version: string, more: Fields = {}) =>
  object('getambassador.io/v3alpha1', 'Mapping', name, {
    ...{ hostname: '*', prefix: '/', rewrite: '', timeout_ms: 0, service: `shop-${version}.prod:80` },
    ...more,
  });
const read = (...objects: readonly KubeObject[]) => recover([...services, ...objects], pods);
const sent = (...shares: readonly (readonly [version: string, percent: number])[]) =>
  shares.map(([version, percent]) => ({ target: { version }, share: percent * 100 }));

/** What Emissary's own function gives for the weights of a group; absent weights are null. */
const ROWS: readonly (readonly [weights: readonly (number | null)[], parts: readonly number[], left: number])[] = [
  [[null], [100], 0],
  [[10], [100], 0],
  [[0], [100], 0],
  [[null, 10], [90, 10], 0],
  [[null, 0], [100, 0], 0],
  [[null, 100], [0, 100], 0],
  [[90, 10], [90, 10], 0],
  [[10, 90], [10, 90], 0],
  [[50, 10], [50, 10], 40],
  [[60, 60], [60, 40], 0],
  [[null, null], [50, 50], 0],
  [[null, null, null], [33, 33, 34], 0],
  [[null, null, 10], [45, 45, 10], 0],
  [[null, 10, 20], [70, 10, 20], 0],
  [[101, null], [0, 0], 100],
  [[null, 10, 50, 30], [10, 10, 50, 30], 0],
  [[0, 0], [0, 0], 100],
  [[33, 33, 33], [33, 33, 33], 1],
  [[null, 1], [99, 1], 0],
];

describe('the weights of a group', () => {
  it.each(ROWS)('%j give %j and leave %i', (weights, parts, left) => {
    const found = normalised(weights.map(weight => weight ?? undefined));
    expect(found.parts).toEqual(parts);
    expect(found.left).toBe(left);
    const refused = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0) > 100;
    expect(found.fault !== undefined).toBe(refused);
  });

  it('round as Python does', () => {
    expect(normalised([undefined, undefined, 55]).parts).toEqual([22, 23, 55]);
    expect(normalised([undefined, undefined, 53]).parts).toEqual([24, 23, 53]);
  });

  it('divide the requests of a rule', () => {
    const { rules, problems } = read(mapping('a', 'v1'), mapping('b', 'v2', { weight: 10 }));
    expect(problems).toEqual([]);
    expect(rules).toEqual([{ matches: [], split: sent(['v1', 90], ['v2', 10]), mirror: [] }]);
  });

  it('that are all written and total less leave the rest to nobody', () => {
    const { rules, problems } = read(mapping('a', 'v1', { weight: 50 }), mapping('b', 'v2', { weight: 10 }));
    expect(rules[0]?.split.at(-1)).toEqual({ target: { missing: 'the weights leave 40 %' }, share: 4000 });
    expect(problems).toHaveLength(1);
  });
});

describe('what is left out', () => {
  it('is a timeout of three seconds and a path whose prefix is replaced by a slash', () => {
    const bare = object('getambassador.io/v3alpha1', 'Mapping', 'a', {
      ...{ hostname: '*', prefix: '/qotm/', service: 'shop-v1:80' },
    });
    expect(read(bare).rules[0]).toMatchObject({ timeout: 3000, rewrite: '/' });
  });

  it.each([
    ['the port, 80', { service: 'shop-v1' }, undefined],
    ['the hostname of v3alpha1, so that nobody serves it', { hostname: '' }, 'without a hostname no Host serves it'],
    ['the prefix, so that it matches nothing', { prefix: '' }, 'without a prefix'],
    ['the reason for a retry', { retry_policy: { num_retries: 2 } }, 'no reason that Emissary knows'],
  ])('%s', (_, more, problem) => {
    const { problems } = read(mapping('a', 'v1', more));
    if (problem === undefined) expect(problems).toEqual([]);
    else expect(problems.join()).toContain(problem);
  });

  it('is every host in v2', () => {
    const { hosts, problems } = read(
      object('getambassador.io/v2', 'Mapping', 'a', { prefix: '/', rewrite: '', service: 'shop-v1.prod:80' }),
    );
    expect([hosts, problems]).toEqual([[], []]);
  });
});

describe('precedence', () => {
  const order = (...mappings: readonly KubeObject[]) =>
    read(...mappings).rules.map(({ split }) =>
      split.map(({ target }) => ('version' in target ? target.version : '?')).join(),
    );

  it.each([
    ['the longer prefix', { prefix: '/a/b' }, { prefix: '/a' }],
    ['the longer headers', { headers: { 'x-long': 'one' } }, { headers: { x: 'one' } }],
    ['a regular expression, by one', { regex_headers: { x: 'a' } }, { headers: { y: 'a' } }],
    ['query parameters after headers', { headers: { x: 'a' } }, { query_parameters: { long: 'parameter' } }],
    ['the number before all of them', { precedence: 1 }, { prefix: '/a/very/long/prefix', headers: { x: 'a' } }],
    ['the later text where all is equally long', { prefix: '/b' }, { prefix: '/a' }],
  ])('goes by %s', (_, first, second) => {
    expect(order(mapping('a', 'v2', second), mapping('b', 'v1', first))).toEqual(['v1', 'v2']);
  });

  it('makes Mappings of other precedences groups of their own', () => {
    expect(order(mapping('a', 'v1', { precedence: 1 }), mapping('b', 'v2', { weight: 10 }))).toHaveLength(2);
  });

  it('does not tell a regular expression from the same text, so that both are one group that does not agree', () => {
    const { rules, problems } = read(
      mapping('a', 'v1', { headers: { x: 'a' } }),
      mapping('b', 'v2', { regex_headers: { x: 'a' }, weight: 10 }),
    );
    expect(rules).toHaveLength(1);
    expect(problems.join()).toContain('settings of it as in the rest of its group');
  });
});

describe('problems', () => {
  it.each([
    [
      'a second shadow',
      [mapping('a', 'v1'), mapping('b', 'v2', { shadow: true }), mapping('c', 'v3', { shadow: true })],
      'a second one',
    ],
    ['an unknown field', [mapping('a', 'v1', { outlier_detection: {} })], '"outlier_detection" is not understood here'],
    [
      'another timeout within a group',
      [mapping('a', 'v1'), mapping('b', 'v2', { weight: 10, timeout_ms: 5 })],
      'its timeout',
    ],
    ['a weight without anybody beside it', [mapping('a', 'v1', { weight: 10 })], 'alone it takes everything'],
    [
      'balancing without a resolver',
      [mapping('a', 'v1', { load_balancer: { policy: 'round_robin' } })],
      'without a resolver',
    ],
    ['a Host', [object('getambassador.io/v3alpha1', 'Host', 'h', {})], 'are not read here'],
    [
      'hosts that lead elsewhere',
      [mapping('a', 'v1', { hostname: 'a' }), mapping('b', 'v2', { hostname: 'b' })],
      'do not lead alike',
    ],
  ])('%s', (_, objects, problem) => {
    expect(read(...objects).problems.join()).toContain(problem);
  });

  it('a Service that is not there ends nowhere', () => {
    const { rules } = recover([mapping('a', 'v1')], []);
    expect(rules[0]?.split).toEqual([
      { target: { missing: 'Service shop-v1 is not among these objects' }, share: 10_000 },
    ]);
  });
});

describe('the annotation of a Service', () => {
  const annotated = (text: string): KubeObject => ({
    ...services[1]!,
    metadata: { ...services[1]!.metadata, annotations: { 'getambassador.io/config': text } },
  });
  const canary = (apiVersion: string) =>
    `---\napiVersion: ${apiVersion}\nkind: Mapping\nname: canary\nhost: "*"\nprefix: /\nrewrite: ""\ntimeout_ms: 0\nservice: shop-v2.prod:80\nweight: 10\n`;
  const readWith = (text: string) => recover([services[0]!, annotated(text), mapping('a', 'v1')], pods);

  it('holds Mappings, several of them', () => {
    const { rules, problems } = readWith(
      `${canary('ambassador/v1')}${canary('ambassador/v1').replace('canary', 'twin').replace('prefix: /', 'prefix: /twin/')}`,
    );
    expect(problems.join()).toContain('alone it takes everything');
    expect(rules.map(({ split }) => split)).toEqual([sent(['v2', 100]), sent(['v1', 90], ['v2', 10])]);
  });

  it.each([
    ['of a version that nobody reads any more', canary('ambassador/v0'), 'is unknown'],
    ['that is no YAML of ours', '{ kind: Mapping }', 'is not written in the plain YAML'],
    ['that is empty', '', 'it holds no Mapping'],
  ])('%s', (_, text, problem) => {
    expect(readWith(text).problems.join()).toContain(problem);
  });
});

describe('conditions', () => {
  it('are read in the words of a plan', () => {
    const { rules } = read(
      mapping('a', 'v1', {
        ...{ prefix: '/v1/.*', prefix_regex: true, method: 'P.*', method_regex: true },
        headers: { 'end-user': 'jason' },
        regex_headers: { cookie: '^(?:.*; *)?beta=1(?:;.*)?$', 'x-any': '.*', 'x-canary': 'a|b' },
        regex_query_parameters: { n: 'a\\.b.*' },
      }),
    );
    expect(rules[0]?.matches).toEqual([
      {
        path: { kind: 'regex', value: '/v1/.*' },
        method: { kind: 'prefix', value: 'P' },
        headers: [
          { name: 'end-user', text: { kind: 'exact', value: 'jason' } },
          { name: 'x-any', text: { kind: 'present' } },
          { name: 'x-canary', text: { kind: 'regex', value: 'a|b' } },
        ],
        cookies: [{ name: 'beta', text: { kind: 'exact', value: '1' } }],
        query: [{ name: 'n', text: { kind: 'prefix', value: 'a.b' } }],
      },
    ]);
  });
});

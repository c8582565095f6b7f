import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import { stateOf } from '../../src/model/plan.ts';
import type { Pods, Recovered } from '../../src/model/recovered.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { inert } from '../../src/providers/nginx/inert.ts';
import { nginx } from '../../src/providers/nginx/provider.ts';
import { recover } from '../../src/providers/nginx/recover.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { readPods } from '../../src/workloads/read.ts';
import { RANDOM } from '../properties/random-rollout.ts';
import { templates } from '../properties/random-templates.ts';
import { garbled, isInert, leavesOf, slips, withLeaf } from './leaves.ts';

const DOMAIN = 'nginx.ingress.kubernetes.io';
const PORT = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' };

const service = (name: string, selector: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod', annotations: { note: 'x' } },
  spec: { selector, ports: [PORT] },
});
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

interface Facts {
  readonly name: string;
  readonly orders: Labels;
  readonly backend: string;
  readonly port: Json;
  readonly path?: string;
  readonly type?: string;
  readonly host?: string;
}

const ingress = ({ name, orders, backend, port, path = '/', type = 'Prefix', host = 'a.example.com' }: Facts) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name,
    namespace: 'prod',
    annotations: Object.fromEntries(Object.entries(orders).map(([key, value]) => [`${DOMAIN}/${key}`, value])),
  },
  spec: {
    ingressClassName: 'nginx',
    rules: [{ host, http: { paths: [{ path, pathType: type, backend: { service: { name: backend, port } } }] } }],
  },
});

const main = (orders: Labels = {}, facts: Partial<Facts> = {}): KubeObject =>
  ingress({
    name: 'shop',
    orders: { 'proxy-next-upstream': 'off', ...orders },
    backend: 'shop-v1',
    port: { number: 80 },
    ...facts,
  });
const canary = (orders: Labels, facts: Partial<Facts> = {}): KubeObject =>
  ingress({
    name: 'shop-canary',
    orders: { canary: 'true', ...orders },
    backend: 'shop-v2',
    port: { name: 'http' },
    ...facts,
  });

const SERVICES = [
  service('shop', { app: 'shop', version: 'v1' }),
  ...['v1', 'v2'].map(version => service(`shop-${version}`, { app: 'shop', version })),
];
const PODS = [pods('v1'), pods('v2')];
const read = (...objects: KubeObject[]) => recover([...objects, ...SERVICES], PODS);
const portion = (version: string, share = 10_000) => ({ target: { version }, share });
const HEADER = { name: 'x-canary', text: { kind: 'exact', value: 'yes' } };

describe('nginx recover: weights', () => {
  it.each<{ orders: Labels; share: number }>([
    { orders: { 'canary-weight': '10' }, share: 1000 },
    { orders: { 'canary-weight': '2', 'canary-weight-total': '1000' }, share: 20 },
    { orders: { 'canary-weight': '10', 'canary-weight-total': '50' }, share: 1000 },
    { orders: { 'canary-weight': '1', 'canary-weight-total': '10000' }, share: 1 },
    { orders: { 'canary-weight': '200' }, share: 10_000 },
    { orders: { 'canary-weight': '0' }, share: 0 },
    { orders: {}, share: 0 },
  ])('$orders give $share', ({ orders, share }) => {
    const { rules, problems } = read(main(), canary(orders));
    const split = [portion('v1', 10_000 - share), portion('v2', share)].filter(one => one.share > 0);
    expect({ rules, problems }).toEqual({ rules: [{ matches: [], split, mirror: [] }], problems: [] });
  });

  it.each<{ what: string; orders: Labels }>([
    { what: 'a weight that is no number', orders: { 'canary-weight': 'ten' } },
    { what: 'a mark that is no word', orders: { canary: 'yes' } },
    { what: 'a weight without the mark', orders: { canary: 'false', 'canary-weight': '10' } },
    { what: 'a header without a value, which means always and never', orders: { 'canary-by-header': 'x-canary' } },
    { what: 'a header with an underscore', orders: { 'canary-by-header': 'x_canary', 'canary-by-header-value': '1' } },
    { what: 'a pattern', orders: { 'canary-by-header': 'x-canary', 'canary-by-header-pattern': '.*' } },
    { what: 'a cookie', orders: { 'canary-by-cookie': 'beta' } },
    { what: 'an annotation that a canary ignores', orders: { 'proxy-next-upstream': 'off' } },
    { what: 'another balancing', orders: { 'load-balance': 'ewma' } },
    { what: 'another hash', orders: { 'upstream-hash-by': '$http_x_user' } },
  ])('$what is a problem', ({ orders }) => {
    expect(read(main(), canary({ canary: 'true', 'canary-weight': '10', ...orders })).problems).not.toEqual([]);
  });
});

describe('nginx recover: precedence', () => {
  it('tries the header first, then the weight', () => {
    const orders = { 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes', 'canary-weight': '25' };
    expect(read(main(), canary(orders)).rules).toEqual([
      { matches: [{ headers: [HEADER], cookies: [], query: [] }], split: [portion('v2')], mirror: [] },
      { matches: [], split: [portion('v1', 7500), portion('v2', 2500)], mirror: [] },
    ]);
  });

  it('takes a prefix by whole segments, and an exact path alone', () => {
    const none = { headers: [], cookies: [], query: [] };
    expect(read(main({}, { path: '/api/' })).rules[0]?.matches).toEqual([
      { path: { kind: 'exact', value: '/api' }, ...none },
      { path: { kind: 'prefix', value: '/api/' }, ...none },
    ]);
    const exact = { path: '/api', type: 'Exact' };
    expect(read(main({}, exact)).rules[0]?.matches).toEqual([{ path: { kind: 'exact', value: '/api' }, ...none }]);
    expect(read(main({}, { ...exact, type: 'ImplementationSpecific' })).problems).not.toEqual([]);
  });

  it('a canary of another host, path or type does nothing, and is a problem', () => {
    for (const facts of [{ host: 'b.example.com' }, { path: '/api' }, { type: 'Exact' }]) {
      const { rules, problems } = read(main(), canary({ 'canary-weight': '50' }, facts));
      expect(rules[0]?.split).toEqual([portion('v1')]);
      expect(problems).not.toEqual([]);
    }
  });

  it('a canary alone does nothing; one that writes its backend as the main Ingress does is a problem', () => {
    expect(read(canary({ 'canary-weight': '50' })).rules).toEqual([]);
    const same = { backend: 'shop-v1', port: { number: 80 } };
    expect(read(main(), canary({ 'canary-weight': '50' }, same)).problems).not.toEqual([]);
    expect(read(main(), canary({ 'canary-weight': '50' }, { backend: 'shop-v1' })).problems).toEqual([]);
  });
});

describe('nginx recover: defaults and what is missing', () => {
  it('tries twice again unless told', () => {
    const bare = ingress({ name: 'shop', orders: {}, backend: 'shop-v1', port: { number: 80 } });
    expect(read(bare).rules[0]?.retries).toEqual({ attempts: 2, retryOn: ['error', 'timeout'] });
    expect(read(main()).rules[0]?.retries).toBeUndefined();
  });

  it('balances round robin, or by a hash', () => {
    expect(read(main()).policies['v1']).toEqual({ loadBalancing: { kind: 'round-robin' } });
    const hash = (text: string) => read(main({ 'upstream-hash-by': text })).policies['v2']?.loadBalancing;
    expect(hash('$http_x_user')).toEqual({ kind: 'hash', by: 'header', name: 'x-user' });
    expect(hash('$cookie_sid')).toEqual({ kind: 'hash', by: 'cookie', name: 'sid' });
    expect(read(main({ 'upstream-hash-by': '$request_uri' })).problems).not.toEqual([]);
  });

  it('orders that are not read, another protocol and a second main Ingress are problems', () => {
    for (const orders of [{ 'rewrite-target': '/' }, { 'mirror-target': 'https://x' }, { 'backend-protocol': 'GRPC' }])
      expect(read(main(orders)).problems).not.toEqual([]);
    expect(read(main(), main({}, { name: 'other' })).problems).not.toEqual([]);
  });

  it('a missing Service or port is a value; without the main version nobody is answered', () => {
    const half = canary({ 'canary-weight': '50' }, { backend: 'shop-v9' });
    expect(read(main(), half).rules[0]?.split).toEqual([
      portion('v1', 5000),
      { target: { missing: 'Service shop-v9 is not among these objects' }, share: 5000 },
    ]);
    const named = canary({ 'canary-weight': '50' }, { port: { name: 'admin' } });
    expect(read(main(), named).rules[0]?.split.at(-1)?.target).toEqual({
      missing: 'Service shop-v2 has no port admin',
    });
    const gone = read(main({}, { backend: 'shop-v9' }), canary({ 'canary-weight': '50' }));
    expect(gone.rules[0]?.split).toEqual([
      { target: { missing: 'Service shop-v9 is not among these objects' }, share: 10_000 },
    ]);
  });
});

const FULL = [
  main(),
  canary({
    ...{ 'canary-by-header': 'x-canary', 'canary-by-header-value': 'yes' },
    ...{ 'canary-weight': '10', 'canary-weight-total': '100' },
  }),
  ...SERVICES,
];

it('nginx recover notices a slip in every leaf, or the leaf is inert', () => {
  const before = JSON.stringify(recover(FULL, PODS));
  for (const leaf of leavesOf(FULL)) {
    const path = leaf.path.map(String);
    if (isInert(inert, FULL[leaf.index]!.kind, path)) continue;
    for (const slip of slips(leaf.value))
      expect(JSON.stringify(recover(withLeaf(FULL, leaf, slip), PODS)), `${path.join('.')} ${slip}`).not.toBe(before);
  }
});

it('nginx recover survives anything', () => {
  fc.assert(
    fc.property(garbled(FULL), objects => {
      for (const { split } of recover(objects, PODS).rules)
        for (const { share } of split) expect(share).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

/** Shares of the default rule by version. */
const sharesIn = ({ rules }: Recovered): ReadonlyMap<string, number> =>
  new Map(
    (rules.at(-1)?.split ?? []).map(({ target, share }) => ['version' in target ? target.version : 'nowhere', share]),
  );

it('gives no version less or more than before and after a hop, whichever of the two Ingresses is updated first', () => {
  fc.assert(
    fc.property(RANDOM.nginx, rollout => {
      const plan = planRollout(flatten(rollout, PROVIDERS).flats[0]!, PROVIDERS, undefined, templates).plan!;
      const [emit, workloads] = [nginx.emitter(plan), workloadEmitter(plan)];
      for (const { from, to } of plan.hops) {
        const [one, other] = [from, to].map(name => stateOf(plan, name));
        const running = [...workloads(one!), ...workloads(other!)];
        const shares = (mainOf: typeof one, canaryOf: typeof one) => {
          const services = [...emit(one!), ...emit(other!)].filter(({ kind }) => kind === 'Service');
          const distinct = [...new Map(services.map(object => [object.metadata.name, object])).values()];
          const isCanary = ({ metadata }: KubeObject) => metadata.name === 'shop-canary';
          const sides = [
            ...emit(mainOf!).filter(object => object.kind === 'Ingress' && !isCanary(object)),
            ...emit(canaryOf!).filter(object => object.kind === 'Ingress' && isCanary(object)),
          ];
          return sharesIn(recover([...sides, ...distinct], readPods([...new Set(running)])));
        };
        const [before, after] = [shares(one, one), shares(other, other)];
        for (const between of [shares(one, other), shares(other, one)])
          for (const version of new Set([...before.keys(), ...after.keys(), ...between.keys()])) {
            const ends = [before.get(version) ?? 0, after.get(version) ?? 0];
            expect(between.get(version) ?? 0, `${version} from ${from} to ${to}`).toBeGreaterThanOrEqual(
              Math.min(...ends),
            );
            expect(between.get(version) ?? 0, `${version} from ${from} to ${to}`).toBeLessThanOrEqual(
              Math.max(...ends),
            );
          }
      }
    }),
    { numRuns: 60 },
  );
});

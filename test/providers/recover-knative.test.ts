import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import { inert } from '../../src/providers/knative/inert.ts';
import { recover } from '../../src/providers/knative/recover.ts';
import { garbled, isInert, leavesOf, slips, subsetsOf, withLeaf } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const PORT = { containerPort: 8080, name: 'http1', protocol: 'TCP' };

const container = (ports: Json): Json => ({
  name: 'shop',
  image: 'registry.example.com/shop:1.0.0',
  env: [{ name: 'LEVEL', value: 'info' }],
  ports,
  readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
});

const template = (name: string | undefined, spec: Fields = {}): Json => ({
  metadata: {
    ...(name === undefined ? {} : { name }),
    labels: { app: 'shop' },
    annotations: { 'autoscaling.knative.dev/min-scale': '2' },
  },
  spec: {
    timeoutSeconds: 10,
    containerConcurrency: 0,
    serviceAccountName: 'shop',
    containers: [container([PORT])],
    ...spec,
  },
});

const object = (kind: string, name: string, spec: Fields): KubeObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind,
  metadata: { name, namespace: 'prod', labels: { app: 'shop' }, annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
  spec,
});

const pinned = (version: string, percent?: Json, tag?: string): Json => ({
  revisionName: `shop-${version}`,
  latestRevision: false,
  ...(percent === undefined ? {} : { percent }),
  ...(tag === undefined ? {} : { tag }),
});

const service = (traffic: Json, spec: Fields = {}): KubeObject =>
  object('Service', 'shop', { template: template('shop-v2'), traffic, ...spec });

const portion = (version: string, share = 10_000) => ({ target: { version }, share });
const read = (traffic: Json, spec: Fields = {}) => recover([service(traffic, spec)], []);

describe('knative recover: Service', () => {
  it.each<{ percents: readonly (number | undefined)[]; shares: readonly number[] }>([
    { percents: [90, 10], shares: [9000, 1000] },
    { percents: [100, 0], shares: [10_000, 0] },
    { percents: [100, undefined], shares: [10_000, 0] },
    { percents: [1, 99], shares: [100, 9900] },
    { percents: [33, 33, 34], shares: [3300, 3300, 3400] },
  ])('percents $percents give $shares', ({ percents, shares }) => {
    const { rules, problems } = read(percents.map((percent, i) => pinned(`v${i + 1}`, percent, `t${i + 1}`)));
    const split = shares.flatMap((share, i) => (share > 0 ? portion(`v${i + 1}`, share) : []));
    expect({ split: rules[0]?.split, problems }).toEqual({ split, problems: [] });
  });

  it.each<{ percents: readonly Json[]; why: string }>([
    { percents: [50, 10], why: 'the percents total 60, and Knative takes 100 only' },
    { percents: [60, 50], why: 'the percents total 110, and Knative takes 100 only' },
    { percents: [99.5, 0.5], why: '99.5 stands where a whole number of 0 or more is read' },
    { percents: [110, -10], why: '-10 stands where a whole number of 0 or more is read' },
    { percents: ['100', 0], why: '"100" stands where a whole number of 0 or more is read' },
    { percents: [], why: 'the percents total 0, and Knative takes 100 only' },
  ])('Knative refuses percents $percents', ({ percents, why }) => {
    const { problems } = read(percents.map((percent, i) => pinned(`v${i + 1}`, percent, `t${i + 1}`)));
    expect(problems).toContainEqual(expect.stringContaining(why));
  });

  it('adds up the entries of one revision', () => {
    const { rules, addresses } = read([pinned('v10', 20), pinned('v2', 50), pinned('v10', 30, 'candidate')]);
    expect(rules[0]?.split).toEqual([portion('v2', 5000), portion('v10', 5000)]);
    expect(addresses).toEqual([{ promised: 'candidate', target: { version: 'v10' } }]);
  });

  it('reads everything that a caller can see', () => {
    expect(read([pinned('v1', 90, 'v1'), pinned('v2', 10, 'v2')])).toEqual({
      hosts: ['shop'],
      gateways: [],
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'http' }],
      rules: [{ matches: [], split: [portion('v1', 9000), portion('v2', 1000)], mirror: [] }],
      addresses: [
        { promised: 'v1', target: { version: 'v1' } },
        { promised: 'v2', target: { version: 'v2' } },
      ],
      policies: { v2: { timeout: 10_000 } },
      problems: [],
    });
  });

  it.each<[string, Json]>([
    ['baseline', [pinned('v1', 100)]],
    ['a candidate that only its tag reaches', [pinned('v1', 100), pinned('v2', 0, 'candidate')]],
    ['ten percent', [pinned('v1', 90), pinned('v2', 10, 'candidate')]],
  ])('follows a release: %s', (step, traffic) => {
    const { rules, addresses, problems } = read(traffic);
    expect(problems).toEqual([]);
    expect(rules[0]?.split).toEqual(
      step === 'ten percent' ? [portion('v1', 9000), portion('v2', 1000)] : [portion('v1')],
    );
    expect(addresses).toEqual(step === 'baseline' ? [] : [{ promised: 'candidate', target: { version: 'v2' } }]);
  });

  it('a tag leads to its own entry, whatever it promises', () => {
    expect(read([pinned('v1', 100, 'v2')]).addresses).toEqual([{ promised: 'v2', target: { version: 'v1' } }]);
  });

  it('reads the label that keeps the host inside the cluster', () => {
    const seen = (visibility: string) => {
      const sound = service([pinned('v2', 100)]);
      const labels = { 'networking.knative.dev/visibility': visibility };
      return recover([{ ...sound, metadata: { ...sound.metadata, labels } }], []);
    };
    expect(seen('cluster-local')).toMatchObject({ hosts: ['shop'], gateways: ['cluster-local'], problems: [] });
    expect(seen('everywhere').problems).toHaveLength(1);
  });

  it.each<[string, Json, { targetPort: number; protocol: string }]>([
    ['http1', [{ containerPort: 9000, name: 'http1' }], { targetPort: 9000, protocol: 'http' }],
    ['no name', [{ containerPort: 9000 }], { targetPort: 9000, protocol: 'http' }],
    ['h2c', [{ containerPort: 9000, name: 'h2c' }], { targetPort: 9000, protocol: 'http2' }],
    ['no port at all', [], { targetPort: 8080, protocol: 'http' }],
  ])('reads a port with %s', (_, ports, port) => {
    const { ports: found, problems } = read([pinned('v2', 100)], {
      template: template('shop-v2', { containers: [container(ports)] }),
    });
    expect({ found, problems }).toEqual({ found: [{ name: 'http', port: 80, ...port }], problems: [] });
  });

  it.each<[string, Json, Fields]>([
    ['the newest revision', [{ latestRevision: true, percent: 100 }], {}],
    ['a pinned newest revision', [{ revisionName: 'shop-v1', latestRevision: true, percent: 100 }], {}],
    ['a Configuration', [{ revisionName: 'shop-v1', configurationName: 'shop', percent: 100 }], {}],
    ['a revision of somebody else', [{ revisionName: 'cart-v1', percent: 100 }], {}],
    ['a revision without a version', [{ revisionName: 'shop-', percent: 100 }], {}],
    ['a url', [{ revisionName: 'shop-v1', percent: 100, url: 'http://x' }], {}],
    ['one tag twice', [pinned('v1', 50, 'x'), pinned('v2', 50, 'x')], {}],
    ['an empty tag', [pinned('v1', 100, '')], {}],
    ['an entry for nobody', [pinned('v1', 100), pinned('v2', 0)], {}],
    ['a template without a name', [pinned('v1', 100)], { template: template(undefined) }],
    ["a template with another's name", [pinned('v1', 100)], { template: template('cart-v1') }],
    [
      'no timeout',
      [pinned('v2', 100)],
      { template: { metadata: { name: 'shop-v2' }, spec: { containers: [container([])] } } },
    ],
    ['a timeout of 0', [pinned('v2', 100)], { template: template('shop-v2', { timeoutSeconds: 0 }) }],
    [
      'a limit of requests in words',
      [pinned('v2', 100)],
      { template: template('shop-v2', { containerConcurrency: 'one' }) },
    ],
    ['another timeout', [pinned('v2', 100)], { template: template('shop-v2', { idleTimeoutSeconds: 1 }) }],
    ['two ports', [pinned('v2', 100)], { template: template('shop-v2', { containers: [container([PORT, PORT])] }) }],
    ['no container', [pinned('v2', 100)], { template: template('shop-v2', { containers: [] }) }],
    [
      'a named port',
      [pinned('v2', 100)],
      { template: template('shop-v2', { containers: [container([{ name: 'web' }])] }) },
    ],
  ])('does not pretend to understand %s', (_, traffic, spec) => {
    expect(read(traffic, spec).problems).not.toEqual([]);
  });

  it('without a traffic list every request floats', () => {
    const { rules, problems } = recover([object('Service', 'shop', { template: template('shop-v2') })], []);
    expect(rules[0]?.split).toEqual([{ target: { missing: expect.stringContaining('newest') }, share: 10_000 }]);
    expect(problems).not.toEqual([]);
  });

  it('refuses objects that route besides', () => {
    const sound = service([pinned('v2', 100)]);
    const quiet: KubeObject = { ...sound, apiVersion: 'v1', kind: 'ConfigMap' };
    expect(recover([sound, quiet], []).problems).toEqual([]);
    for (const extra of [
      { ...sound, apiVersion: 'v1' },
      { ...sound, kind: 'Revision' },
      { ...sound, kind: 'DomainMapping' },
      { ...sound, kind: 'Route', spec: { traffic: [] } },
      { ...sound, metadata: { ...sound.metadata, name: 'cart' } },
      sound,
    ]) {
      expect(recover([sound, extra], []).problems, extra.kind).not.toEqual([]);
    }
    expect(recover([{ ...sound, apiVersion: 'serving.knative.dev/v1alpha1' }], []).problems).not.toEqual([]);
  });
});

const follow = (version: string, percent: number, tag: string): Json => ({
  configurationName: `shop-${version}`,
  latestRevision: true,
  percent,
  tag,
});
const configuration = (version: string, spec: Fields = {}): KubeObject =>
  object('Configuration', `shop-${version}`, { template: template(`shop-${version}-1`, spec) });
const ROUTE = object('Route', 'shop', { traffic: [follow('v1', 75, 'v1'), follow('v2', 25, 'v2')] });
const SPLIT = [ROUTE, configuration('v1', { timeoutSeconds: 5 }), configuration('v2')];

describe('knative recover: Route', () => {
  it('reads everything that a caller can see', () => {
    expect(recover(SPLIT, [])).toEqual({
      hosts: ['shop'],
      gateways: [],
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'http' }],
      rules: [{ matches: [], split: [portion('v1', 7500), portion('v2', 2500)], mirror: [] }],
      addresses: [
        { promised: 'v1', target: { version: 'v1' } },
        { promised: 'v2', target: { version: 'v2' } },
      ],
      policies: { v1: { timeout: 5000 }, v2: { timeout: 10_000 } },
      problems: [],
    });
  });

  it.each(subsetsOf(['shop', 'shop-v1', 'shop-v2']))('reads %s %s %s alone', (...names) => {
    const { rules, addresses, policies, problems } = recover(
      SPLIT.filter(({ metadata }) => names.includes(metadata.name)),
      [],
    );
    const end = (version: string) =>
      names.includes(`shop-${version}`)
        ? { version }
        : { missing: `Configuration shop-${version} is not among these objects` };
    expect(problems).toEqual([]);
    if (!names.includes('shop'))
      return expect({ rules, addresses, policies }).toEqual({
        rules: [],
        addresses: [],
        policies: {},
      });
    expect(rules[0]?.split).toEqual(
      expect.arrayContaining([
        { target: end('v1'), share: 7500 },
        { target: end('v2'), share: 2500 },
      ]),
    );
    expect(addresses).toEqual(['v1', 'v2'].map(version => ({ promised: version, target: end(version) })));
    expect(Object.keys(policies)).toEqual(['v1', 'v2'].filter(version => names.includes(`shop-${version}`)));
  });

  const route = (traffic: Json) => recover([object('Route', 'shop', { traffic }), ...SPLIT.slice(1)], []).problems;

  it.each<[string, Json]>([
    ['a revision', [pinned('v1', 100)]],
    ['a revision of a Configuration', [{ configurationName: 'shop-v1', revisionName: 'shop-v1-1', percent: 100 }]],
    ['an older revision', [{ configurationName: 'shop-v1', latestRevision: false, percent: 100 }]],
    ['nothing', []],
  ])('does not pretend to understand a Route to %s', (_, traffic) => {
    expect(route(traffic)).not.toEqual([]);
  });

  it.each<[string, KubeObject]>([
    ['on another port', configuration('v3', { containers: [container([{ containerPort: 9000 }])] })],
    ['of another name', { ...configuration('v3'), metadata: { name: 'cart-v1', namespace: 'prod' } }],
    ['with a name that Knative refuses', object('Configuration', 'shop-v3', { template: template('other') })],
  ])('does not pretend to understand a Configuration %s', (_, extra) => {
    expect(recover([...SPLIT, extra], []).problems).not.toEqual([]);
  });
});

describe('knative recover: every leaf', () => {
  // Of a Service only the name is seen from outside: its namespace is part of its identity, which claims are about.
  const isIdentity = (kind: string, path: readonly string[]) =>
    kind === 'Service' && path.join('.') === 'metadata.namespace';

  it.each([
    ['Service', [service([pinned('v1', 90, 'v1'), pinned('v2', 10, 'v2')])]],
    ['Route', SPLIT],
  ])('notices every leaf of a %s but the inert', (_, objects) => {
    const sound = JSON.stringify(recover(objects, []));
    for (const leaf of leavesOf(objects)) {
      const { kind } = objects[leaf.index]!;
      if (isInert(inert, kind, leaf.path) || isIdentity(kind, leaf.path)) continue;
      const unnoticed = slips(leaf.value).filter(
        by => JSON.stringify(recover(withLeaf(objects, leaf, by), [])) === sound,
      );
      expect(unnoticed, `${kind} ${leaf.path.join('.')}`).toEqual([]);
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(garbled([service([pinned('v1', 90, 'v1'), pinned('v2', 10, 'v2')]), ...SPLIT]), objects => {
        expect(recover(objects, []).rules.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });
});

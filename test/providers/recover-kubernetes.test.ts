import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { inert } from '../../src/providers/kubernetes/inert.ts';
import { recover } from '../../src/providers/kubernetes/recover.ts';
import { garbled, isInert, leavesOf, slips, subsetsOf, withLeaf } from './leaves.ts';

const service = (name: string, selector: Labels, spec: { readonly [field: string]: Json } = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod', labels: { app: 'shop' }, annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
  spec: {
    type: 'ClusterIP',
    selector,
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }],
    ...spec,
  },
});

const pods = (version: string, replicas: number): Pods => ({
  version,
  replicas,
  labels: { app: 'shop', version, team: 'web' },
  keeper: `apps/Deployment/prod/shop-${version}`,
});

const split = (objects: readonly KubeObject[], running: readonly Pods[]) =>
  recover(objects, running).rules.map(rule => rule.split);

const ROOT = service('shop', { app: 'shop' });
const FULL = [
  ROOT,
  service('shop-v1', { app: 'shop', version: 'v1' }),
  service('shop-v2', { app: 'shop', version: 'v2' }),
];

describe('kubernetes recover', () => {
  it.each([
    { running: { v1: 9, v2: 1 }, out: { v1: 9000, v2: 1000 } },
    { running: { v1: 3, v2: 1 }, out: { v1: 7500, v2: 2500 } },
    { running: { v1: 1, v2: 1, v3: 1 }, out: { v1: 3334, v2: 3333, v3: 3333 } },
    { running: { v10: 2, v2: 4 }, out: { v2: 6667, v10: 3333 } },
    { running: { v1: 4, v2: 0 }, out: { v1: 10_000 } },
  ])('splits $running by the numbers of pods', ({ running, out }) => {
    const list = Object.entries(running).map(([version, replicas]) => pods(version, replicas));
    expect(split([ROOT], list)).toEqual([
      Object.entries(out).map(([version, share]) => ({ target: { version }, share })),
    ]);
  });

  it('sends everything to the version that the selector names', () => {
    const blue = service('shop', { app: 'shop', version: 'v1' });
    expect(split([blue], [pods('v1', 3), pods('v2', 3)])).toEqual([[{ target: { version: 'v1' }, share: 10_000 }]]);
  });

  it('reads everything that a caller can see', () => {
    expect(recover(FULL, [pods('v1', 3), pods('v2', 1)])).toEqual({
      hosts: ['shop'],
      gateways: [],
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'http' }],
      rules: [
        {
          matches: [],
          split: [
            { target: { version: 'v1' }, share: 7500 },
            { target: { version: 'v2' }, share: 2500 },
          ],
          mirror: [],
        },
      ],
      addresses: [
        { promised: 'v1', target: { version: 'v1' } },
        { promised: 'v2', target: { version: 'v2' } },
      ],
      policies: {},
      problems: [],
    });
  });

  it('says where an address really leads', () => {
    const objects = [ROOT, service('shop-v1', { app: 'shop', version: 'v2' }), service('shop-v2', { app: 'shop' })];
    expect(recover(objects, [pods('v1', 1), pods('v2', 1)]).addresses).toEqual([
      { promised: 'v1', target: { version: 'v2' } },
      { promised: 'v2', target: { missing: 'pods of several versions: v1, v2' } },
    ]);
  });

  it.each([
    ['http', 'http'],
    ['http2', 'http2'],
    ['kubernetes.io/h2c', 'http2'],
    ['grpc', 'grpc'],
    ['tcp', 'tcp'],
  ])('reads the protocol %s as %s', (appProtocol, protocol) => {
    const port = { name: 'main', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol };
    const { ports, problems } = recover([service('shop', { app: 'shop' }, { ports: [port] })], [pods('v1', 1)]);
    expect({ ports, problems }).toEqual({
      ports: [{ name: 'main', port: 80, targetPort: 8080, protocol }],
      problems: [],
    });
  });

  it.each<[string, { readonly [field: string]: Json }]>([
    ['stickiness', { sessionAffinity: 'ClientIP' }],
    ['another type', { type: 'LoadBalancer' }],
    ['pods that are not ready', { publishNotReadyAddresses: true }],
    ['a headless Service', { clusterIP: 'None' }],
    ['node-local routing', { internalTrafficPolicy: 'Local' }],
    [
      'a port by name',
      { ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP', appProtocol: 'http' }] },
    ],
    ['no transport', { ports: [{ name: 'http', port: 80, targetPort: 80, appProtocol: 'http' }] }],
    ['UDP', { ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'UDP', appProtocol: 'http' }] }],
    ['a protocol left to guess', { ports: [{ name: 'web', port: 80, targetPort: 80, protocol: 'TCP' }] }],
    ['no port', { ports: [] }],
    ['no selector', { selector: {} }],
  ])('does not pretend to understand %s', (_, spec) => {
    expect(recover([service('shop', { app: 'shop' }, spec)], [pods('v1', 1)]).problems).not.toEqual([]);
  });

  it('takes what Kubernetes does anyway for what it is', () => {
    const spec = { sessionAffinity: 'None', publishNotReadyAddresses: false, internalTrafficPolicy: 'Cluster' };
    expect(recover([service('shop', { app: 'shop' }, spec)], [pods('v1', 1)]).problems).toEqual([]);
  });

  it.each([
    ['no pods carry app=shop', []],
    ['0 pods carry app=shop', [pods('v1', 0)]],
    ['no pods carry app=shop', [{ ...pods('v1', 1), keeper: 'apps/Deployment/staging/shop-v1' }]],
  ])('%s: %o', (missing, running) => {
    expect(split([ROOT], running)).toEqual([[{ target: { missing }, share: 10_000 }]]);
  });

  it('reads every subset of its objects', () => {
    for (const objects of subsetsOf(FULL)) {
      const { hosts, addresses, problems } = recover(objects, [pods('v1', 3), pods('v2', 1)]);
      expect(hosts).toEqual(objects.includes(ROOT) ? ['shop'] : []);
      expect(addresses.map(({ promised }) => `shop-${promised}`)).toEqual(
        objects.filter(o => o !== ROOT).map(o => o.metadata.name),
      );
      expect(problems).toEqual([]);
    }
  });

  it('reads no other kind, and says so where one could route', () => {
    const other = (apiVersion: string, kind: string): KubeObject => ({ ...ROOT, apiVersion, kind });
    const quiet = [other('apps/v1', 'Deployment'), other('v1', 'ConfigMap'), other('policy/v1', 'PodDisruptionBudget')];
    expect(recover([...FULL, ...quiet], [pods('v1', 1)])).toEqual(recover(FULL, [pods('v1', 1)]));
    for (const object of [
      other('networking.k8s.io/v1', 'Ingress'),
      other('networking.istio.io/v1', 'VirtualService'),
      other('v1', 'Endpoints'),
      other('v2', 'Service'),
      service('shopping', { app: 'shop' }),
      service('shop', { app: 'shop' }),
    ]) {
      expect(recover([...FULL, object], [pods('v1', 1)]).problems, object.kind).not.toEqual([]);
    }
  });

  it('notices every leaf but the inert', () => {
    const running = [pods('v1', 3), pods('v2', 1)];
    const sound = JSON.stringify(recover(FULL, running));
    for (const leaf of leavesOf(FULL)) {
      const unnoticed = slips(leaf.value).filter(
        by => JSON.stringify(recover(withLeaf(FULL, leaf, by), running)) === sound,
      );
      expect(unnoticed.length === 0, leaf.path.join('.')).toBe(!isInert(inert, 'Service', leaf.path));
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(garbled(FULL), objects => {
        expect(recover(objects, [pods('v1', 3), pods('v2', 1)]).rules.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

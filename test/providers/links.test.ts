import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links as istio } from '../../src/providers/istio/links.ts';
import { links as knative } from '../../src/providers/knative/links.ts';
import { links as kubernetes } from '../../src/providers/kubernetes/links.ts';
import { workloadLinks } from '../../src/workloads/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const object = (apiVersion: string, kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const service = (name: string, selector?: Labels) =>
  object('v1', 'Service', name, {
    ...(selector === undefined ? {} : { selector }),
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
  });
const pods = (labels: Labels) => ({ kind: 'pods', namespace: 'prod', labels });
const SHOP = '/Service/prod/shop';

describe('a Service', () => {
  it('is where requests come in, and a door, and a door for each port', () => {
    const behind = { ...pods({ app: 'shop' }), ports: [{ door: `${SHOP} port 80`, target: 8080 }] };
    expect(kubernetes(service('shop', { app: 'shop' }), ROOT)).toEqual({
      entry: {
        host: SHOP,
        precedence: 0,
        rules: [{ matches: [], asks: [{ doors: [SHOP], share: 10_000, copies: false }] }],
      },
      doors: [
        { name: SHOP, behind },
        { name: `${SHOP} port 80`, behind },
      ],
    });
  });

  it('of another name is a door only', () => {
    expect(kubernetes(service('shop-v1', { app: 'shop', version: 'v1' }), ROOT)?.entry).toBeUndefined();
  });

  it('without a selector has nothing behind it', () => {
    expect(istio(service('shop'), ROOT)?.doors[0]).toEqual({ name: SHOP, behind: { kind: 'nothing' } });
  });
});

describe('Istio', () => {
  const route = (...destinations: Json[]) =>
    object('networking.istio.io/v1', 'VirtualService', 'shop', {
      hosts: ['shop.prod.svc.cluster.local', 'shop.example.com'],
      http: [{ route: destinations, mirrors: [{ destination: { host: 'legacy' }, percentage: { value: 5 } }] }],
    });
  const to = (subset: string, weight: number): Json => ({
    destination: { host: 'shop', subset, port: { number: 80 } },
    weight,
  });

  it('asks for Service, port and subset, and for nothing where no request goes', () => {
    expect(istio(route(to('v1', 3), to('v2', 1), to('gone', 0)), ROOT)?.entry).toEqual({
      host: SHOP,
      also: ['shop.example.com'],
      precedence: 1,
      rules: [
        {
          matches: [],
          asks: [
            { doors: [SHOP, `${SHOP} port 80`, `${SHOP} subset v1`], share: 7500, copies: false },
            { doors: [SHOP, `${SHOP} port 80`, `${SHOP} subset v2`], share: 2500, copies: false },
            { doors: ['/Service/prod/legacy'], share: 500, copies: true },
          ],
        },
      ],
    });
  });

  it('opens subsets under the name of the Service, whatever the DestinationRule is called', () => {
    const rule = object('networking.istio.io/v1', 'DestinationRule', 'any', {
      host: 'shop',
      subsets: [{ name: 'v2', labels: { version: 'v2' } }],
    });
    expect(istio(rule, ROOT)).toEqual({ doors: [{ name: `${SHOP} subset v2`, behind: pods({ version: 'v2' }) }] });
  });

  it('reads no Deployment', () => {
    expect(istio(object('apps/v1', 'Deployment', 'shop', {}), ROOT)).toBeUndefined();
  });
});

describe('Knative', () => {
  const template = (name?: string): Json => ({
    metadata: name === undefined ? {} : { name },
    spec: {
      timeoutSeconds: 5,
      containers: [{ image: 'a', volumeMounts: [{ name: 'config', mountPath: '/etc/shop', readOnly: true }] }],
      volumes: [{ name: 'config', configMap: { name: 'shop-files' } }],
    },
  });
  const revision = (name: string) => `serving.knative.dev/Revision/prod/${name}`;
  const mounts = ['/ConfigMap/prod/shop-files'];

  it('makes the revision of the template, which lasts, and asks for those of the list', () => {
    const traffic = [
      { revisionName: 'shop-v1', percent: 90 },
      { revisionName: 'shop-v2', percent: 10, tag: 'v2' },
    ];
    expect(
      knative(object('serving.knative.dev/v1', 'Service', 'shop', { template: template('shop-v2'), traffic }), ROOT),
    ).toEqual({
      entry: {
        host: SHOP,
        precedence: 1,
        rules: [
          {
            matches: [],
            asks: [
              { doors: [revision('shop-v1')], share: 9000, copies: false, lasting: true },
              { doors: [revision('shop-v2')], share: 1000, copies: false, lasting: true },
            ],
          },
        ],
      },
      doors: [{ name: revision('shop-v2'), behind: { kind: 'kept', version: 'v2', mounts }, lasting: true }],
    });
  });

  it('holds a Configuration behind a Route', () => {
    const name = 'serving.knative.dev/Configuration/prod/shop-v1';
    const configuration = object('serving.knative.dev/v1', 'Configuration', 'shop-v1', { template: template() });
    const route = object('serving.knative.dev/v1', 'Route', 'shop', {
      traffic: [{ configurationName: 'shop-v1', percent: 100 }],
    });
    expect(knative(configuration, ROOT)?.doors).toEqual([{ name, behind: { kind: 'kept', version: 'v1', mounts } }]);
    expect(knative(route, ROOT)?.entry?.rules[0]?.asks).toEqual([{ doors: [name], share: 10_000, copies: false }]);
  });
});

it('Knative names everything that the pods of a revision need', () => {
  const env = [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } }];
  const template = {
    metadata: { name: 'shop-v1' },
    spec: { serviceAccountName: 'robot', containers: [{ image: 'a', env }], volumes: [] },
  };
  const [door] = knative(object('serving.knative.dev/v1', 'Service', 'shop', { template }), ROOT)!.doors;
  expect(door?.behind).toEqual({
    kind: 'kept',
    version: 'v1',
    mounts: ['/ServiceAccount/prod/robot', '/Secret/prod/keys'],
  });
});

describe('what keeps pods', () => {
  it('is a Deployment, with what its pods cannot start without', () => {
    const labels = { app: 'shop', version: 'v1' };
    const template = {
      metadata: { labels },
      spec: {
        serviceAccountName: 'robot',
        containers: [{ envFrom: [{ secretRef: { name: 'keys' } }] }],
        volumes: [{ name: 'a', configMap: { name: 'files' } }],
      },
    };
    expect(workloadLinks(object('apps/v1', 'Deployment', 'shop-v1', { replicas: 3, template })).keeps).toEqual({
      namespace: 'prod',
      version: 'v1',
      labels,
      replicas: 3,
      ports: [],
      mounts: expect.arrayContaining(['/Secret/prod/keys', '/ConfigMap/prod/files', '/ServiceAccount/prod/robot']),
    });
  });

  it('is scaled by an autoscaler, to one pod where nobody says how many', () => {
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-v1' };
    const scales = (spec: Json) => workloadLinks(object('autoscaling/v2', 'HorizontalPodAutoscaler', 'a', spec)).scales;
    const keeper = 'apps/Deployment/prod/shop-v1';
    expect(scales({ scaleTargetRef, minReplicas: 4 })).toEqual({ keeper, min: 4 });
    expect(scales({ scaleTargetRef })).toEqual({ keeper, min: 1 });
  });
});

it('never throws, whatever an object holds', () => {
  for (const read of [istio, knative, kubernetes, workloadLinks])
    for (const [apiVersion, kind] of [
      ['v1', 'Service'],
      ['apps/v1', 'Deployment'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
      ['networking.istio.io/v1', 'VirtualService'],
      ['networking.istio.io/v1', 'DestinationRule'],
      ['serving.knative.dev/v1', 'Service'],
      ['serving.knative.dev/v1', 'Route'],
    ] as const)
      for (const spec of [null, 1, 'x', [], {}, { template: 1, traffic: 2, http: [3], route: {}, subsets: 'a' }])
        expect(() => read(object(apiVersion, kind, 'shop', spec as Json), ROOT)).not.toThrow();
});

import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/kubernetes.ts';
import { at, compiled, errorsOf, rendered, rolloutOf, statesOf } from './given.ts';

const metadata = (scope?: string) => ({
  name: 'shop',
  ...(scope === undefined ? {} : { annotations: { 'surefoot.dev/scope': scope } }),
});
const LABELS = { app: 'store' };

/** A Deployment whose pod spec is given, with a main container and another of each sort. */
const deployment = (pod: object, container: object = {}) => {
  const one = (name: string) => ({ name, image: 'x:1', ...container });
  const spec = {
    containers: [one('shop'), one('beside')],
    initContainers: [one('first')],
    ephemeralContainers: [one('late')],
    ...pod,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'store' },
    spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec } },
  };
};

/** What a version `v1` of these objects emits in its baseline. */
function emitted(objects: readonly object[], version: object = {}) {
  const text = rolloutOf({ v1: { template: 'templates/shop.yaml', ...version } });
  const result = compiled(text, { 'rollouts/templates/shop.yaml': rendered(objects) });
  expect(errorsOf(result)).toEqual([]);
  return statesOf(result)['baseline']!;
}

const kinds: { readonly [kind: string]: object } = {
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap' },
  Secret: { apiVersion: 'v1', kind: 'Secret' },
  PersistentVolumeClaim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { accessModes: ['ReadWriteMany'] } },
  ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount' },
};

const named = (name: string) => ({ name });
const every = (path: string) =>
  ['containers.0', 'containers.1', 'initContainers.0', 'ephemeralContainers.0'].map(c => `${c}.${path}`);
const volume = (words: object) => (name: string) => ({
  volumes: [{ name: 'v', ...JSON.parse(JSON.stringify(words).replaceAll('NAME', name)) }],
});

/** Every way in which a pod names an object. */
const ways: readonly [
  way: string,
  kind: string,
  pod: (name: string) => object,
  container: (name: string) => object,
  paths: readonly string[],
][] = [
  [
    'envFrom configMapRef',
    'ConfigMap',
    () => ({}),
    n => ({ envFrom: [{ configMapRef: named(n) }] }),
    every('envFrom.0.configMapRef.name'),
  ],
  [
    'envFrom secretRef',
    'Secret',
    () => ({}),
    n => ({ envFrom: [{ secretRef: named(n) }] }),
    every('envFrom.0.secretRef.name'),
  ],
  [
    'env configMapKeyRef',
    'ConfigMap',
    () => ({}),
    n => ({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: n, key: 'a' } } }] }),
    every('env.0.valueFrom.configMapKeyRef.name'),
  ],
  [
    'env secretKeyRef',
    'Secret',
    () => ({}),
    n => ({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: n, key: 'a' } } }] }),
    every('env.0.valueFrom.secretKeyRef.name'),
  ],
  [
    'a volume configMap',
    'ConfigMap',
    volume({ configMap: { name: 'NAME' } }),
    () => ({}),
    ['volumes.0.configMap.name'],
  ],
  [
    'a volume secret',
    'Secret',
    volume({ secret: { secretName: 'NAME' } }),
    () => ({}),
    ['volumes.0.secret.secretName'],
  ],
  [
    'a projected configMap',
    'ConfigMap',
    volume({ projected: { sources: [{ configMap: { name: 'NAME' } }] } }),
    () => ({}),
    ['volumes.0.projected.sources.0.configMap.name'],
  ],
  [
    'a projected secret',
    'Secret',
    volume({ projected: { sources: [{ secret: { name: 'NAME' } }] } }),
    () => ({}),
    ['volumes.0.projected.sources.0.secret.name'],
  ],
  [
    'a csi secret',
    'Secret',
    volume({ csi: { driver: 'd', nodePublishSecretRef: { name: 'NAME' }, volumeAttributes: { secretName: 'NAME' } } }),
    () => ({}),
    ['volumes.0.csi.nodePublishSecretRef.name'],
  ],
  [
    'a claim',
    'PersistentVolumeClaim',
    volume({ persistentVolumeClaim: { claimName: 'NAME' } }),
    () => ({}),
    ['volumes.0.persistentVolumeClaim.claimName'],
  ],
  ['imagePullSecrets', 'Secret', n => ({ imagePullSecrets: [named(n)] }), () => ({}), ['imagePullSecrets.0.name']],
  ['serviceAccountName', 'ServiceAccount', n => ({ serviceAccountName: n }), () => ({}), ['serviceAccountName']],
  ['serviceAccount', 'ServiceAccount', n => ({ serviceAccount: n }), () => ({}), ['serviceAccount']],
];

const podOf = (objects: readonly object[]): Json | undefined =>
  at(
    objects.find(object => at(object, 'kind') === 'Deployment'),
    'spec.template.spec',
  );

describe.each(ways)('%s', (_, kind, pod, container, paths) => {
  const shop = deployment(pod('shop'), container('shop'));
  const values = (objects: readonly object[]) => paths.map(path => at(podOf(objects), path));
  const all = (name: string) => paths.map(() => name);

  it('follows an object that each version has for itself', () => {
    expect(values(emitted([{ ...kinds[kind], metadata: metadata('version') }, shop]))).toEqual(all('shop-v1'));
  });
  it('stays with an object that versions share', () => {
    expect(values(emitted([{ ...kinds[kind], metadata: metadata('shared') }, shop]))).toEqual(all('shop'));
  });
  it('stays with an object that the template does not hold, also where one of another kind has its name', () => {
    const other = kind === 'ConfigMap' ? 'Secret' : 'ConfigMap';
    expect(values(emitted([{ ...kinds[other], metadata: metadata('version') }, shop]))).toEqual(all('shop'));
  });
  it('stays where names are kept', () => {
    const own = { ...deployment(pod('shop'), container('shop')) };
    own.spec.selector.matchLabels = { tier: 'web' } as never;
    own.spec.template.metadata.labels = { tier: 'web' } as never;
    const objects = [{ ...kinds[kind], metadata: metadata('version') }, own];
    expect(values(emitted(objects, { keepNames: true }))).toEqual(all('shop'));
  });
});

describe('names between other objects', () => {
  const pick = (objects: readonly object[], kind: string) => objects.find(object => at(object, 'kind') === kind);
  const bare = deployment({});
  const RBAC = 'rbac.authorization.k8s.io';

  it('an autoscaler scales the Deployment of its version, which leaves the number of pods to it', () => {
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaler' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'store' },
        minReplicas: 4,
        maxReplicas: 9,
      },
    };
    const objects = emitted([bare, scaler]);
    expect(at(pick(objects, 'HorizontalPodAutoscaler'), 'metadata.name')).toBe('scaler-v1');
    expect(at(pick(objects, 'HorizontalPodAutoscaler'), 'spec.scaleTargetRef.name')).toBe('shop-v1');
    expect(at(pick(objects, 'Deployment'), 'spec.replicas')).toBeUndefined();
  });

  it('roles, bindings and accounts of a version name each other', () => {
    const own = metadata('version');
    const objects = emitted([
      bare,
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop' } },
      {
        ...kinds['ServiceAccount'],
        metadata: own,
        imagePullSecrets: [named('shop'), named('elsewhere')],
        secrets: [named('shop')],
      },
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'Role',
        metadata: own,
        rules: [
          { apiGroups: [''], resources: ['configmaps', 'secrets'], resourceNames: ['shop', 'other'], verbs: ['get'] },
        ],
      },
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata: own,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: 'shop' },
        subjects: [
          { kind: 'ServiceAccount', name: 'shop', namespace: 'prod' },
          { kind: 'ServiceAccount', name: 'shop', namespace: 'elsewhere' },
          { kind: 'User', name: 'shop', apiGroup: RBAC },
        ],
      },
    ]);
    expect(at(pick(objects, 'ServiceAccount'), 'imagePullSecrets')).toEqual([named('shop-v1'), named('elsewhere')]);
    expect(at(pick(objects, 'ServiceAccount'), 'secrets')).toEqual([named('shop-v1')]);
    expect(at(pick(objects, 'Role'), 'rules.0.resourceNames')).toEqual(['shop-v1', 'other']);
    expect(at(pick(objects, 'RoleBinding'), 'roleRef.name')).toBe('shop-v1');
    expect((at(pick(objects, 'RoleBinding'), 'subjects') as { name: string }[]).map(one => one.name)).toEqual([
      'shop-v1',
      'shop',
      'shop',
    ]);
  });

  it('a kind that nobody knows names a Deployment by kind and name', () => {
    const scaled = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadata('version'),
      spec: {
        scaleTargetRef: { name: 'store' },
        advanced: { of: { kind: 'Deployment', name: 'store' }, name: 'store' },
      },
    };
    const [object] = emitted([bare, scaled]).filter(one => one.kind === 'ScaledObject');
    expect(object!['spec']).toEqual({
      scaleTargetRef: named('shop-v1'),
      advanced: { of: { kind: 'Deployment', name: 'shop-v1' }, name: 'store' },
    });
  });

  it('what the Rollout writes names objects of the template too', () => {
    const objects = emitted([bare, { ...kinds['ConfigMap'], metadata: metadata() }], {
      env: { A: { configMapKeyRef: { name: 'shop', key: 'a' } } },
    });
    expect(at(podOf(objects), 'containers.0.env.0.valueFrom.configMapKeyRef.name')).toBe('shop-v1');
  });
});

describe('selectors of pods', () => {
  const own = { app: 'shop', version: 'v1' };
  const spread = (labelSelector: object, more: object = {}) => {
    const term = { topologyKey: 'zone', labelSelector, ...more };
    const pod = {
      topologySpreadConstraints: [
        { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', topologyKey: 'zone', labelSelector },
      ],
      affinity: {
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
        podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] },
      },
    };
    const found = podOf(emitted([deployment(pod)]));
    return [
      'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.labelSelector',
      'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.labelSelector',
      'topologySpreadConstraints.0.labelSelector',
    ].map(path => at(found, path));
  };
  const thrice = (selector: object) => [selector, selector, selector];

  it.each<[string, object]>([
    ['by a label', { matchLabels: { app: 'store' } }],
    ['by a list', { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'store'] }] }],
    ['by absence', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }],
    ['by presence', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }],
  ])('%s find the pods of the version alone', (_, selector) => {
    expect(spread(selector)).toEqual(thrice({ matchLabels: own }));
  });

  it.each<[string, object]>([
    ['of other pods', { matchLabels: { app: 'database' } }],
    ['of all others', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['store'] }] }],
    ['of everything', {}],
  ])('%s stay', (_, selector) => {
    expect(spread(selector)).toEqual(thrice(selector));
  });

  it('of pods elsewhere stay', () => {
    const selector = { matchLabels: { app: 'store' } };
    expect(spread(selector, { namespaces: ['elsewhere'] })).toEqual([selector, selector, { matchLabels: own }]);
  });
});

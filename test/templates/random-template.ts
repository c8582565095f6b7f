import fc from 'fast-check';
import type { Json } from '../../src/model/kubernetes.ts';

/** A Kubernetes object as a team would render it. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly [field: string]: Json;
}

const NAMES = ['shop', 'shop-settings', 'v1', 'reviews-v2', 'a.b', 'x'] as const;
const LABELS = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'till', tier: 'web' };

type Scope = 'version' | 'shared' | undefined;
const scopeOf = (scope: Scope) => (scope === undefined ? {} : { annotations: { 'surefoot.dev/scope': scope } });

/** What a template holds, by kind. */
interface Parts {
  readonly configMaps: readonly string[];
  readonly secrets: readonly string[];
  readonly claims: readonly { readonly name: string; readonly scope: Scope }[];
  readonly account: { readonly name: string; readonly scope: Scope } | undefined;
  readonly bound: boolean;
  readonly budget: string | undefined;
  readonly policy: Scope | 'none';
  readonly scaler: boolean;
  readonly custom: Scope | 'none';
}

const parts: fc.Arbitrary<Parts> = fc.record({
  configMaps: fc.subarray([...NAMES]),
  secrets: fc.subarray([...NAMES]),
  claims: fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...NAMES), scope: fc.constantFrom<Scope>('version', 'shared', undefined) }),
    { maxLength: 2, selector: one => one.name },
  ),
  account: fc.option(
    fc.record({ name: fc.constantFrom(...NAMES), scope: fc.constantFrom<Scope>('version', undefined) }),
    { nil: undefined },
  ),
  bound: fc.boolean(),
  budget: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
  policy: fc.constantFrom('none' as const, 'version' as const, undefined),
  scaler: fc.boolean(),
  custom: fc.constantFrom('none' as const, 'version' as const, undefined),
});

/** Names that a pod may refer to: those of the template, and one that somebody else keeps. */
const namesFor = (own: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...own, 'of-somebody-else');

const volumes = (p: Parts): fc.Arbitrary<Json[]> =>
  fc
    .array(
      fc.oneof(
        namesFor(p.configMaps).map(name => ({ configMap: { name, defaultMode: 420 } })),
        namesFor(p.secrets).map(secretName => ({ secret: { secretName } })),
        namesFor(p.claims.map(one => one.name)).map(claimName => ({ persistentVolumeClaim: { claimName } })),
        fc.tuple(namesFor(p.configMaps), namesFor(p.secrets)).map(([configMap, secret]) => ({
          projected: { sources: [{ configMap: { name: configMap } }, { secret: { name: secret } }] },
        })),
        fc.constant({ emptyDir: {} }),
      ),
      { maxLength: 4 },
    )
    .map(list => list.map((volume, i) => ({ name: i === 0 ? 'writable-1' : `volume-${i}`, ...volume })) as Json[]);

const container = (name: string, p: Parts): fc.Arbitrary<Json> =>
  fc
    .record({
      env: fc.array(
        fc.oneof(
          fc.constant({ name: 'MODE', value: 'plain' }),
          namesFor(p.configMaps).map(one => ({ name: 'A', valueFrom: { configMapKeyRef: { name: one, key: 'a' } } })),
          namesFor(p.secrets).map(one => ({ name: 'B', valueFrom: { secretKeyRef: { name: one, key: 'b' } } })),
        ),
        { maxLength: 3 },
      ),
      envFrom: fc.array(
        fc.oneof(
          namesFor(p.configMaps).map(one => ({ configMapRef: { name: one } })),
          namesFor(p.secrets).map(one => ({ secretRef: { name: one } })),
        ),
        { maxLength: 2 },
      ),
      user: fc.option(fc.constant({ runAsUser: 7, runAsGroup: 7 }), { nil: undefined }),
      lifecycle: fc.option(
        fc.constantFrom(
          { preStop: { exec: { command: ['sleep', '5'] } } },
          { postStart: { exec: { command: ['on'] } } },
        ),
        { nil: undefined },
      ),
    })
    .map(({ env, envFrom, user, lifecycle }) => ({
      name,
      image: `registry.example.com/${name}:1`,
      env: env.filter((one, i) => env.findIndex(other => other.name === one.name) === i) as Json,
      envFrom: envFrom as Json,
      ...(user === undefined ? {} : { securityContext: user }),
      ...(lifecycle === undefined ? {} : { lifecycle }),
    }));

const selectors = fc.constantFrom<Json>(
  { matchLabels: { tier: 'web' } },
  { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
  { matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'api'] }] },
  { matchLabels: { tier: 'database' } },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] },
  {},
);

const pod = (p: Parts, main: string): fc.Arbitrary<Json> =>
  fc
    .record({
      main: container(main, p),
      sidecars: fc
        .constantFrom(0, 1, 2)
        .chain(n => fc.tuple(...Array.from({ length: n }, (_, i) => container(`side-${i}`, p)))),
      first: fc.option(container('first', p), { nil: undefined }),
      volumes: volumes(p),
      pull: fc.option(namesFor(p.secrets), { nil: undefined }),
      account: fc.option(namesFor(p.account === undefined ? [] : [p.account.name]), { nil: undefined }),
      old: fc.boolean(),
      spread: selectors,
      apart: selectors,
      elsewhere: fc.boolean(),
      grace: fc.option(fc.constantFrom(45, 60), { nil: undefined }),
    })
    .map(r => ({
      containers: [...r.sidecars.slice(0, 1), r.main, ...r.sidecars.slice(1)],
      ...(r.first === undefined ? {} : { initContainers: [r.first] }),
      volumes: r.volumes,
      ...(r.pull === undefined ? {} : { imagePullSecrets: [{ name: r.pull }] }),
      ...(r.account === undefined ? {} : { [r.old ? 'serviceAccount' : 'serviceAccountName']: r.account }),
      ...(r.grace === undefined ? {} : { terminationGracePeriodSeconds: r.grace }),
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: r.spread },
      ],
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'zone', labelSelector: r.apart, ...(r.elsewhere ? { namespaces: ['elsewhere'] } : {}) },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 3, podAffinityTerm: { topologyKey: 'node', labelSelector: r.spread } },
          ],
        },
      },
    })) as fc.Arbitrary<Json>;

const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

function around(p: Parts, namespace: string | undefined, name: string): readonly Rendered[] {
  const metadata = (own: string, scope?: Scope) => ({
    name: own,
    ...(namespace === undefined ? {} : { namespace }),
    ...scopeOf(scope),
  });
  const account = p.account?.name ?? 'of-somebody-else';
  return [
    ...p.configMaps.map(own => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(own), data: { a: 'on' } })),
    ...p.secrets.map(own => ({ apiVersion: 'v1', kind: 'Secret', metadata: metadata(own), stringData: { b: 'x' } })),
    ...p.claims.map(one => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(one.name, one.scope),
      spec: CLAIM,
    })),
    ...(p.account === undefined
      ? []
      : [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(p.account.name, p.account.scope) }]),
    ...(p.bound
      ? [
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'RoleBinding',
            metadata: metadata('reader', p.account?.scope),
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
            subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'prod' }],
          },
        ]
      : []),
    ...(p.budget === undefined
      ? []
      : [
          {
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            metadata: metadata(p.budget),
            spec: { maxUnavailable: 1, selector: { matchLabels: { tier: 'web' } } },
          },
        ]),
    ...(p.policy === 'none'
      ? []
      : [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: metadata('wall', p.policy),
            spec: {
              podSelector: { matchLabels: { tier: 'web' } },
              ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'web' } } }, { podSelector: {} }] }],
            },
          },
        ]),
    ...(p.scaler
      ? [
          {
            apiVersion: 'autoscaling/v2',
            kind: 'HorizontalPodAutoscaler',
            metadata: metadata('scaler'),
            spec: {
              scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
              minReplicas: 3,
              maxReplicas: 9,
            },
          },
        ]
      : []),
    ...(p.custom === 'none'
      ? []
      : [
          {
            apiVersion: 'example.com/v1alpha1',
            kind: 'Watcher',
            metadata: metadata('watcher', p.custom),
            spec: p.custom === 'version' ? { scaleTargetRef: { name }, quirks: [null, 1.5] } : { quirks: [null, 1.5] },
          },
        ]),
  ] as readonly Rendered[];
}

/** Random right templates of a Rollout `shop` in `prod`; `scaler` says whether autoscalers may be among them. */
export const template = (scaler: boolean): fc.Arbitrary<readonly Rendered[]> =>
  fc
    .tuple(
      parts,
      fc.constantFrom(undefined, 'prod'),
      fc.constantFrom('shop', 'till', 'shop-web'),
      fc.constantFrom(1, 2, 3, 12),
    )
    .chain(([all, namespace, name, replicas]) => {
      const p = { ...all, scaler: all.scaler && scaler };
      return pod(p, 'shop').map(spec => {
        const deployment: Rendered = {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name, labels: LABELS },
          spec: {
            replicas,
            selector: { matchLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'till' } },
            template: { metadata: { labels: LABELS }, spec },
          },
        };
        return [...around(p, namespace, name), deployment];
      });
    });

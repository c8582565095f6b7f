import fc from 'fast-check';
import { stringify } from 'yaml';

/** Texts that YAML, JSON, shells and terminals read in ways of their own, and any other. */
const weird = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'on',
    'null',
    '0o14',
    '1_000',
    '12:30:45',
    '- a',
    '# b',
    'a: b',
    'a #b',
    '{}',
    '*x',
    '&x',
    '!x',
    '%x',
    '|',
    '>-',
    "it's",
    '"q"',
    'a\nb\n',
    '\n\n x \n',
    'tab\there',
    'a\r\nb',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\u001b[31m',
    '\ud800',
    '...',
    '---\n',
    '$(A)',
    '$$(A)',
    '🚀',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

const envName = fc.oneof(
  fc.constantFrom('A', 'B', 'LOG_LEVEL', 'x.y-z', '__proto__', 'a b', ''),
  fc.string({ maxLength: 8 }),
);
const reference = fc.record({
  name: fc.constantFrom('db', 'a.b', 'Bad Name'),
  key: fc.constantFrom('password', 'a/b'),
});

const variable = fc.oneof(
  fc.record({ name: envName, value: weird }),
  fc.record({ name: envName }),
  fc.record({ name: envName, valueFrom: fc.record({ secretKeyRef: reference }) }),
  fc.record({ name: envName, valueFrom: fc.record({ configMapKeyRef: reference }) }),
  fc.record({ name: envName, valueFrom: fc.constant({ fieldRef: { fieldPath: 'metadata.name' } }) }),
  fc.record({ name: envName, valueFrom: fc.constant({ resourceFieldRef: { resource: 'limits.cpu' } }) }),
);

const port = fc.record(
  {
    name: fc.constantFrom('http', 'web', 'grpc-api', '8080-tcp', 'metrics', 'a--b'),
    containerPort: fc.oneof(fc.constantFrom(0, 80, 8080, 70_000), fc.integer({ min: 1, max: 65_535 })),
    protocol: fc.constantFrom('TCP', 'UDP'),
  },
  { requiredKeys: ['containerPort'] },
);

const probe = fc.record(
  {
    httpGet: fc.record(
      { path: fc.oneof(fc.constant('/healthz'), weird), port: fc.constantFrom('http', 'web', 'nowhere', 8080, 0) },
      { requiredKeys: ['port'] },
    ),
    periodSeconds: fc.integer({ min: 0, max: 5000 }),
    failureThreshold: fc.integer({ min: 0, max: 5000 }),
  },
  { requiredKeys: ['httpGet'] },
);

const quantity = fc.constantFrom('100m', '1', '2', '1Gi', '512Mi', '0.5', 1, 0.5, '1e3', '-1', 'much');
const amounts = fc.dictionary(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu', 'a b'), quantity);

const container = fc.record(
  {
    name: fc.constant('main'),
    image: fc.constantFrom('ghcr.io/acme/shop:1.4.2', `shop@sha256:${'ab'.repeat(32)}`),
    command: fc.array(weird, { maxLength: 3 }),
    args: fc.array(weird, { maxLength: 3 }),
    env: fc.array(variable, { maxLength: 8 }),
    ports: fc.array(port, { maxLength: 4 }),
    resources: fc.record({ requests: amounts, limits: amounts }, { requiredKeys: [] }),
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
    volumeMounts: fc.constant([{ name: 'tmp', mountPath: '/cache' }]),
  },
  { requiredKeys: ['name', 'image'] },
);

/** Deployments that an API server may or may not take. */
export const deployment = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constant('Deployment'),
  metadata: fc.record({ name: fc.constant('shop'), namespace: fc.constant('demo') }, { requiredKeys: ['name'] }),
  spec: fc.record({
    replicas: fc.oneof(fc.constantFrom(0, 20_000), fc.integer({ min: 1, max: 200 })),
    template: fc.record({
      metadata: fc.record(
        {
          labels: fc.dictionary(fc.constantFrom('app', 'team', 'a b'), weird),
          annotations: fc.dictionary(weird, weird),
        },
        { requiredKeys: [] },
      ),
      spec: fc.record(
        {
          containers: container.map(one => [one]),
          serviceAccountName: fc.constantFrom('shop', 'Bad Name'),
          terminationGracePeriodSeconds: fc.integer({ min: 0, max: 4000 }),
          volumes: fc.constant([{ name: 'tmp', emptyDir: {} }]),
          securityContext: fc.constantFrom({}, { runAsUser: 0 }, { runAsUser: 1000 }),
        },
        { requiredKeys: ['containers'] },
      ),
    }),
  }),
});

/** A Deployment as a file: as people write it, or as JSON, or in a List. */
export const fileOf = fc.tuple(deployment, fc.constantFrom('yaml', 'json', 'list')).map(([object, form]) => ({
  object,
  text:
    form === 'yaml'
      ? `# rendered\n---\n${stringify(object)}`
      : JSON.stringify(form === 'json' ? object : { apiVersion: 'v1', kind: 'List', items: [object] }),
}));

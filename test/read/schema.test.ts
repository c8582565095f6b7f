import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFAULTS } from '../../src/model/defaults.ts';
import type { JsonSchema } from '../../src/model/provider.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { fleetSchema } from '../../src/read/schema/fleet-schema.ts';
import { PATTERNS } from '../../src/read/schema/patterns.ts';
import { rolloutSchema } from '../../src/read/schema/rollout-schema.ts';
import { schemaAt } from '../../src/read/schema-at.ts';
import { EXAMPLE } from './example.ts';

const schema = rolloutSchema([
  { name: 'istio', options: { properties: { meshGateway: { type: 'boolean', description: 'On or off.' } } } },
  { name: 'kubernetes', options: {} },
]);
const fleet = fleetSchema(PROVIDERS);

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema that describes a value, with its place in the schema. */
function* schemasIn(from: unknown, place: string): Generator<readonly [place: string, schema: JsonSchema]> {
  if (!isObject(from)) return;
  yield [place, from];
  for (const keyword of ['items', 'additionalProperties']) yield* schemasIn(from[keyword], `${place}/${keyword}`);
  for (const keyword of ['properties', 'definitions']) {
    for (const [name, child] of Object.entries(from[keyword] ?? {}))
      yield* schemasIn(child, `${place}/${keyword}/${name}`);
  }
}

const ALL = [schema, fleet].flatMap(root => [...schemasIn(root, `${String(root['$id'])}#`)]);
const typesOf = ({ type }: JsonSchema): readonly unknown[] => (Array.isArray(type) ? type : [type]);
const places = (wrong: (schema: JsonSchema) => boolean): readonly string[] =>
  ALL.filter(([, found]) => wrong(found)).map(([place]) => place);

describe('the schema', () => {
  it('describes every value in a sentence', () => {
    expect(ALL.length).toBeGreaterThan(200);
    expect(places(({ description }) => !/^[A-Z].{5,}\.$/.test(String(description)))).toEqual([]);
  });

  it('bounds every text, number, list and map', () => {
    const bounds: { readonly [type: string]: readonly string[] } = {
      string: ['maxLength', 'enum', 'then'],
      number: ['maximum'],
      integer: ['maximum'],
      array: ['maxItems'],
      object: ['maxProperties', 'properties'],
    };
    const unbounded = (found: JsonSchema): boolean =>
      typesOf(found).some(type => bounds[String(type)]?.every(bound => found[bound] === undefined) ?? false);
    expect(places(unbounded)).toEqual([]);
  });

  it('lets no object have keys that it does not know', () => {
    expect(places(found => typesOf(found).includes('object') && found['additionalProperties'] === undefined)).toEqual(
      [],
    );
    expect(places(found => found['additionalProperties'] === true)).toEqual([]);
  });

  it('has a key for the settings of each provider that has some', () => {
    const { properties } = schemaAt(schema, ['spec']);
    expect(properties).toHaveProperty('istio');
    expect(properties).not.toHaveProperty('kubernetes');
    expect(schemaAt(schema, ['spec', 'provider'])['enum']).toEqual(['istio', 'kubernetes']);
  });

  it('shows the defaults that the compiler uses', () => {
    const absent = (...path: string[]) => schemaAt(schema, ['spec', ...path])['default'];
    expect(absent('workload', 'replicas')).toBe(DEFAULTS.replicas);
    expect(absent('versions', 'v1', 'replicas')).toBe(DEFAULTS.replicas);
    expect(absent('versions', 'v1', 'liveness', 'initialDelay')).toBe(`${DEFAULTS.liveness.initialDelay}s`);
    expect(absent('route', 'path')).toBe(DEFAULTS.path);
    expect(absent('route', 'outlierDetection', 'interval')).toBe(DEFAULTS.outlierDetection.interval);
    expect(schemaAt(schema, ['metadata', 'namespace'])['default']).toBe(DEFAULTS.namespace);
  });

  it('keeps derived names within the 63 characters of a label', () => {
    const longest = (...path: string[]) => Number(schemaAt(schema, path)['maxLength']);
    expect(longest('metadata', 'name') + 1 + longest('spec', 'stable')).toBeLessThanOrEqual(63);
    expect('abort-'.length + longest('spec', 'step')).toBeGreaterThan(63);
    expect(longest('spec', 'step')).toBe(63);
  });
});

describe('ajv', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, discriminator: true });
  ajv.addSchema(schema);
  ajv.addSchema(fleet);

  it('takes the schema in its strictest mode', () => {
    expect(ajv.compile(schema)(parse(EXAMPLE))).toBe(true);
  });

  it.each(ALL.filter(([, { examples, default: absent }]) => examples !== undefined || absent !== undefined))(
    'the examples and the default of %s fit',
    (place, { examples, default: absent }) => {
      const validate = ajv.compile({ $ref: place });
      for (const value of [...(Array.isArray(examples) ? examples : []), ...(absent === undefined ? [] : [absent])]) {
        expect(validate(value), JSON.stringify([value, validate.errors])).toBe(true);
      }
    },
  );
});

describe.each(Object.entries(PATTERNS))('pattern %s', (_, { source, example }) => {
  const pattern = new RegExp(source, 'u');

  it('takes its own example', () => expect(example).toMatch(pattern));

  it('takes linear time', () => {
    for (const part of ['a', 'a-', 'a.', '-', '1d', '1', '/', '*.', 'a/', '_', '1.', 'A', ' ']) {
      const began = performance.now();
      pattern.test(`${part.repeat(100_000)}\n`);
      pattern.test(`/${part.repeat(100_000)}\n`);
      expect(performance.now() - began).toBeLessThan(500);
    }
  });
});

it('reads a rollout that uses every kind of step, match and value', () => {
  const { findings } = readRollout(`
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: shop }
spec:
  provider: istio
  surge: gradual
  versions:
    v1: { service: shop-legacy }
    v2:
      image: ghcr.io/acme/shop:1.4.2@sha256:${'0'.repeat(64)}
      command: [/app/server]
      args: ["--verbose", "a\\nb"]
      env:
        A: ""
        B: { configMapKeyRef: { name: shop.settings, key: b.conf } }
        C: { fieldRef: { fieldPath: "metadata.labels['app']" } }
      resources: { limits: { cpu: "1.5", nvidia.com/gpu: "1" } }
      liveness: { grpc: true, port: 9090 }
      startup: { exec: [cat, /tmp/ready], failureThreshold: 60 }
      readiness: { tcp: true }
      writable: [/tmp, /var/cache]
      runAsUser: 1000
      serviceAccount: shop
      labels: { team.example.com/owner: "", tier: web }
      annotations: { note: "several words" }
      drain: 20s
      terminationGracePeriod: 1m
  route:
    hosts: ["*.example.com", shop, "*"]
    gateways: [mesh, istio-system/public]
    rewrite: /v2/
    loadBalancing: { hash: { cookie: session } }
    outlierDetection: {}
  steps:
    - name: half
      traffic: { v1: 49.95, v2: 50.05 }
      fault: { delay: { duration: 1s500ms }, abort: { status: 503, percent: 0.5 } }
      rules:
        - name: here
          match:
            - { query: { preview: { present: true } }, method: GET, path: { regex: "/v[0-9]+" } }
            - { grpc: { service: shop.v1.Cart, method: Add } }
          traffic: { v2: 100 }
          mirror: { v1: 1 }
    - blueGreen: { to: v2, preview: false, name: may }
    - abTest: { to: v2, match: [{ headers: { x-user: { exact: a } } }] }
    - shadow: { to: v2, percent: 12.5 }
`);
  expect(findings).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { manifestValidators } from '../../src/generated/manifest-validators.js';
import type { Json } from '../../src/model/kubernetes.ts';
import { replaced, withMisspeltField, withUnknownField, withWrongType } from './mutants.ts';
import { SAMPLES, type Sample } from './samples.ts';

const validator = (kind: string) => manifestValidators[kind] ?? expect.unreachable(`no validator for ${kind}`);
const sample = (kind: string): Sample => SAMPLES.get(kind) ?? expect.unreachable(`no sample for ${kind}`);

/** The keywords that refuse the sample of a kind once the value at a path is another. */
function refusals(kind: string, path: string, value: Json | undefined): string[] {
  const validate = validator(kind);
  return validate(replaced(sample(kind).object, path.split('.'), value))
    ? []
    : (validate.errors ?? []).map(error => error.keyword);
}

it('every kind has a sample', () => {
  expect(Object.keys(manifestValidators)).toEqual([...SAMPLES.keys()].sort());
});

describe.each([...SAMPLES])('%s', (kind, { object }) => {
  const validate = validator(kind);
  const survivors = (mutants: readonly { readonly name: string; readonly object: Json }[]) => {
    expect(mutants.length).toBeGreaterThan(1);
    return mutants.filter(mutant => validate(mutant.object)).map(mutant => mutant.name);
  };

  it('takes a sound object', () => {
    expect(validate(object), JSON.stringify(validate.errors)).toBe(true);
    expect(validate.errors).toBeNull();
  });

  it('refuses an unknown field at every depth', () => {
    expect(survivors(withUnknownField(sample(kind)))).toEqual([]);
  });

  it('refuses every misspelt field', () => {
    expect(survivors(withMisspeltField(sample(kind)))).toEqual([]);
  });

  it('refuses every scalar of a wrong type', () => {
    expect(survivors(withWrongType(sample(kind)))).toEqual([]);
  });

  it.each(['apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.namespace'])(
    'refuses an object without %s',
    path => {
      expect(refusals(kind, path, undefined)).toEqual(['required']);
    },
  );

  it.each(['Shop', 'shop-', 'a'.repeat(254), ''])('refuses the name %j', name => {
    expect(refusals(kind, 'metadata.name', name)).not.toEqual([]);
  });

  it('refuses another kind and a status', () => {
    expect(refusals(kind, 'kind', 'Pod')).toEqual(['const']);
    expect(refusals(kind, 'status', {})).toEqual(['additionalProperties']);
  });
});

describe('facts', () => {
  const cpu = 'spec.template.spec.containers.0.resources.limits.cpu';
  const simple = 'spec.trafficPolicy.loadBalancer.simple';

  it.each<[string, string, Json, string]>([
    ['v1/Service', 'metadata.name', '1-shop', 'a Service name begins with a letter'],
    ['v1/Service', 'metadata.name', 'a.b', 'a Service name is one label'],
    ['v1/Service', 'spec.ports.0.port', 65_536, 'a port has 16 bits'],
    ['v1/Service', 'spec.ports.0.targetPort', 80.5, 'an int-or-string is no fraction'],
    ['v1/Service', 'metadata.labels.version', 'v1+build', 'a label value has no plus'],
    ['v1/ConfigMap', 'data.a/b', 'x', 'a key of a ConfigMap is a file name'],
    ['apps/v1/Deployment', cpu, '1 core', 'a quantity has no space'],
    ['apps/v1/Deployment', 'spec.replicas', -1, 'replicas are counted'],
    ['apps/v1/Deployment', 'spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds', 0, 'a sleep takes time'],
    ['networking.istio.io/v1/VirtualService', 'spec.http.1.timeout', '0s', 'zero is no duration'],
    ['networking.istio.io/v1/VirtualService', 'spec.http.1.timeout', '10', 'a duration has a unit'],
    [
      'networking.istio.io/v1/VirtualService',
      'spec.http.0.match.0.uri.exact',
      '/',
      'exact and prefix exclude each other',
    ],
    ['networking.istio.io/v1/DestinationRule', simple, 'LEAST_CON', 'the word is not in the list'],
    ['networking.istio.io/v1/DestinationRule', 'spec.trafficPolicy.loadBalancer.consistentHash', {}, 'one of the two'],
    ['serving.knative.dev/v1/Service', 'spec.template.metadata.name', '2-shop', 'a revision names a Service'],
    ['serving.knative.dev/v1/Service', 'spec.traffic.0.percent', '100', 'a percentage is a number'],
  ])('%s: %s is not %j: %s', (kind, path, value) => {
    expect(refusals(kind, path, value)).not.toEqual([]);
  });

  it.each([
    ['v1/ConfigMap', 'metadata.name', 'a.b'],
    ['v1/Service', 'spec.ports.0.targetPort', 'http'],
    ['apps/v1/Deployment', cpu, 0.5],
    ['apps/v1/Deployment', cpu, '1e3'],
    ['apps/v1/Deployment', 'spec.template.spec.containers.0.env.0.value', ''],
    ['networking.istio.io/v1/VirtualService', 'spec.http.1.timeout', '0.5s'],
    ['networking.istio.io/v1/VirtualService', 'spec.http.1.retries', { attempts: 0 }],
    ['networking.istio.io/v1/DestinationRule', 'spec.trafficPolicy.outlierDetection.consecutive5xxErrors', null],
  ])('%s: %s may be %j', (kind, path, value) => {
    expect(refusals(kind, path, value)).toEqual([]);
  });

  it('names all mistakes, each with its place', () => {
    const validate = validator('v1/Service');
    expect(
      validate({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'Shop' }, spec: { ports: [{ prot: 1 }] } }),
    ).toBe(false);
    expect(
      validate.errors?.map(({ instancePath, keyword, params, message }) => [instancePath, keyword, params, message]),
    ).toEqual([
      ['/metadata', 'required', { missingProperty: 'namespace' }, "must have required property 'namespace'"],
      ['/metadata/name', 'pattern', { pattern: expect.any(String) }, expect.stringMatching(/^must match pattern/)],
      ['/spec/ports/0', 'required', { missingProperty: 'port' }, "must have required property 'port'"],
      ['/spec/ports/0', 'additionalProperties', { additionalProperty: 'prot' }, 'must NOT have additional properties'],
    ]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import { FLEET_FILE } from '../../src/model/fleet.ts';

/** Texts of exactly the longest legal length, dashes inside. */
const longest = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('a', 'z', '0', '9', '-'), { minLength: length - 2, maxLength: length - 2 })
    .map(middle => `a${middle.join('')}b`);

const IMAGE = `registry.example.com/shop:1@sha256:${'ab'.repeat(32)}`;
const FORMS = ['kubernetes', 'knative', 'configurations', 'istio', 'services'] as const;

interface Names {
  readonly rollout: string;
  readonly namespace: string;
  readonly environment: string;
  readonly versions: readonly string[];
  readonly steps: readonly string[];
  readonly rule: string;
  readonly prefix: string;
}

const names: fc.Arbitrary<Names> = fc.record({
  rollout: longest(40),
  namespace: longest(63),
  environment: longest(63),
  versions: fc.uniqueArray(longest(20), { minLength: 2, maxLength: 3 }),
  steps: fc.uniqueArray(longest(40), { minLength: 2, maxLength: 2 }),
  rule: longest(40),
  prefix: longest(32),
});

/** A Rollout in which everything that has a name has one of the longest. */
function rolloutOf({ rollout, versions, steps, rule, prefix }: Names, form: (typeof FORMS)[number]): object {
  const [v1 = '', v2 = ''] = versions;
  const mesh = form === 'istio' || form === 'services';
  const knative = form === 'knative' || form === 'configurations';
  const images = Object.fromEntries(versions.map(version => [version, { image: IMAGE }]));
  return {
    apiVersion: 'surefoot.dev/v1',
    kind: 'Rollout',
    metadata: { name: rollout },
    spec: {
      provider: knative ? 'knative' : mesh ? 'istio' : 'kubernetes',
      stable: v1,
      ...(mesh ? { surge: 'gradual' } : {}),
      workload: { replicas: 3 },
      versions: images,
      ...(form === 'services' ? { istio: { versions: 'services' } } : {}),
      ...(form === 'configurations' ? { knative: { form: 'configurations' } } : {}),
      ...(mesh ? { rules: { [rule]: { match: [{ headers: { a: 'b' } }], traffic: { [v2]: 100 } } } } : {}),
      steps: [
        ...(mesh ? [{ abTest: { to: v2, match: [{ headers: { x: 'y' } }], name: steps[1] } }] : []),
        { canary: { to: v2, weights: [50], name: prefix } },
        { name: steps[0], traffic: { [v2]: 100 }, ...(mesh ? { rules: [rule] } : {}) },
      ],
    },
  };
}

/** The Rollout compiled for an environment and a namespace of such names, and the codes of its errors. */
function compiled(
  given: Names,
  form: (typeof FORMS)[number],
): { readonly codes: readonly string[]; readonly result: CompiledRollout | undefined } {
  const fleet = {
    apiVersion: 'surefoot.dev/v1',
    kind: 'Fleet',
    environments: { [given.environment]: { namespace: given.namespace } },
  };
  const source = { file: 'rollouts/a.yaml', text: stringify(rolloutOf(given, form)) };
  const { diagnostics, results } = compile(source, { fleet: { file: FLEET_FILE, text: stringify(fleet) } });
  const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return { codes, result: results?.[0] };
}

/** Objects that the API server names by their own name, and Knative's Services of a tag and of a revision. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function expectShort(value: unknown, path: readonly (string | number)[], where: string): void {
  if (typeof value === 'string') {
    const [last, before] = [path.at(-1), path.at(-2)];
    const isLabel = ['labels', 'matchLabels', 'selector'].includes(String(before));
    if (isLabel) expect(value, `${where} ${path.join('.')}`).toMatch(LABEL_VALUE);
    const isName = ['revisionName', 'configurationName', 'tag', 'subset', 'namespace'].includes(String(last));
    if (isName || path.join('.') === 'metadata.name') expect(value, `${where} ${path.join('.')}`).toMatch(DNS_LABEL);
    if (last === 'host') for (const part of value.split('.')) expect(part.length, where).toBeLessThanOrEqual(63);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) expectShort(part, [...path, key], where);
}

it.each(FORMS)('every name and label that comes of the longest legal names fits: %s', form => {
  fc.assert(
    fc.property(names, given => {
      const { codes, result } = compiled(given, form);
      expect(codes).toEqual([]);
      for (const { path, text } of result?.files ?? []) {
        for (const part of path.split('/')) expect(Buffer.byteLength(part), path).toBeLessThanOrEqual(255);
        if (!path.endsWith('.yaml')) continue;
        for (const document of parseAllDocuments(text)) expectShort(document.toJS(), [], path);
      }
      for (const state of result?.plan.states ?? []) {
        expect(state.name).toMatch(DNS_LABEL);
        // Knative serves a tag by a Service called <tag>-<service>.
        for (const { version } of state.running) expect(`${version}-${given.rollout}`).toMatch(DNS_LABEL);
      }
    }),
    { numRuns: 25 },
  );
});

it.each([
  ['the rollout', { rollout: 'a'.repeat(41) }],
  ['the namespace', { namespace: 'a'.repeat(64) }],
  ['the environment', { environment: 'a'.repeat(64) }],
  ['a version', { versions: ['a'.repeat(21), 'b'] }],
  ['a step', { steps: ['a'.repeat(41), 'b'] }],
  ['a shorthand', { prefix: 'a'.repeat(33) }],
])('one letter more than the longest name of %s is refused', (_, longer) => {
  const short: Names = {
    ...{ rollout: 'a', namespace: 'b', environment: 'c', rule: 'r', prefix: 'p' },
    ...{ versions: ['v1', 'v2'], steps: ['s', 't'] },
  };
  expect(compiled(short, 'istio').codes).toEqual([]);
  expect(compiled({ ...short, ...longer }, 'istio').codes).toContain('schema/too-long');
});

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRollout } from '../../src/read/read-rollout.ts';
import { rolloutSchema } from '../../src/read/schema/rollout-schema.ts';
import { EXAMPLE } from './example.ts';
import { edited } from './mistakes.ts';

const sayings = (text: string, schema?: Parameters<typeof readRollout>[1]): readonly string[] =>
  readRollout(text, schema).findings.map(({ what, fix }) => `${what} ${fix}`);

describe('a sound file', () => {
  it('is what YAML says it is', () => {
    expect(readRollout(EXAMPLE)).toMatchObject({ rollout: parse(EXAMPLE), findings: [] });
  });

  it.each([
    ['Windows line ends', EXAMPLE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${EXAMPLE}`],
    ['a document mark', `---\n${EXAMPLE}`],
    ['an end mark', `${EXAMPLE}...\n# the end\n`],
    ['no line end at the end', EXAMPLE.trimEnd()],
  ])('may have %s', (_, text) => {
    expect(readRollout(text).rollout).toEqual(parse(EXAMPLE));
  });

  it('keeps words that YAML 1.1 took for booleans, and reads numbers however they are written', () => {
    const text = edited('LOG_LEVEL: info', 'LOG_LEVEL: yes').replace('[1, 5, 20, 50]', '[.5, 1e1, 0x14, 0o62]');
    const { spec } = readRollout(text).rollout!;
    expect(spec.versions['v2']!.env!['LOG_LEVEL']).toBe('yes');
    expect(spec.steps![2]).toMatchObject({ canary: { weights: [0.5, 10, 20, 50] } });
  });

  it('is plain data that can be sent to another thread', () => {
    const { rollout } = readRollout(EXAMPLE);
    expect(structuredClone(rollout)).toEqual(rollout);
  });
});

describe('advice', () => {
  it.each([
    ['timeout: 10s', 'timeout: 10', 'Write 10s: a length of time has a unit.'],
    ['timeout: 10s', 'timeout: 90 minutes', 'Write 90m.'],
    ['timeout: 10s', 'timeout: soon', 'Write it like 1h30m.'],
    ['mirror: { v2: 10 }', 'mirror: { v2: 10% }', 'Write 10: the unit is percent already.'],
    ['replicas: 4', 'replicas: 1.5', 'Write 2.'],
    ['LOG_LEVEL: info', 'LOG_LEVEL: 5', 'Put quotes around it.'],
    ['path: { prefix: /api }', 'path: { present: on }', 'Write true: YAML 1.2 reads "on" as text.'],
    ['rules: [testers]\n', 'rules: testers\n', 'Write a list: [testers].'],
    ['    v1: {', '    Version_1.2: {', 'Write version-1-2.'],
    [
      '    v1: {',
      '    1: {',
      'Put it in quotes: "1". The name of a version is made of small letters, digits and dashes, a letter first: v1.',
    ],
    ['retryOn: [5xx, connect-failure]', 'retryOn: [connct-failure]', 'Did you mean "connect-failure"?'],
    ['surge: full', 'surge: fast', 'Write "full" or "gradual".'],
    ['  surge: full', '  replicas: 3', 'Write it under spec.workload for all versions, or under one version.'],
    ['pause: 24h', 'weight: 100', 'Write the traffic of every version in full, as in traffic: { v1: 90, v2: 10 }.'],
    ['readiness: {', 'readinessProbe: {', 'Write readiness, as in readiness: { path: /healthz }.'],
    ['path: /health,', 'httpGet: /health,', 'Write path and port, as in { path: /healthz, port: 8080 }.'],
    ['- headers: {', '- header: {', 'Write headers, cookies or query, each a map of names.'],
    ['port: 9080', 'prot: 9080', 'Did you mean "port"? Write one of "name", "port", "targetPort" or "protocol"'],
  ])('%s → %s', (passage, replacement, advice) => {
    expect(sayings(edited(passage, replacement)).join('\n')).toContain(advice);
  });

  it('knows the settings of providers where it is given their schema', () => {
    const options = { properties: { meshGateway: { type: 'boolean' } } };
    const schema = () =>
      rolloutSchema([
        { name: 'istio', options },
        { name: 'kubernetes', options: {} },
      ]);
    const text = edited('  surge: full', '  istoi: {}\n  kubernetes: {}');
    expect(sayings(text, schema)[0]).toContain('Did you mean "istio"?');
    expect(sayings(text, schema)[1]).toContain('this provider has no settings of its own');
    expect(sayings(text)[0]).not.toContain('istio');
  });
});

it('one mistake does not hide another, and an alias hides nothing but itself', () => {
  const text = edited('traffic: { v2: 100 }\n  steps', 'traffic: *a\n      mirror: { v2: 101 }\n  steps');
  expect(readRollout(text).findings.map(f => f.code)).toEqual(['yaml/alias', 'schema/out-of-bounds']);
});

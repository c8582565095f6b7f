import { describe, expect, it } from 'vitest';
import { placeAtStep } from '../../src/place-step.ts';
import { planRecord } from '../../src/plan-record.ts';
import { notWhole } from '../../src/review/check-messages.ts';
import { DIRECTORY, shopAt, sideOf } from './sides.ts';

describe('what a plan.json records', () => {
  const { record } = sideOf(shopAt('canary-10'));

  it('holds the pods that each version needs, and who serves', () => {
    expect(record.versions.map(({ name, strength }) => [name, strength])).toEqual([
      ['v1', 4],
      ['v2', 4],
    ]);
    expect([record.step, record.serving, record.states.slice(0, 2)]).toEqual([
      'canary-10',
      ['v1', 'v2'],
      ['baseline', 'provision-v2'],
    ]);
    expect(record.hops.find(({ from, to }) => from === 'canary-10' && to === 'canary-20')?.obligations).toEqual([
      { kind: 'available', version: 'v2', replicas: 4 },
    ]);
  });

  it('counts no pods where the provider keeps them', () => {
    const knative = sideOf(shopAt('canary-10', { provider: 'knative' })).record;
    expect(knative.versions.every(({ strength }) => strength === undefined)).toBe(true);
  });

  const older = {
    directory: DIRECTORY,
    provider: 'istio',
    step: 'a',
    source: 'b.yaml',
    versions: { v1: { parts: {} } },
  };

  it.each([
    ['an older one', JSON.stringify(older), [{ name: 'v1' }]],
    ['none', undefined, []],
    ['no JSON', '{', []],
    ['one of another directory', JSON.stringify({ ...older, directory: 'x/y/z' }), []],
    [
      'one edited by hand',
      JSON.stringify({
        ...older,
        hops: [1, { from: 2 }],
        states: {},
        files: [],
        versions: { v1: { strength: -1 }, v2: 3 },
      }),
      [{ name: 'v1' }, { name: 'v2' }],
    ],
  ])('is read from %s', (_, text, versions) => {
    expect(planRecord(DIRECTORY, text)).toMatchObject({ versions, hops: [], states: [], serving: [] });
  });
});

describe('the place of a finding', () => {
  const finding = notWhole({ path: [] }, { directory: DIRECTORY, to: 'x', trouble: 'y' });
  const placed = (text: string, environment: string) =>
    placeAtStep({ file: 'a.yaml', text }, environment, [finding]).map(({ line, column }) => `${line}:${column}`);
  const text = shopAt('canary-10').replace(
    '  provider:',
    '  environments:\n    dev: { step: baseline }\n    prod: {}\n  provider:',
  );

  it.each([
    ['default', shopAt('canary-10'), '6:9'],
    ['dev', text, '6:18'],
    ['prod', text, '9:9'],
    ['staging', text, '9:9'],
    ['default', 'spec: [', '1:1'],
  ])('in %s is the step, or the next thing above it', (environment, source, place) => {
    expect(placed(source, environment)).toEqual([place]);
  });
});

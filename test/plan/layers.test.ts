import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/diagnostics/finding.ts';
import type { WorkloadSpec } from '../../src/model/rollout.ts';
import { type Layer, merged, writtenAt } from '../../src/plan/layers.ts';

const auto = { min: 2, max: 5 };
const other = { min: 3, max: 9, cpu: 50 };

describe('of two layers', () => {
  it.each<[string, WorkloadSpec | undefined, WorkloadSpec, WorkloadSpec]>([
    ['the one that is there counts', undefined, { runAsUser: 7 }, { runAsUser: 7 }],
    ['the nearest wins, key by key', { runAsUser: 7, drain: '5s' }, { runAsUser: 8 }, { runAsUser: 8, drain: '5s' }],
    ['replicas take the place of autoscale', { autoscale: auto }, { replicas: 4 }, { replicas: 4 }],
    ['autoscale takes the place of replicas', { replicas: 4 }, { autoscale: auto }, { autoscale: auto }],
    ['autoscale is whole', { autoscale: other }, { autoscale: auto }, { autoscale: auto }],
    ['autoscale is handed down', { autoscale: other }, { runAsUser: 7 }, { autoscale: other, runAsUser: 7 }],
    ['files are handed down', { config: { files: { a: '1' } } }, {}, { config: { files: { a: '1' } } }],
    [
      'files are added',
      { config: { files: { a: '1' } } },
      { config: { files: { b: '2' } } },
      { config: { files: { a: '1', b: '2' } } },
    ],
    [
      'files of one name are the nearest, and so is the folder',
      { config: { mountPath: '/far', files: { a: '1' } } },
      { config: { mountPath: '/near', files: { a: '2' } } },
      { config: { mountPath: '/near', files: { a: '2' } } },
    ],
    [
      'a folder is handed down',
      { config: { mountPath: '/far', files: { a: '1' } } },
      { config: { files: { b: '2' } } },
      { config: { mountPath: '/far', files: { a: '1', b: '2' } } },
    ],
  ])('%s', (_, shared, own, wanted) => {
    const layers: readonly Layer[] = [
      { value: shared, at: ['spec', 'workload'] },
      { value: own, at: ['spec', 'versions', 'v1'] },
    ];
    expect(merged(layers)).toEqual(wanted);
  });
});

const layersOf = (farthestFirst: readonly unknown[]): readonly Layer[] =>
  farthestFirst.map((value, index) => ({ value, at: [index] }));

/** Which of the layers, counted from the farthest, is said to have written a path. */
const writerOf = (farthestFirst: readonly unknown[], path: Path): unknown =>
  writtenAt(layersOf(farthestFirst), path).path[0];

const probe = { http: '/', period: '5s' };

describe('of far, middle and near', () => {
  const [FAR, MIDDLE, NEAR] = [0, 1, 2];
  it.each<[string, readonly unknown[], Path, number]>([
    ['the nearest that has the value wrote it', [{ a: 1 }, { a: 2 }, { b: 3 }], ['a'], MIDDLE],
    ['each key of a map has its own writer', [{ a: { x: 1 } }, { a: { y: 2 } }, { a: { z: 3 } }], ['a', 'x'], FAR],
    ['of a missing value, whoever wrote most of the way', [{ a: {} }, { a: { b: {} } }, {}], ['a', 'b', 'c'], MIDDLE],
    ['of a value that nobody has, the nearest', [{ a: 1 }, { a: 2 }, { b: 3 }], ['c'], NEAR],
    ['of a value that nobody has, the nearest that says anything', [{ a: 1 }, { a: 2 }, undefined], ['c'], MIDDLE],
    [
      'a probe in the middle ends the far one',
      [{ readiness: probe }, { readiness: {} }, {}],
      ['readiness', 'period'],
      MIDDLE,
    ],
    [
      'a probe of a workload in the middle ends the far one',
      [{ workload: { startup: probe } }, { workload: { startup: {} } }, { workload: { replicas: 1 } }],
      ['workload', 'startup', 'http'],
      MIDDLE,
    ],
    [
      'a variable in the middle ends the far one',
      [{ env: { A: { secret: 's', key: 'k' } } }, { env: { A: { secret: 't' } } }, { env: { B: '1' } }],
      ['env', 'A', 'key'],
      MIDDLE,
    ],
    [
      'other variables are still the far ones',
      [{ env: { A: '1' } }, { env: { B: '2' } }, { env: {} }],
      ['env', 'A'],
      FAR,
    ],
    [
      'autoscale in the middle ends the far one',
      [{ autoscale: other }, { autoscale: auto }, {}],
      ['autoscale', 'cpu'],
      MIDDLE,
    ],
    [
      'load balancing in the middle ends the far one',
      [
        { route: { loadBalancing: { hash: { header: 'x' } } } },
        { route: { loadBalancing: { hash: {} } } },
        { route: {} },
      ],
      ['route', 'loadBalancing', 'hash', 'header'],
      MIDDLE,
    ],
    [
      'replicas in the middle end far autoscale',
      [{ workload: { autoscale: auto } }, { workload: { replicas: 4 } }, { route: {} }],
      ['workload', 'autoscale', 'max'],
      MIDDLE,
    ],
    ['a list in the middle ends the far one', [{ hosts: ['a', 'b'] }, { hosts: ['c'] }, {}], ['hosts', 1], MIDDLE],
    ['a word in the middle ends a far map', [{ a: { x: 1 } }, { a: 'word' }, {}], ['a', 'x'], MIDDLE],
    [
      'a word in the middle ends a far map for the near one too',
      [{ a: { x: 1 } }, { a: 'word' }, { a: {} }],
      ['a', 'x'],
      NEAR,
    ],
    ['a near map ends a word', [{ a: { x: 1 } }, { a: 'word' }, { a: { x: 2 } }], ['a', 'x'], NEAR],
  ])('%s', (_, values, path, writer) => {
    expect(writerOf(values, path)).toBe(writer);
  });
});

const SCALARS: readonly unknown[] = [0, 1, 'word', null];
const KEYS = ['workload', 'route', 'env', 'A', 'readiness', 'autoscale', 'replicas', 'loadBalancing'];
const { value: anyValue } = fc.letrec<{ value: unknown; map: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...SCALARS),
    { arbitrary: tie('map'), weight: 4 },
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  map: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
}));
const anyLayers = fc.array(fc.oneof({ arbitrary: anyValue, weight: 9 }, fc.constant(undefined)), {
  minLength: 1,
  maxLength: 4,
});

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value !== 'object' || value === null ? [] : Object.entries(value);

/** Paths to all that holds nothing more. */
const leafPaths = (value: unknown): readonly Path[] => {
  const entries = entriesOf(value);
  return entries.length === 0 ? [[]] : entries.flatMap(([key, one]) => leafPaths(one).map(path => [key, ...path]));
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((here, step) => (here as { readonly [step: string | number]: unknown })[step], value);

const has = (value: unknown, path: Path): boolean => {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) && has(valueAt(value, [step]), rest);
};

it('names for every merged value a layer that has it', () => {
  fc.assert(
    fc.property(anyLayers, values => {
      const all = merged(layersOf(values));
      if (all === undefined) return;
      for (const path of leafPaths(all)) {
        const [writer, ...rest] = writtenAt(layersOf(values), path).path;
        expect(rest).toEqual(path);
        expect(valueAt(values[Number(writer)], path)).toEqual(valueAt(all, path));
      }
    }),
    { numRuns: 1000 },
  );
});

it('names for what a nearer layer ended the layer that ended it', () => {
  fc.assert(
    fc.property(anyLayers, values => {
      const all = merged(layersOf(values));
      for (const path of values.flatMap(leafPaths).filter(one => !has(all, one))) {
        const kept = path.slice(
          0,
          path.findIndex((_, index) => !has(all, path.slice(0, index + 1))),
        );
        const left = valueAt(all, kept);
        const written = valueAt(values[Number(writerOf(values, path))], kept);
        if (entriesOf(left).length === 0) expect(written).toEqual(left);
      }
    }),
    { numRuns: 1000 },
  );
});

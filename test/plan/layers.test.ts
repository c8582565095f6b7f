import { describe, expect, it } from 'vitest';
import type { WorkloadSpec } from '../../src/model/rollout.ts';
import { type Layer, merged } from '../../src/plan/layers.ts';

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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { FIRST, RANDOM, TEMPLATES } from './random-rollout.ts';

const compiled = (rollout: Rollout): CompiledRollout =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES }).results![0]!;

describe.each(FIRST.filter(name => name !== 'knative'))('autoscaled versions on %s', provider => {
  it('run with their minimum in every state, whatever the surge, and share no ratio', () => {
    let met = 0;
    fc.assert(
      fc.property(RANDOM[provider], rollout => {
        const { plan } = compiled(rollout);
        for (const version of plan.versions) {
          if (version.kind !== 'workload' || version.workload.autoscale === undefined) continue;
          met++;
          const { min } = version.workload.autoscale;
          for (const state of plan.states) {
            const running = state.running.find(one => one.version === version.name);
            if (running !== undefined) expect(running.replicas, state.name).toBe(min);
            const shares = state.rules.at(-1)!.split;
            if (provider === 'kubernetes' && shares.length > 1)
              expect(running, `${version.name} in ${state.name}`).toBeUndefined();
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(met).toBeGreaterThan(20);
  });
});

// Whoever routes, the pods are made alike; Knative makes its own.
describe.each(FIRST)('what belongs to a version on %s', provider => {
  it('comes with its provision, goes with its retirement, and changes in no hop between', () => {
    let met = 0;
    fc.assert(
      fc.property(RANDOM[provider], rollout => {
        const { plan, changes } = compiled(rollout);
        const belongs = (name: string): boolean => /^(?:HorizontalPodAutoscaler|ConfigMap)\//.test(name);
        plan.hops.forEach((hop, i) => {
          const { created, updated, deleted } = changes[i]!;
          expect(updated.filter(belongs)).toEqual([]);
          if (hop.kind !== 'provision') expect(created.filter(belongs)).toEqual([]);
          if (hop.kind !== 'retire') expect(deleted.filter(belongs)).toEqual([]);
          met += [...created, ...deleted].filter(belongs).length;
        });
      }),
      { numRuns: 60 },
    );
    expect(met).toBeGreaterThan(5);
  });
});

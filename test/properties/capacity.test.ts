import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { CapacitySpec, Rollout, VersionSpec } from '../../src/model/rollout.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from './random-rollout.ts';

const compiled = (rollout: Rollout): Compiled =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES });

const shorts = ({ diagnostics }: Compiled): readonly Diagnostic[] =>
  diagnostics.filter(({ code }) => code === 'capacity/short');

const lacks = ({ diagnostics }: Compiled): readonly Diagnostic[] =>
  diagnostics.filter(({ code }) => code.startsWith('capacity/'));

type Capacities = { readonly [version: string]: Required<CapacitySpec> };

const withCapacities = ({ spec, ...rest }: Rollout, capacities: Capacities): Rollout => {
  const { capacity: _, ...workload } = spec.workload ?? {};
  const versions = Object.entries(spec.versions).map(([name, { capacity: __, ...own }]) => {
    const capacity = own.service === undefined ? capacities[name] : undefined;
    return [name, capacity === undefined ? own : { ...own, capacity }];
  });
  return { ...rest, spec: { ...spec, workload, versions: Object.fromEntries(versions) } };
};

/** In how many states the pods of a version carry less than they get, counted pod by pod in requests per second. */
function statesShortOf(plan: Plan, version: string, { rpsPerPod, peakRps }: Required<CapacitySpec>): number {
  return plan.states.filter(state => {
    const running = state.running.find(one => one.version === version);
    if (running === undefined) return false;
    const { split, mirror } = state.rules.at(-1)!;
    const gets = [...split, ...mirror]
      .filter(one => one.version === version)
      .map(one => (one.share * peakRps) / 10_000);
    return running.replicas * rpsPerPod < gets.reduce((a, b) => a + b, 0) * (1 - 1e-9);
  }).length;
}

// So many, and so little for each pod, that versions come short in any few runs.
const capacities = fc.dictionary(
  fc.constantFrom('v1', 'v2', 'v10', 'green'),
  fc.record({ rpsPerPod: fc.integer({ min: 1, max: 20 }), peakRps: fc.integer({ min: 1, max: 300 }) }),
  { minKeys: 2 },
);

describe.each(PROVIDER_NAMES)('the capacity of random rollouts on %s', provider => {
  it('is found short exactly for the versions whose pods carry too little in some state', () => {
    let met = 0;
    fc.assert(
      fc.property(RANDOM[provider], capacities, (rollout, written) => {
        const { plan } = compiled(withCapacities(rollout, {})).results![0]!;
        const ours = plan.versions.filter(({ kind, name }) => kind !== 'service' && Object.hasOwn(written, name));
        const expected = ours.filter(({ name }) => statesShortOf(plan, name, written[name]!) > 0);
        const found = shorts(compiled(withCapacities({ ...rollout, spec: withoutBound(rollout) }, written)));
        const names = found.map(({ what }) => /version "([^"]+)" gets/.exec(what)![1]!);
        expect(names.sort()).toEqual(provider === 'knative' ? [] : expected.map(({ name }) => name).sort());
        met += expected.length;
      }),
      { numRuns: runs(provider, 100) },
    );
    expect(met).toBeGreaterThan(5);
  });
});

/** Knative judges by its upper bound. */
const withoutBound = ({ spec }: Rollout): Rollout['spec'] =>
  spec.knative === undefined ? spec : { ...spec, knative: {} };

const TYPED = /`(replicas|autoscale): ([^`]+)` under spec\.versions\.([a-z0-9-]+)/;

/** The Rollout with the fix of a finding typed into it. */
function mended(rollout: Rollout, { fix }: Diagnostic): Rollout {
  const [, key = '', value = '', name = ''] = TYPED.exec(fix) ?? [];
  expect(key, fix).not.toBe('');
  const { replicas: _, autoscale: __, ...own } = rollout.spec.versions[name]!;
  const bounds = Object.fromEntries(
    [...value.matchAll(/(\w+): (\d+)/g)].map(([, bound, pods]) => [bound, Number(pods)]),
  );
  const sized = { ...own, [key]: key === 'replicas' ? Number(value) : bounds } as VersionSpec;
  return { ...rollout, spec: { ...rollout.spec, versions: { ...rollout.spec.versions, [name]: sized } } };
}

describe.each(PROVIDER_NAMES.filter(name => name !== 'knative'))('the fix of too few pods on %s', provider => {
  it('mends it as it stands', () => {
    let met = 0;
    fc.assert(
      fc.property(RANDOM[provider], capacities, (rollout, written) => {
        let here = withCapacities(rollout, written);
        // A version may lack pods in a shared split and where it stands alone, or beside one that was given more.
        for (let round = 0; round < 6; round++) {
          const found = lacks(compiled(here));
          if (found.length === 0) break;
          met += found.length;
          for (const finding of found) here = mended(here, finding);
        }
        const last = compiled(here);
        expect(lacks(last)).toEqual([]);
        expect(last.results, last.diagnostics.map(({ what }) => what).join('\n')).toBeDefined();
      }),
      { numRuns: 40 },
    );
    expect(met).toBeGreaterThan(5);
  });
});

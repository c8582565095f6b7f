import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { freeze } from '../../src/layout/freeze.ts';
import type { CommittedRollout, Compiled, Given } from '../../src/model/compiled.ts';
import { DEFAULT_SETS, type DefaultSet, newestOf } from '../../src/model/default-sets.ts';
import type { Autoscale, Version } from '../../src/model/plan.ts';
import type { Rollout, RolloutSpec, VersionSpec, WorkloadSpec } from '../../src/model/rollout.ts';
import { checkFrozen } from '../../src/plan/check-frozen.ts';
import { frozenParts } from '../../src/plan/frozen.ts';
import { providerNamed } from '../../src/providers/registry.ts';
import { patchedPods } from '../../src/workloads/template/pods.ts';
import { committedOf } from '../golden/given.ts';
import { FIRST, RANDOM, TEMPLATES } from '../properties/random-rollout.ts';
import { templatesOf } from './templates.ts';

const compileObject = (rollout: Rollout, given: Given = {}, sets: readonly DefaultSet[] = DEFAULT_SETS): Compiled =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES, ...given }, sets);

const committedAt = (compiled: Compiled): NonNullable<Given['committed']> => committedOf(compiled.results ?? []);
const rememberedOf = (compiled: Compiled): CommittedRollout => Object.values(committedAt(compiled))[0]!;

const codes = ({ diagnostics }: Compiled): readonly string[] =>
  diagnostics.map(d => d.code).filter(code => code !== 'version/no-digest' && code !== 'version/never-used');

const shop = (spec: object, provider = 'istio'): Rollout =>
  ({
    apiVersion: 'surefoot.dev/v1',
    kind: 'Rollout',
    metadata: { name: 'shop', namespace: 'demo' },
    spec: {
      provider,
      workload: { replicas: 4 },
      versions: { v1: { image: 'example.com/shop:1.0.0' }, v2: { image: 'example.com/shop:2.0.0' } },
      steps: [
        { name: 'canary', traffic: { v1: 80, v2: 20 } },
        { name: 'complete', traffic: { v2: 100 } },
      ],
      ...spec,
    },
  }) as unknown as Rollout;

/** Small edits of anything that could reach the pods, and of some things that never do. */
const OF_PODS: readonly WorkloadSpec[] = [
  { image: `registry.example.com/shop:9.0.0@sha256:${'cd'.repeat(32)}` },
  { env: { EXTRA: 'yes' } },
  { command: ['/bin/shop'] },
  { args: ['--on', '0o14'] },
  { args: [] },
  { resources: { limits: { memory: '512Mi' } } },
  // What is meant anyway, written out.
  { resources: { requests: { cpu: '100m' }, limits: { cpu: '1' } } },
  { readiness: { path: '/ready' } },
  { readiness: {} },
  { liveness: { period: '10s' } },
  { startup: {} },
  { writable: ['/tmp'] },
  { writable: ['/tmp/'] },
  { writable: [] },
  { runAsUser: 10_001 },
  { runAsUser: 1000 },
  { serviceAccount: 'other' },
  { labels: { team: 'till' } },
  { annotations: { 'example.com/on': 'yes' } },
  { terminationGracePeriod: '30s' },
  { config: { files: { 'shop.ini': 'on = yes' } } },
  { config: { files: { 'shop.ini': 'on = no' } } },
  { replicas: 12 },
  { replicas: 5 },
  { capacity: { rpsPerPod: 1000, peakRps: 1 } },
];
const OF_ROUTERS: readonly WorkloadSpec[] = [{ drain: '15s' }, { drain: '5s' }, { terminationGracePeriod: '1m' }];

type Edit = (spec: RolloutSpec) => object;
const inWorkload = (pods: WorkloadSpec): Edit => {
  const { image: _, ...shared } = pods;
  return spec => ({ workload: { ...spec.workload, ...shared } });
};
const inVersion = (pods: VersionSpec): Edit => {
  return spec => ({
    versions: Object.fromEntries(
      Object.entries(spec.versions).map(([name, own]) => [
        name,
        name === 'v1' && own.service === undefined ? { ...own, ...pods } : own,
      ]),
    ),
  });
};
const elsewhere = (provider: string): readonly Edit[] =>
  provider === 'knative'
    ? [
        () => ({ route: { timeout: '20s' } }),
        ({ knative }) => ({ knative: { ...(knative as object), maxScale: 60 } }),
        ({ knative }) => ({ knative: { ...(knative as object), concurrency: 7 } }),
        ({ knative }) => ({ knative: { ...(knative as object), form: 'configurations' } }),
        ({ knative }) => ({ knative: { ...(knative as object), visibility: 'public' } }),
        () => ({ ports: [{ name: 'http', port: 80, targetPort: 9000 }] }),
        () => ({ ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'http2' }] }),
      ]
    : [
        () => ({ ports: [{ name: 'http', port: 80, targetPort: 9000 }] }),
        () => ({ ports: [{ name: 'http', port: 81, targetPort: 8080 }] }),
        () => ({ ports: [{ name: 'http-web', port: 80, targetPort: 8080 }] }),
      ];

const editsOf = (provider: string): fc.Arbitrary<readonly Edit[]> => {
  const pods = provider === 'knative' ? OF_PODS : [...OF_PODS, ...OF_ROUTERS];
  const all = [...pods.map(inWorkload), ...pods.map(inVersion), ...elsewhere(provider)];
  return fc.subarray(all, { minLength: 1, maxLength: 2 });
};

const editedOnce = (rollout: Rollout, edit: Edit): Rollout =>
  ({ ...rollout, spec: { ...rollout.spec, ...edit(rollout.spec) } }) as Rollout;
const edited = (rollout: Rollout, edits: readonly Edit[]): Rollout => edits.reduce(editedOnce, rollout);

/** Who counts the pods is frozen too, and stands in no pod. */
const ofPods = ({ autoscale: _, ...parts }: { readonly [part: string]: string }): string => JSON.stringify(parts);

// Whoever routes, the pods are made alike; Knative makes its own.
describe.each(FIRST)('the parts of a version on %s', provider => {
  it('differ exactly where its pods do', () => {
    let differing = 0;
    const check = (rollout: Rollout, edits: readonly Edit[]): void => {
      const [before, after] = [compileObject(rollout), compileObject(edited(rollout, edits))];
      // Some edits do not go together, as a share and another number of pods.
      fc.pre(after.results !== undefined);
      const [old, now] = [templatesOf(before), templatesOf(after)];
      for (const [version, { parts }] of Object.entries(rememberedOf(after).versions)) {
        const [a, b] = [old.get(version), now.get(version)];
        if (a === undefined || b === undefined) continue;
        const differs = a !== b;
        if (differs) differing++;
        const was = rememberedOf(before).versions[version]!.parts;
        expect(ofPods(parts) !== ofPods(was), version).toBe(differs);
      }
    };
    fc.assert(fc.property(RANDOM[provider], editsOf(provider), check), { numRuns: 100 });
    expect(differing).toBeGreaterThan(20);
  });

  it('never stand in the way of the same Rollout again, at no state', () => {
    fc.assert(
      fc.property(RANDOM[provider], fc.nat(), (rollout, pick) => {
        const names = compileObject(rollout).results![0]!.plan.states.map(state => state.name);
        const there = edited(rollout, [() => ({ step: names[pick % names.length] })]);
        const committed = committedAt(compileObject(there));
        for (const { results, diagnostics } of [
          compileObject(rollout, { committed }),
          compileObject(there, { committed }),
        ]) {
          expect(diagnostics.filter(d => d.severity === 'error')).toEqual([]);
          expect(results![0]!.replaced).toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a version that is committed', () => {
  const at = (step: string, spec: object = {}, provider = 'istio') => shop({ step, ...spec }, provider);
  const versions = (v1: object, v2: object) => ({
    versions: { v1: { image: 'example.com/shop:1.0.0', ...v1 }, v2: { image: 'example.com/shop:2.0.0', ...v2 } },
  });
  const NEW = { image: 'example.com/shop:3.0.0' };
  const CHANGED = ['version/changed-while-serving'];

  it.each([
    ['before it runs', 'baseline', 'baseline', versions({}, NEW), []],
    ['as it comes up', 'baseline', 'provision-v2', versions({}, NEW), []],
    ['while it runs idle', 'provision-v2', 'provision-v2', versions({}, NEW), []],
    ['while it runs idle after an abort', 'abort-canary', 'abort-canary', versions({}, NEW), []],
    ['as it resumes', 'abort-canary', 'canary', versions({}, NEW), CHANGED],
    ['as it gets its first requests', 'provision-v2', 'canary', versions({}, NEW), CHANGED],
    ['while it gets requests', 'canary', 'canary', versions({}, NEW), CHANGED],
    ['as it is aborted', 'canary', 'abort-canary', versions({}, NEW), CHANGED],
    ['as it is taken away', 'canary', 'baseline', versions({}, NEW), []],
    ['while an abort would return to it', 'complete', 'complete', versions(NEW, {}), CHANGED],
    ['once it is retired', 'retire-v1', 'retire-v1', versions(NEW, {}), []],
    ['on purpose', 'canary', 'canary', versions({ ...NEW, replacement: 1 }, {}), ['version/replaced']],
    ['in its number of pods only', 'canary', 'canary', { workload: { replicas: 9 } }, []],
    ['in what only routes say', 'canary', 'canary', { route: { timeout: '9s' } }, []],
    ['by what is meant anyway', 'canary', 'canary', { workload: { replicas: 4, runAsUser: 10_001 } }, []],
  ] as const)('edited %s', (_, before, after, edit, expected) => {
    const steps = [...(shop({}).spec.steps ?? []), { name: 'later', traffic: { v2: 100 } }];
    const committed = committedAt(compileObject(at(before, { steps })));
    expect(codes(compileObject(at(after, { steps, ...edit }), { committed }))).toEqual(expected);
  });

  it('is replaced once per number', () => {
    const first = compileObject(at('canary', versions({ ...NEW, replacement: 1 }, {})));
    const committed = committedAt(first);
    expect(codes(compileObject(at('canary', versions({ ...NEW, replacement: 1 }, {})), { committed }))).toEqual([]);
    const other = { image: 'example.com/shop:4.0.0' };
    const again = (replacement: number) =>
      compileObject(at('canary', versions({ ...other, ...(replacement > 0 ? { replacement } : {}) }, {})), {
        committed,
      });
    expect(codes(again(1))).toEqual(CHANGED);
    expect(codes(again(2))).toEqual(['version/replaced']);
    expect(again(2).results![0]!.replaced).toEqual([{ version: 'v1', parts: ['image'] }]);
    expect(codes(again(0))).toEqual(['version/replacement-lowered']);
  });

  it('is told to name its digest only while it does not serve, or with an image that replaces', () => {
    const all = (compiled: ReturnType<typeof compileObject>) =>
      compiled.diagnostics.filter(d => d.code === 'version/no-digest').length;
    const first = compileObject(at('provision-v2'));
    expect(all(first)).toBe(2);
    expect(all(compileObject(at('provision-v2'), { committed: committedAt(first) }))).toBe(1);
    const serves = { committed: committedAt(compileObject(at('canary'))) };
    expect(all(compileObject(at('canary'), serves))).toBe(0);
    expect(all(compileObject(at('canary', versions({ ...NEW, replacement: 1 }, {})), serves))).toBe(1);
  });

  it('is told alone when it is removed, whatever else that breaks', () => {
    const committed = committedAt(compileObject(at('canary')));
    const { v2 } = at('canary').spec.versions as { v2: object };
    for (const edit of [{}, { stable: 'v1' }, { steps: [] }])
      expect(codes(compileObject(at('canary', { versions: { v2 }, ...edit }), { committed }))).toEqual([
        'version/removed-while-serving',
      ]);
  });

  it('is what it was on Knative, idle or not, asked for or not', () => {
    const committed = committedAt(compileObject(at('provision-v2', {}, 'knative')));
    const meant = versions({}, { ...NEW, replacement: 1 });
    expect(codes(compileObject(at('provision-v2', meant, 'knative'), { committed }))).toEqual(CHANGED);
    expect(codes(compileObject(at('baseline', meant, 'knative'), { committed }))).toEqual([]);
  });

  it('may not change who counts its pods, whatever is asked for; between which bounds, it may', () => {
    const { plan } = compileObject(at('canary')).results![0]!;
    const spec = at('canary').spec;
    const provider = providerNamed('istio')!;
    const partsOf = frozenParts(plan, spec, provider, patchedPods);
    const scaled = (bounds: Autoscale | undefined): Version => {
      const version = plan.versions[0]!;
      if (version.kind !== 'workload' || bounds === undefined) return version;
      const workload = { ...version.workload, autoscale: bounds };
      return { ...version, workload, replacement: 1 };
    };
    const frozen = (version: Version) => ({
      version,
      parts: partsOf(version),
      now: freeze(version, partsOf(version)),
    });
    const check = (before: Version, after: Version) => {
      const remembered = { ...rememberedOf(compileObject(at('canary'))), serving: ['v1'] };
      const committed = { ...remembered, versions: { v1: { ...frozen(before).now, replacement: 0 } } };
      const { findings } = checkFrozen([frozen(after)], { plan, provider, committed });
      return findings.map(({ code, what }) => `${code} ${/added|removed/.exec(what)?.[0]}`);
    };
    const [none, low, high] = [
      scaled(undefined),
      scaled({ min: 1, max: 2, cpu: 80 }),
      scaled({ min: 2, max: 9, cpu: 60 }),
    ];
    expect(check(none, low)).toEqual(['version/autoscale-while-serving added']);
    expect(check(low, none)).toEqual(['version/autoscale-while-serving removed']);
    expect(check(low, high)).toEqual([]);
  });
});

describe('a newer default', () => {
  const FIRST = newestOf(DEFAULT_SETS);
  const newer: DefaultSet = {
    ...FIRST,
    number: FIRST.number + 1,
    workload: { ...FIRST.workload, drain: '20s', runAsUser: 20_002, writable: [] },
    pod: { ...FIRST.pod, enableServiceLinks: true },
    minReadySeconds: 9,
  };
  const sets = [...DEFAULT_SETS, newer];
  const v3 = { v3: { image: 'example.com/shop:3.0.0' } };
  const withThird = (provider: string): Rollout => {
    const { spec } = shop({}, provider);
    const steps = [...(spec.steps ?? []), { name: 'third', traffic: { v3: 100 } }];
    return shop({ versions: { ...spec.versions, ...v3 }, steps }, provider);
  };

  it.each(['istio', 'knative'])('reaches new versions only on %s', provider => {
    const before = compileObject(shop({}, provider));
    const old = templatesOf(before);
    const after = compileObject(withThird(provider), { committed: committedAt(before) }, sets);
    const now = templatesOf(after);
    for (const version of ['v1', 'v2']) expect(now.get(version)).toBe(old.get(version));
    const fresh = templatesOf(compileObject(withThird(provider), {}, sets));
    expect(now.get('v3')).toEqual(fresh.get('v3'));
    const numbers = Object.entries(rememberedOf(after).versions).map(([name, { defaults }]) => [name, defaults]);
    expect(numbers).toEqual([
      ['v1', 1],
      ['v2', 1],
      ['v3', newer.number],
    ]);
    // Where nothing is committed, nothing runs that could be replaced.
    expect(fresh.get('v1')).not.toEqual(old.get('v1'));
    expect(fresh.get('v3')).toContain(provider === 'istio' ? 'seconds: 20' : 'runAsUser: 20002');
  });

  it('changes no byte of what is committed', () => {
    const before = compileObject(shop({ step: 'canary' }));
    const after = compileObject(shop({ step: 'canary' }), { committed: committedAt(before) }, sets);
    expect(after.results![0]!.files).toEqual(before.results![0]!.files);
  });

  it('is never guessed', () => {
    const newest = compileObject(shop({}), {}, sets);
    const after = compileObject(shop({}), { committed: committedAt(newest) });
    expect(codes(after)).toEqual(['version/unknown-defaults', 'version/unknown-defaults']);
    expect(after.results).toBeUndefined();
    expect(after.diagnostics.find(d => d.code === 'version/unknown-defaults')?.what).toBe(
      'Version "v1" began with the set 2 of defaults, and this surefoot knows sets up to 1.',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { podsFor } from '../../src/model/capacity.ts';
import { strengthsOf } from '../../src/prove/strengths.ts';
import { nearestShares } from '../../src/traffic/share.ts';

const DIGEST = `@sha256:${'ab'.repeat(32)}`;
const TEMPLATE = (deployment: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
${deployment}  selector: { matchLabels: { tier: web } }
  template:
    metadata: { labels: { tier: web } }
    spec: { containers: [{ name: shop, image: "registry.example.com/shop:1.0.0${DIGEST}" }] }
${more}`;
const SCALER = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop } }
`;
const TEMPLATES = {
  'rollouts/two.yaml': TEMPLATE('  replicas: 2\n'),
  'rollouts/scaled.yaml': TEMPLATE('', SCALER),
};

const image = (tag: string): object => ({ image: `registry.example.com/shop:${tag}.0.0${DIGEST}` });

/** A Rollout that gives v2 half of the traffic and then all of it, unless it says other steps. */
const shop = ({
  v1 = {},
  v2 = {},
  ...spec
}: {
  readonly v1?: object;
  readonly v2?: object;
  readonly [key: string]: unknown;
}) => ({
  apiVersion: 'surefoot.dev/v1',
  kind: 'Rollout',
  metadata: { name: 'shop', namespace: 'demo' },
  spec: {
    provider: 'istio',
    versions: {
      v1: 'service' in v1 ? v1 : { ...image('1'), ...v1 },
      v2: 'template' in v2 ? v2 : { ...image('2'), ...v2 },
    },
    steps: [{ canary: { to: 'v2', weights: [50, 100] } }],
    ...spec,
  },
});

const compiled = (rollout: object, fleet?: string) =>
  compile(
    { file: 'rollouts/shop.yaml', text: stringify(rollout) },
    { templates: TEMPLATES, ...(fleet === undefined ? {} : { fleet: { file: 'surefoot.yaml', text: fleet } }) },
  );

/** Code, version, the worst state and what the fix lets somebody type. */
const told = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ code }) => code !== 'version/never-used')
    .map(({ code, what, fix }) => {
      const [, state, version] = /[Ii]n "([^"]+)" version "([^"]+)"/.exec(what) ?? [];
      return `${code}: ${version} in ${state}: ${[...fix.matchAll(/`([^`]+)`/g)].map(match => match[1]).join(' or ')}`;
    });

const both = { capacity: { rpsPerPod: 100, peakRps: 600 } };
const home = [{ name: 'home', traffic: { v1: 100 }, mirror: { v2: 50 } }];
const half = [{ canary: { to: 'v2', weights: [50] } }];
const tries = { testers: { match: [{ headers: { who: 'me' } }], traffic: { v2: 100 } } };
const EXAMPLE = 'capacity: { rpsPerPod: 50 }';

const CASES: readonly (readonly [title: string, rollout: object, found: readonly string[]])[] = [
  ['enough for the peak', shop({ workload: { replicas: 6, ...both } }), []],
  [
    'one pod too few',
    shop({ workload: both, v1: { replicas: 6 }, v2: { replicas: 5 } }),
    ['capacity/short: v2 in canary-100: replicas: 6'],
  ],
  [
    'a part of a pod too few',
    shop({ workload: { replicas: 6, capacity: { rpsPerPod: 80, peakRps: 490 } }, steps: [] }),
    ['capacity/short: v1 in baseline: replicas: 7'],
  ],
  [
    'fewer pods than the stable version, and enough',
    shop({ workload: both, v1: { replicas: 60 }, v2: { replicas: 6 } }),
    [],
  ],
  ['enough for its largest share', shop({ workload: both, v1: { replicas: 6 }, v2: { replicas: 3 }, steps: half }), []],
  [
    'the stable version, to which an abort returns',
    shop({ workload: both, v1: { replicas: 5 }, v2: { replicas: 6 } }),
    ['capacity/short: v1 in baseline: replicas: 6'],
  ],
  [
    'all versions at once',
    shop({ workload: { replicas: 2, ...both } }),
    ['capacity/short: v1 in baseline: replicas: 6', 'capacity/short: v2 in canary-100: replicas: 6'],
  ],
  [
    'copies count',
    shop({ workload: both, v1: { replicas: 6 }, v2: { replicas: 2 }, steps: home }),
    ['capacity/short: v2 in home: replicas: 3'],
  ],
  [
    'named rules do not',
    shop({
      workload: both,
      v1: { replicas: 6 },
      v2: { replicas: 1 },
      rules: tries,
      steps: [{ name: 'try', traffic: { v1: 100 }, rules: ['testers'] }],
    }),
    [],
  ],
  [
    'little by little, from too few',
    shop({ surge: 'gradual', workload: both, v1: { replicas: 6 }, v2: { replicas: 4 }, steps: half }),
    ['capacity/short: v2 in canary-50: replicas: 6'],
  ],
  ['little by little, from enough', shop({ surge: 'gradual', workload: { replicas: 6, ...both } }), []],
  [
    'an autoscaler by its fewest',
    shop({ workload: { autoscale: { min: 6, max: 9 }, ...both }, v2: { autoscale: { min: 2, max: 4, cpu: 60 } } }),
    ['capacity/short: v2 in canary-100: autoscale: { min: 6, max: 6, cpu: 60 }'],
  ],
  [
    'a template by its own number',
    shop({ workload: both, v1: { replicas: 6 }, v2: { template: 'two.yaml' } }),
    ['capacity/short: v2 in canary-100: replicas: 6'],
  ],
  [
    'a template by its autoscaler',
    shop({ workload: both, v1: { replicas: 6 }, v2: { template: 'scaled.yaml' } }),
    ['capacity/short: v2 in canary-100: minReplicas: 6'],
  ],
  ["somebody else's pods", shop({ workload: { replicas: 6, ...both }, v1: { service: 'legacy' } }), []],
  [
    'more pods than there may be',
    shop({ workload: { capacity: { rpsPerPod: 0.01, peakRps: 600 } }, steps: [] }),
    ['capacity/short: v1 in baseline: rpsPerPod or peakRps'],
  ],
  [
    'an override of one number',
    shop({ workload: { replicas: 6, ...both }, v2: { capacity: { rpsPerPod: 60 } } }),
    ['capacity/short: v2 in canary-100: replicas: 10'],
  ],
  [
    'an environment with a higher peak',
    {
      ...shop({ workload: { replicas: 6, ...both } }),
      spec: {
        ...shop({ workload: { replicas: 6, ...both }, steps: [] }).spec,
        environments: { test: {}, prod: { workload: { capacity: { peakRps: 900 } } } },
      },
    },
    ['capacity/short: v1 in baseline: replicas: 9'],
  ],
  ['nothing known, equal pods', shop({ workload: { replicas: 3 } }), []],
  [
    'nothing known, fewer pods',
    shop({ v1: { replicas: 10 }, v2: { replicas: 1 }, steps: half }),
    [`capacity/weaker-version: v2 in canary-50: replicas: 5 or ${EXAMPLE}`],
  ],
  ['nothing known, as many as the share needs', shop({ v1: { replicas: 10 }, v2: { replicas: 5 }, steps: half }), []],
  ['nothing known, copies only', shop({ v1: { replicas: 10 }, v2: { replicas: 1 }, steps: home }), []],
  ['nothing known, on top of a Service', shop({ v1: { service: 'legacy' }, v2: { replicas: 1 } }), []],
  [
    'only the peak is known',
    shop({ workload: { capacity: { peakRps: 600 } }, v1: { replicas: 10 }, v2: { replicas: 1 }, steps: half }),
    [`capacity/weaker-version: v2 in canary-50: replicas: 5 or ${EXAMPLE}`],
  ],
  [
    'its own pods are known to carry more',
    shop({ v1: { replicas: 10 }, v2: { replicas: 1, capacity: { rpsPerPod: 500 } }, steps: half }),
    [],
  ],
  [
    'both kinds of pods are known',
    shop({
      v1: { replicas: 10, capacity: { rpsPerPod: 100 } },
      v2: { replicas: 1, capacity: { rpsPerPod: 250 } },
      steps: half,
    }),
    ['capacity/weaker-version: v2 in canary-50: replicas: 2'],
  ],
  [
    'the stable version alone is known',
    shop({ v1: { replicas: 10, capacity: { rpsPerPod: 100, peakRps: 400 } }, v2: { replicas: 1 }, steps: half }),
    [`capacity/weaker-version: v2 in canary-50: replicas: 2 or ${EXAMPLE}`],
  ],
  [
    'a ratio of pods, where all of them carry',
    shop({
      provider: 'kubernetes',
      v1: { replicas: 3 },
      v2: { replicas: 1 },
      steps: [{ canary: { to: 'v2', weights: [25] } }],
    }),
    [],
  ],
  [
    'the same version alone',
    shop({
      provider: 'kubernetes',
      v1: { replicas: 3 },
      v2: { replicas: 1 },
      steps: [{ canary: { to: 'v2', weights: [25, 100] } }],
    }),
    [`capacity/weaker-version: v2 in canary-100: replicas: 3 or ${EXAMPLE}`],
  ],
  [
    'a ratio in which each pod gets too much',
    shop({
      provider: 'kubernetes',
      workload: { replicas: 3, capacity: { peakRps: 300 } },
      v1: { capacity: { rpsPerPod: 100 } },
      v2: { capacity: { rpsPerPod: 50 } },
      steps: [{ canary: { to: 'v2', weights: [25] } }],
    }),
    ['capacity/short: v2 in canary-25: replicas: 6'],
  ],
  ['Knative starts pods itself', shop({ provider: 'knative', workload: { replicas: 1, ...both } }), []],
  ['Knative up to its bound', shop({ provider: 'knative', workload: both, knative: { maxScale: 6 } }), []],
  [
    'Knative beyond its bound',
    shop({ provider: 'knative', workload: both, knative: { maxScale: 3 }, steps: half }),
    ['knative/max-below-peak: v1 in baseline: maxScale: 6 or rpsPerPod or peakRps'],
  ],
];

describe('capacity', () => {
  it.each(CASES)('%s', (_title, rollout, found) => {
    expect(told(compiled(rollout).diagnostics)).toEqual(found);
  });

  it('comes from surefoot.yaml as from any layer, and is pointed at there', () => {
    const fleet = 'apiVersion: surefoot.dev/v1\nkind: Fleet\ndefaults:\n  workload: { capacity: { peakRps: 600 } }\n';
    const { diagnostics } = compiled(shop({ v1: { replicas: 6, capacity: { rpsPerPod: 100 } }, steps: [] }), fleet);
    expect(told(diagnostics).filter(one => one.startsWith('capacity/'))).toEqual([]);
    const short = compiled(shop({ v1: { replicas: 5, capacity: { rpsPerPod: 100 } }, steps: [] }), fleet)
      .diagnostics[0]!;
    expect(short.code).toBe('capacity/short');
    expect(short.notes.map(({ file, line }) => `${file}:${line}`)).toContain('surefoot.yaml:4');
  });

  it('is refused beside a Service, like every other key', () => {
    const { diagnostics } = compiled(shop({ v1: { service: 'legacy', ...both } }));
    expect(diagnostics.map(({ code }) => code)).toContain('version/image-and-service');
  });

  it('changes no file of the state', () => {
    const texts = (rollout: object): readonly string[] =>
      compiled(rollout)
        .results![0]!.files.filter(({ path }) => path.endsWith('.yaml'))
        .map(({ text }) => text);
    const sized = { replicas: 6 };
    expect(texts(shop({ workload: { ...sized, ...both } }))).toEqual(texts(shop({ workload: sized })));
  });

  it('is what the proofs of hops count by, else the replicas are', () => {
    const strengths = (rollout: object) => Object.fromEntries(strengthsOf(compiled(rollout).results![0]!.plan));
    const workload = { replicas: 9, ...both };
    expect(strengths(shop({ workload, v2: { capacity: { rpsPerPod: 80 } } }))).toEqual({ v1: 6, v2: 7.5 });
    expect(strengths(shop({ workload: { replicas: 9, capacity: { rpsPerPod: 80 } } }))).toEqual({ v1: 9, v2: 9 });
    expect(strengths(shop({ workload, v1: { service: 'legacy' } }))).toEqual({ v2: 6 });
  });
});

describe('pods for a share', () => {
  it.each([
    [10_000, 7, 7],
    [5000, 7, 4],
    [1, 1, 1],
    [0, 7, 0],
    [10_000, 6.000_000_000_1, 6],
    [10_000, 6.1, 7],
    [3000, 0.1 / 0.03, 1],
  ])('%d basis points of %d pods are %d', (load, strength, pods) => {
    expect(podsFor(load, strength)).toBe(pods);
  });
});

describe('the nearest shares', () => {
  const parts = fc
    .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 6 })
    .map(weights => weights.map(weight => (weight * 10_000) / weights.reduce((a, b) => a + b, 0)));
  const fineness = fc.constantFrom({ step: 1 }, { step: 100, min: 100 }, { step: 50, min: 200 }, { step: 1, min: 1 });

  it('total everything, in steps, and leave nobody out', () => {
    fc.assert(
      fc.property(parts, fineness, (exact, { step, min = step }) => {
        const shares = nearestShares(exact, { step, min });
        expect(shares.reduce((a, b) => a + b, 0)).toBe(10_000);
        for (const share of shares) {
          expect(share % step).toBe(0);
          expect(share).toBeGreaterThanOrEqual(min);
        }
      }),
    );
  });

  it('are nearer than any that one step less here and one more there would give', () => {
    fc.assert(
      fc.property(parts, fineness, (exact, { step, min = step }) => {
        const shares = nearestShares(exact, { step, min });
        const error = (some: readonly number[]): number =>
          some.reduce((sum, share, i) => sum + (share - exact[i]!) ** 2, 0);
        const pairs = shares.flatMap((_, from) => shares.map((__, to) => [from, to] as const));
        for (const [from, to] of pairs) {
          const other = shares.map((share, i) => share + (i === to ? step : 0) - (i === from ? step : 0));
          if (from !== to && other[from]! >= min) expect(error(other)).toBeGreaterThanOrEqual(error(shares) - 0.1);
        }
      }),
    );
  });
});

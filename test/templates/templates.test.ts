import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import { proveTemplates } from '../../src/prove/templates.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { leavesOf, slips, withLeaf } from '../providers/leaves.ts';
import { at, compiled, errorsOf, rendered, rolloutOf, statesOf } from './given.ts';
import { type Rendered, template } from './random-template.ts';

const IMAGE = `registry.example.com/shop:2.0.0@sha256:${'cd'.repeat(32)}`;

/** What a Rollout may write over a template. */
const patch = fc.record(
  {
    image: fc.constant(IMAGE),
    command: fc.constant(['/bin/shop', 'on']),
    args: fc.constant(['0o14']),
    env: fc.constantFrom(
      { MODE: 'written' },
      { NEW: '$(MODE)', A: 'plain' },
      { FROM: { secretKeyRef: { name: 'x', key: 'b' } } },
    ),
    resources: fc.constantFrom({ limits: { memory: '1Gi' } }, { requests: { cpu: '10m' }, limits: { cpu: '1' } }),
    readiness: fc.constantFrom({ path: '/ready' }, { exec: ['ready'] }),
    liveness: fc.constant({ grpc: true }),
    startup: fc.constant({ tcp: true, period: '3s' }),
    writable: fc.constantFrom(['/tmp'], ['/tmp', '/var/cache']),
    runAsUser: fc.constant(10_002),
    serviceAccount: fc.constantFrom('x', 'of-somebody-else'),
    labels: fc.constant({ team: 'till' }),
    annotations: fc.constant({ 'example.com/on': 'yes' }),
    drain: fc.constantFrom('0s', '10s'),
    terminationGracePeriod: fc.constant('1m'),
  },
  { requiredKeys: [] },
);

const cases = fc.record({
  objects: template(true),
  one: patch,
  two: patch,
  keepNames: fc.boolean(),
  inline: fc.boolean(),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const STEPS = [
  { name: 'half', traffic: { v1: 50, v2: 50 } },
  { name: 'over', traffic: { v2: 100 } },
];
const THREE = { name: 'three', traffic: { v2: 90, v3: 10 } };

const compiledCase = ({ objects, one, two, keepNames, inline }: Case) =>
  compiled(
    rolloutOf(
      {
        v1: { template: 'templates/shop.yaml', ...one, ...(keepNames ? { keepNames: true } : {}) },
        v2: { template: 'templates/shop.yaml', ...two },
        ...(inline ? { v3: { image: IMAGE } } : {}),
      },
      { steps: inline ? [...STEPS, THREE] : STEPS },
    ),
    { 'rollouts/templates/shop.yaml': rendered(objects) },
  );

const OURS = ['Service', 'VirtualService', 'DestinationRule'];
const idOf = ({ kind, metadata }: Rendered): string => `${kind} ${metadata.name}`;
const podLabels = (object: Rendered): Labels => at(object, 'spec.template.metadata.labels') as Labels;
const selected = (selector: Labels, pods: readonly Rendered[]): readonly string[] =>
  pods
    .filter(pod => Object.entries(selector).every(([key, value]) => podLabels(pod)[key] === value))
    .map(pod => podLabels(pod)['version']!);

/** Names of ConfigMaps and Secrets that a Deployment needs, found in its text. */
const needs = (deployment: Rendered): readonly string[] =>
  [
    ...JSON.stringify(deployment).matchAll(
      /"(configMap|secret)(?:Ref|KeyRef)?":\{(?:"defaultMode":\d+,)?(?:"name"|"secretName"):"([^"]+)"|"imagePullSecrets":\[\{"name":"([^"]+)"/g,
    ),
  ].map(([, kind, name, pull]) =>
    pull === undefined ? `${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${name}` : `Secret ${pull}`,
  );

describe('random templates', () => {
  it('compile, and every state is proved', () => {
    fc.assert(
      fc.property(cases, one => {
        // Kept selectors do not match: the Deployment is no longer the application's alone.
        const kept = one.keepNames && one.objects.some(object => object.kind === 'HorizontalPodAutoscaler');
        expect(
          errorsOf(compiledCase(one)).filter(error => !(kept && error.includes('template/kept-autoscaled'))),
        ).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('give each version objects, pods and references of its own', () => {
    fc.assert(
      fc.property(cases, one => {
        const states = statesOf(compiledCase(one));
        const written = one.objects.map(idOf);
        for (const [name, all] of Object.entries(states)) {
          const ids = all.map(idOf);
          expect(new Set(ids).size, `names in ${name}`).toBe(ids.length);
          const pods = all.filter(object => object.kind === 'Deployment');
          for (const object of all) {
            const version = at(object, 'metadata.labels.version') as string | undefined;
            const selector = at(object, 'spec.selector.matchLabels') as Labels | undefined;
            const keeps = one.keepNames && version === 'v1' && object.kind === 'Deployment';
            if (version !== undefined && selector !== undefined) {
              const found = selected(selector, pods);
              expect(keeps ? found.includes('v1') : found, `${idOf(object)} in ${name}`).toEqual(
                keeps ? true : [version],
              );
            }
            if (object.kind === 'Deployment') {
              for (const need of needs(object)) {
                if (
                  need.endsWith(' of-somebody-else') ||
                  (!written.includes(need) && !ids.includes(need) && need === 'Secret x')
                )
                  continue;
                expect(ids, `${need} of ${idOf(object)} in ${name}`).toContain(need);
              }
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keep their names and their selector where the Rollout says so', () => {
    fc.assert(
      fc.property(cases, one => {
        const baseline = statesOf(compiledCase({ ...one, keepNames: true }))['baseline'];
        if (baseline === undefined) return;
        expect(baseline.filter(object => !OURS.includes(object.kind)).map(idOf)).toEqual(one.objects.map(idOf));
        const [before, after] = [one.objects, baseline].map(all => all.find(object => object.kind === 'Deployment'));
        expect(at(after, 'spec.selector')).toEqual(at(before, 'spec.selector'));
        expect(podLabels(after!)).toMatchObject({ tier: 'web', app: 'shop', version: 'v1' });
      }),
      { numRuns: 30 },
    );
  });

  it('come out as they went in, but for names, labels and selectors, where nothing is written over them', () => {
    fc.assert(
      fc.property(template(true), objects => {
        const result = compiled(rolloutOf({ v1: { template: '../t.yaml' } }), { 't.yaml': rendered(objects) });
        expect(errorsOf(result)).toEqual([]);
        const all = statesOf(result)['baseline']!.filter(object => !OURS.includes(object.kind));
        expect(all.map(object => object.kind)).toEqual(objects.map(object => object.kind));
        const [before, after] = [objects, all].map(list => list.find(object => object.kind === 'Deployment')!);
        const containers = (object: Rendered | undefined) =>
          (at(object, 'spec.template.spec.containers') as readonly Rendered[]).map(
            ({ name, image, lifecycle, securityContext }) => ({
              name,
              image,
              lifecycle,
              securityContext,
            }),
          );
        expect(containers(after)).toEqual(containers(before));
        expect(at(after, 'spec.template.spec.terminationGracePeriodSeconds')).toBe(
          at(before, 'spec.template.spec.terminationGracePeriodSeconds'),
        );
      }),
      { numRuns: 30 },
    );
  });
});

const planOf = (one: Case): Plan | undefined => compiledCase(one).results?.[0]?.plan;

const differenceOf = (plan: Plan, state: State, objects: readonly KubeObject[]) => {
  const { rest, difference } = proveTemplates(plan, state, objects);
  const inline = plan.versions.filter(v => v.kind === 'workload' && state.running.some(r => r.version === v.name));
  return difference !== undefined || rest.length !== 2 * inline.length;
};

describe('the proof of templates', () => {
  it('notices every scalar of every object that is emitted', () => {
    let count = 0;
    fc.assert(
      fc.property(cases, one => {
        const plan = planOf({ ...one, inline: false });
        fc.pre(plan !== undefined);
        const emit = workloadEmitter(plan);
        for (const state of plan.states.filter(({ name }) => ['half', 'retire-v1'].includes(name))) {
          const objects = emit(state);
          expect(differenceOf(plan, state, objects)).toBe(false);
          const unnoticed = leavesOf(objects).flatMap(leaf =>
            slips(leaf.value)
              .filter(slip => ++count > 0 && !differenceOf(plan, state, withLeaf(objects, leaf, slip)))
              .map(slip => `${objects[leaf.index]!.kind} ${leaf.path.join('.')} → ${JSON.stringify(slip)}`),
          );
          expect(unnoticed).toEqual([]);
        }
      }),
      { numRuns: 3 },
    );
    expect(count).toBeGreaterThan(200);
  });

  it('notices every object that is missing, and one that is too many', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (one, index) => {
        const plan = planOf(one);
        fc.pre(plan !== undefined);
        const state = plan.states.find(({ name }) => name === 'half')!;
        const objects = workloadEmitter(plan)(state);
        const gone = index % objects.length;
        expect(
          differenceOf(
            plan,
            state,
            objects.filter((_, i) => i !== gone),
          ),
        ).toBe(true);
        const more = { ...objects[gone]!, metadata: { ...objects[gone]!.metadata, name: 'more' } };
        expect(differenceOf(plan, state, [...objects, more as KubeObject])).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

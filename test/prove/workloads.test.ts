import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import type { Inert } from '../../src/model/provider.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { press } from '../../src/press.ts';
import { workloadDifference } from '../../src/prove/workloads.ts';
import { proveState } from '../../src/prove-state.ts';
import { PROVIDERS, providerNamed } from '../../src/providers/registry.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { readWorkloads } from '../../src/workloads/read.ts';
import { garbled, isInert, leavesOf, slips, withLeaf } from '../providers/leaves.ts';

const FOLDER = join(import.meta.dirname, '../../rollouts');

function planOf(text: string): Plan {
  const { rollout } = readRollout(text);
  const { plan, findings } = planRollout(flatten(rollout!, PROVIDERS).flats[0]!, PROVIDERS);
  if (plan === undefined) throw new Error(JSON.stringify(findings));
  return plan;
}

/** Everything that a workload can say and the living examples do not. */
const FULL = `
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: shop, namespace: demo }
spec:
  provider: kubernetes
  ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-metrics, port: 9090 }]
  workload:
    replicas: 3
    command: [/bin/shop, serve]
    args: [--port, "8080"]
    serviceAccount: shop
    labels: { team: till }
    annotations: { example.com/owner: till }
    env:
      MODE: plain
      LINK: $(MODE)
      TOKEN: { secretKeyRef: { name: till, key: token } }
      LEVEL: { configMapKeyRef: { name: till, key: level } }
      NODE: { fieldRef: { fieldPath: spec.nodeName } }
    startup: { path: /up }
    writable: [/tmp, /var/cache]
    config: { mountPath: /etc/shop, files: { app.yaml: "a: 1\\n", limits: "5" } }
  versions:
    v1: { image: "example.com/shop:1.0.0" }
    v2: { image: "example.com/shop:2.0.0" }
  steps:
    - { name: half, traffic: { v1: 50, v2: 50 } }
    - { name: complete, traffic: { v2: 100 } }
`;

/** Numbers of pods that are not the state's, and files of one version only. */
const AUTOSCALED = `
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: till, namespace: demo }
spec:
  provider: kubernetes
  workload: { autoscale: { min: 3, max: 9, cpu: 70 } }
  versions:
    v1: { image: "example.com/till:1.0.0", writable: [] }
    v2: { image: "example.com/till:2.0.0", replicas: 4, config: { files: { app.yaml: "a: 2" } } }
    v3: { image: "example.com/till:3.0.0", config: { files: { app.yaml: "a: 3" } } }
  steps:
    - { name: two, traffic: { v2: 100 } }
    - { name: three, traffic: { v3: 100 } }
`;
/** The living examples whose pods are ours; test/templates proves those of templates. */
const living = readdirSync(FOLDER)
  .filter(file => file.endsWith('.yaml'))
  .map(file => ({ name: file, text: readFileSync(join(FOLDER, file), 'utf8') }))
  .filter(({ text }) => !text.includes('template:'));

const plans = [
  ...living
    .map(({ name, text }) => ({ name, plan: planOf(text) }))
    .filter(({ plan }) => plan.versions.some(({ kind }) => kind !== 'service')),
  { name: 'everything', plan: planOf(FULL) },
  { name: 'autoscaled', plan: planOf(AUTOSCALED) },
].filter(({ plan }) => providerNamed(plan.provider)?.capabilities.ownsWorkloads === false);

const stated = (name: string): Plan => plans.find(entry => entry.name === name)!.plan;
const both = (plan: Plan): State => plan.states.find(state => state.running.length === 2)!;
const emitted = (plan: Plan, state: State): readonly KubeObject[] => workloadEmitter(plan)(state);
const differenceOf = (plan: Plan, state: State, objects: readonly KubeObject[]) =>
  workloadDifference(plan, state, readWorkloads(objects));

const POD = 'Deployment spec.template.spec';
const CONTAINER = `${POD}.containers.*`;

/** Neither what runs, nor how often, nor who finds it: how well it runs. */
const ELSEWHERE: readonly Inert[] = [
  ['Deployment metadata.labels.**', 'For people and queries; selectors read labels of pods.'],
  ['PodDisruptionBudget metadata.labels.**', 'For people and queries.'],
  ['HorizontalPodAutoscaler metadata.labels.**', 'For people and queries.'],
  ['ConfigMap metadata.labels.**', 'For people and queries.'],
  ['PodDisruptionBudget spec.maxUnavailable', 'How fast a node drains.'],
  ['Deployment spec.minReadySeconds', 'Pace of an update within one version.'],
  ['Deployment spec.progressDeadlineSeconds', 'When an update is called failed.'],
  ['Deployment spec.revisionHistoryLimit', 'How many old ReplicaSets stay to be looked at.'],
  ['Deployment spec.strategy.**', 'Pace of an update within one version.'],
  [`${POD}.affinity.**`, 'On which node a pod runs.'],
  [`${POD}.topologySpreadConstraints.**`, 'On which node a pod runs.'],
  [`${POD}.automountServiceAccountToken`, 'Security: narrows what the pod may do.'],
  [`${POD}.enableServiceLinks`, 'Variables that Kubernetes adds by itself.'],
  [`${POD}.securityContext.**`, 'Security: narrows what the pod may do.'],
  [`${POD}.terminationGracePeriodSeconds`, 'How long a pod that stops may take.'],
  [`${POD}.dnsPolicy`, 'How the pod calls others, not how it is called.'],
  [`${POD}.restartPolicy`, 'The schema of Deployments allows Always only.'],
  [`${POD}.setHostnameAsFQDN`, 'What the pod calls itself.'],
  [`${CONTAINER}.name`, 'For people and logs.'],
  [`${CONTAINER}.imagePullPolicy`, 'When the image is fetched, not which.'],
  [`${CONTAINER}.ports.*.name`, 'Services call the number; the readiness probe alone reads the name.'],
  [`${CONTAINER}.ports.*.protocol`, 'Informs only; Services say TCP themselves.'],
  [`${CONTAINER}.resources.**`, 'How much the container gets.'],
  [`${CONTAINER}.securityContext.**`, 'Security: narrows what the container may do.'],
  [`${CONTAINER}.readinessProbe.**`, 'When a pod is ready, not which version it is.'],
  [`${CONTAINER}.livenessProbe.**`, 'When a container is started anew.'],
  [`${CONTAINER}.startupProbe.**`, 'When the other probes begin.'],
  [`${CONTAINER}.lifecycle.**`, 'How long a pod that stops still answers.'],
].map(([path, reason]) => ({ path: path!, reason: reason! }));

/** Held by the proofs of the namespace and of the schema, before this one. */
const OTHER_PROOFS: readonly Inert[] = [
  'Deployment',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ConfigMap',
].map(kind => ({
  path: `${kind} metadata.namespace`,
  reason: 'strayObject holds it.',
}));

describe('every scalar of a workload that says what runs, how often, and who finds it', () => {
  const met = new Set<string>();

  it.each(plans)('matters in $name', ({ plan }) => {
    for (const state of plan.states) {
      const objects = emitted(plan, state);
      expect(differenceOf(plan, state, objects)).toBeUndefined();
      const unnoticed = leavesOf(objects).flatMap(leaf => {
        const { kind } = objects[leaf.index]!;
        const inert = [...ELSEWHERE, ...OTHER_PROOFS].filter(entry => isInert([entry], kind, leaf.path));
        for (const entry of inert) met.add(entry.path);
        if (inert.length > 0) return [];
        return slips(leaf.value)
          .filter(slip => differenceOf(plan, state, withLeaf(objects, leaf, slip)) === undefined)
          .map(slip => `${state.name}: ${kind} ${leaf.path.join('.')} → ${JSON.stringify(slip)}`);
      });
      expect(unnoticed).toEqual([]);
    }
  });

  it('is left out by name only where such a scalar is emitted', () => {
    expect([...ELSEWHERE, ...OTHER_PROOFS].map(entry => entry.path).filter(path => !met.has(path))).toEqual([]);
  });
});

it('reading survives objects whose fields are anything at all', () => {
  const plan = stated('everything');
  fc.assert(
    fc.property(garbled(emitted(plan, both(plan))), objects => void readWorkloads(objects)),
    { numRuns: 200 },
  );
});

/** The objects with one text in place of another, wherever it stands. */
const swapped = (objects: readonly KubeObject[], from: string, to: string): readonly KubeObject[] =>
  JSON.parse(JSON.stringify(objects).replaceAll(from, to));

/** The objects of one kind with another selector. */
const selecting = (objects: readonly KubeObject[], kind: string, of: (selector: Labels) => Labels) =>
  objects.map((object): KubeObject => {
    if (object.kind !== kind) return object;
    const copy = JSON.parse(JSON.stringify(object));
    if (kind === 'Service') copy.spec.selector = of(copy.spec.selector);
    else copy.spec.selector.matchLabels = of(copy.spec.selector.matchLabels);
    return copy;
  });

const without = (labels: Labels, key: string): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== key));

function proved(plan: Plan, state: State, change: (objects: readonly KubeObject[]) => readonly KubeObject[]) {
  const provider = providerNamed(plan.provider)!;
  const objects = { routing: change(provider.emitter(plan)(state)), workloads: change(emitted(plan, state)) };
  return proveState({ plan, state, provider, objects, press: press() });
}

const isDeployment = (object: KubeObject): boolean => object.kind === 'Deployment';

describe.each(plans)('an emitter of $name', ({ plan }) => {
  const state = both(plan);
  const [one, two] = plan.versions;
  const image = (version = one): string => (version?.kind === 'workload' ? version.workload.image : '');
  const cases: readonly [string, (objects: readonly KubeObject[]) => readonly KubeObject[], RegExp][] = [
    ['runs one image for every version', all => swapped(all, image(two), image(one)), /container\.image should be/],
    [
      'keeps pods by app alone',
      all => selecting(all, 'Deployment', s => without(s, 'version')),
      /Deployment .*selector/,
    ],
    [
      'keeps pods by version alone',
      all => selecting(all, 'Deployment', s => without(s, 'app')),
      /Deployment .*selector/,
    ],
    [
      'guards the pods of every version',
      all => selecting(all, 'PodDisruptionBudget', s => without(s, 'version')),
      /PodDisruptionBudget .*selector/,
    ],
    ['forgets a Deployment', all => all.filter(o => o !== all.find(isDeployment)), /Deployments/],
    ['forgets the budgets', all => all.filter(o => o.kind !== 'PodDisruptionBudget'), /PodDisruptionBudgets/],
    [
      'starts a second Deployment of a version',
      all => all.flatMap(o => (o === all.find(isDeployment) ? [o, swapped([o], o.metadata.name, 'more')[0]!] : [o])),
      /Deployments/,
    ],
    [
      'puts a Service among the workloads',
      all => (all.some(o => o.kind === 'Deployment') ? [...all, serviceOf(plan, state)] : all),
      /\/Service stands among/,
    ],
  ];

  it('that does as the plan says passes', () => expect(proved(plan, state, all => all)).toEqual([]));

  it.each(cases)('that %s is caught', (_, change, said) => {
    const findings = proved(plan, state, change);
    expect(findings.map(finding => finding.code)).toEqual(['prove/translation']);
    expect(findings[0]!.what).toMatch(said);
  });
});

function serviceOf(plan: Plan, state: State): KubeObject {
  const service = providerNamed(plan.provider)!
    .emitter(plan)(state)
    .find(object => object.kind === 'Service')!;
  return { ...service, metadata: { ...service.metadata, name: 'more' } };
}

describe('a Service selector without the application', () => {
  it.each(['hello.yaml', 'checkout.yaml', 'cart.yaml', 'search.yaml'])('is caught in %s', name => {
    const plan = stated(name);
    const alone = plan.states.find(state => state.running.length === 1)!;
    const version = alone.running[0]!.version;
    const findings = proved(plan, alone, all => selecting(all, 'Service', () => ({ version })));
    expect(findings.map(finding => finding.code)).toEqual(['prove/translation']);
    expect(findings[0]!.what).toContain('another application');
  });

  it('is caught where it selects what every application of surefoot carries', () => {
    const plan = stated('cart.yaml');
    const managed = { 'app.kubernetes.io/managed-by': 'surefoot' };
    expect(proved(plan, both(plan), all => selecting(all, 'Service', () => managed))).not.toEqual([]);
  });
});

/** The objects of one kind with another value at a place; undefined: without it. An index behind the end adds to a list. */
const placed = (kind: string, path: string, value: Json | undefined) => (objects: readonly KubeObject[]) =>
  objects.map((object): KubeObject => {
    if (object.kind !== kind) return object;
    const copy = JSON.parse(JSON.stringify(object));
    const keys = path.split('.');
    const last = keys.pop()!;
    const holder = keys.reduce((here, key) => here[key], copy);
    if (value === undefined && Array.isArray(holder)) holder.splice(Number(last), 1);
    else if (value === undefined) delete holder[last];
    else holder[last] = value;
    return copy;
  });

describe('an emitter of autoscalers and files', () => {
  const plan = stated('autoscaled');
  const state = plan.states.find(s => ['v2', 'v3'].every(v => s.running.some(r => r.version === v)))!;
  const HPA = 'HorizontalPodAutoscaler';
  const POD_SPEC = 'spec.template.spec';
  const MOUNT = `${POD_SPEC}.containers.0.volumeMounts.1`;
  const without = (kind: string) => (all: readonly KubeObject[]) => all.filter(object => object.kind !== kind);
  const cases: readonly [string, (objects: readonly KubeObject[]) => readonly KubeObject[], RegExp][] = [
    [
      'scales the pods of another version',
      placed(HPA, 'spec.scaleTargetRef.name', 'till-v2'),
      /HorizontalPodAuto.*target/,
    ],
    ['scales a StatefulSet', placed(HPA, 'spec.scaleTargetRef.kind', 'StatefulSet'), /HorizontalPodAutoscaler.*target/],
    ['leaves out a bound', placed(HPA, 'spec.minReplicas', undefined), /HorizontalPodAutoscaler.*min/],
    ['goes by a second metric', placed(HPA, 'spec.metrics.1', { type: 'Resource' }), /2 metrics/],
    ['goes by memory', placed(HPA, 'spec.metrics.0.resource.name', 'memory'), /utilization of the CPU/],
    ['forgets the autoscaler', without(HPA), /HorizontalPodAutoscalers/],
    [
      'autoscales a version that is not',
      all => all.flatMap(o => (o.kind === HPA ? [o, ...swapped([o], 'till-v3', 'till-v2')] : [o])),
      /HorizontalPodAutoscalers/,
    ],
    ['fights over the number of pods', placed('Deployment', 'spec.replicas', 4), /Deployment till-v3.replicas/],
    ['leaves the number of pods to nobody', placed('Deployment', 'spec.replicas', undefined), /till-v2.replicas/],
    ['gives every version the same files', placed('ConfigMap', 'data', { 'app.yaml': 'a: 2' }), /ConfigMap.*data/],
    ['forgets the files', without('ConfigMap'), /ConfigMaps/],
    ['adds a file', placed('ConfigMap', 'data.more', 'x'), /ConfigMap.*more/],
    ['adds bytes', placed('ConfigMap', 'binaryData', { more: 'eA==' }), /"binaryData" is not understood/],
    [
      'shows the files of another version',
      placed('Deployment', `${POD_SPEC}.volumes.1.configMap.name`, 'till-v2'),
      /Deployment till-v3.mounts.config.configMap/,
    ],
    ['shows the files elsewhere', placed('Deployment', `${MOUNT}.mountPath`, '/etc'), /mounts.config.mountPath/],
    ['lets the files be written to', placed('Deployment', `${MOUNT}.readOnly`, undefined), /read-only/],
    [
      'keeps the files from their user',
      placed('Deployment', `${POD_SPEC}.volumes.1.configMap.defaultMode`, 0o400),
      /defaultMode/,
    ],
    ['shows no files', placed('Deployment', MOUNT, undefined), /no container shows/],
    [
      'forgets the hash of the files',
      placed('Deployment', 'spec.template.metadata.annotations', undefined),
      /surefoot.dev\/config/,
    ],
  ];

  it('that does as the plan says passes', () => expect(proved(plan, state, all => all)).toEqual([]));

  it.each(cases)('that %s is caught', (_, change, said) => {
    const findings = proved(plan, state, change);
    expect(findings.map(finding => finding.code)).toEqual(['prove/translation']);
    expect(findings[0]!.what).toMatch(said);
  });
});

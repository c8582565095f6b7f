import { expect, test } from 'vitest';
import { coloured, plain } from '../../src/cli/paint.ts';
import { planDocument } from '../../src/cli/plan-document.ts';
import { hopList, printPlan, stateTable } from '../../src/cli/plan-table.ts';
import type { HopChanges } from '../../src/model/compiled.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import type { Rule } from '../../src/model/traffic.ts';

const all = (version: string): Rule => ({
  name: 'default',
  matches: [],
  split: [{ version, share: 10_000 }],
  mirror: [],
  origin: [],
});
const state = (name: string, more: Partial<State>): State => ({
  name,
  kind: 'step',
  running: [
    { version: 'v1', replicas: 4 },
    { version: 'v2', replicas: 4 },
  ],
  rules: [all('v1')],
  stable: 'v1',
  origin: [],
  ...more,
});
const testers: Rule = {
  name: 'testers',
  matches: [{ headers: [{ name: 'end-user', text: { kind: 'exact', value: 'jason' } }], cookies: [], query: [] }],
  split: [{ version: 'v2', share: 10_000 }],
  mirror: [],
  fault: { delay: { duration: 2000, share: 1000 }, abort: { status: 503, share: 50 } },
  origin: [],
};

const plan: Plan = {
  rollout: 'reviews',
  namespace: 'bookinfo',
  environment: 'default',
  cluster: {},
  provider: 'istio',
  options: {},
  ports: [],
  route: { hosts: ['reviews'], ownName: 'route', gateways: [] },
  versions: [
    { name: 'v1', kind: 'service', service: 'reviews-old', origin: [] },
    { name: 'v2', kind: 'service', service: 'reviews-new', origin: [] },
  ],
  states: [
    state('baseline', { kind: 'baseline', running: [{ version: 'v1', replicas: 4 }] }),
    state('shadow', { rules: [{ ...all('v1'), mirror: [{ version: 'v2', share: 1250 }] }], pause: 5_400_000 }),
    state('canary-0.5', {
      rules: [
        testers,
        {
          ...all('v1'),
          split: [
            { version: 'v1', share: 9950 },
            { version: 'v2', share: 50 },
          ],
        },
      ],
    }),
    state('abort-canary-0.5', { kind: 'abort' }),
  ],
  hops: [
    { from: 'baseline', to: 'shadow', kind: 'shift', obligations: [] },
    {
      from: 'shadow',
      to: 'canary-0.5',
      kind: 'shift',
      obligations: [
        { kind: 'paused', duration: 5_400_000 },
        { kind: 'available', version: 'v2', replicas: 4 },
      ],
    },
  ],
  current: 'shadow',
};
const changes: readonly HopChanges[] = [
  { created: ['Deployment/reviews-v2'], updated: ['VirtualService/reviews'], deleted: [] },
  { created: [], updated: [], deleted: [] },
];

const workloads: Plan = { ...plan, versions: [] };

test('one line per state, a sign at the current one, everything active beside it', () => {
  const lines = stateTable(workloads, plain);
  expect(lines.map(line => line.split(/ {2,}/))).toEqual([
    ['', 'state', 'kind', 'traffic', 'mirror', 'rules', 'pods', 'pause'],
    ['', 'baseline', 'baseline', 'v1 100 %', '-', '-', 'v1 4', '-'],
    ['➤', 'shadow', 'step', 'v1 100 %', 'v2 12.5 %', '-', 'v1 4, v2 4', '1h30m'],
    [
      '',
      'canary-0.5',
      'step',
      'v1 99.5 %, v2 0.5 %',
      '-',
      'testers → v2 100 %, delay 2s for 10 %, fail 0.5 % with 503',
      'v1 4, v2 4',
      'until promoted',
    ],
    ['', 'abort-canary-0.5', 'abort', 'v1 100 %', '-', '-', 'v1 4, v2 4', '-'],
  ]);
  expect(new Set(lines.slice(1).map(line => line.indexOf('  v1 4') + 2))).toEqual(new Set([lines[0]?.indexOf('pods')]));
});

test('pods that somebody else runs are not counted', () => {
  expect(stateTable(plan, plain)[1]).toContain('v1 elsewhere');
});

test('each hop says what it changes and what must be seen before', () => {
  expect(hopList(plan, changes, plain)).toEqual([
    'baseline → shadow    shift',
    '    creates Deployment/reviews-v2; updates VirtualService/reviews',
    'shadow → canary-0.5  shift',
    '    changes nothing: a place to wait',
    '    once 1h30m have passed, v2 has 4 available pods',
  ]);
});

test('a plan begins with its name and ends with a line break, coloured or not', () => {
  const text = printPlan({ source: 'rollouts/reviews.yaml', plan, changes }, plain);
  expect(text.startsWith('bookinfo/reviews  istio, environment default, rollouts/reviews.yaml\n\n')).toBe(true);
  expect(text.endsWith('available pods\n')).toBe(true);
  const shown = printPlan({ source: 'rollouts/reviews.yaml', plan, changes }, coloured);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is looked for
  expect(shown.replace(/\u001b\[\d+m/g, '')).toBe(text);
  expect(shown).not.toBe(text);
});

test('as a document every state says all about itself, in the words of a Rollout', () => {
  expect(planDocument(workloads)).toMatchObject({ rollout: 'reviews', provider: 'istio', step: 'shadow' });
  expect(planDocument({ ...plan, states: plan.states.slice(1, 3) })).toMatchObject({
    states: [
      {
        name: 'shadow',
        kind: 'step',
        pods: { v1: 4, v2: 4 },
        traffic: { v1: 100 },
        mirror: { v2: 12.5 },
        stable: 'v1',
        pause: '1h30m',
      },
      {
        name: 'canary-0.5',
        traffic: { v1: 99.5, v2: 0.5 },
        rules: [
          {
            name: 'testers',
            match: [{ headers: { 'end-user': 'jason' } }],
            traffic: { v2: 100 },
            fault: { delay: { duration: '2s', percent: 10 }, abort: { status: 503, percent: 0.5 } },
          },
        ],
      },
    ],
  });
});

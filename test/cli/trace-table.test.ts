import { expect, test } from 'vitest';
import { plain } from '../../src/cli/paint.ts';
import { traceDocument } from '../../src/cli/trace-document.ts';
import { printTrace, type TracedRollout } from '../../src/cli/trace-table.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Answer } from '../../src/review/answer.ts';

const plan: Plan = {
  rollout: 'shop',
  namespace: 'prod',
  environment: 'default',
  cluster: {},
  provider: 'istio',
  options: {},
  ports: [],
  route: { hosts: ['shop'], ownName: 'route', gateways: [] },
  versions: [],
  states: [],
  hops: [],
  current: 'canary',
};

const taken = { rule: 'default', matches: [], mirror: [] };
const answers: readonly Answer[] = [
  { state: 'outside', rule: null, why: 'no rule takes it: there is none' },
  {
    ...taken,
    state: 'canary',
    split: [
      { version: 'v10', share: 50 },
      { version: 'v2', share: 4950 },
      { missing: 'Service shop-v3 is not among these objects', share: 5000 },
    ],
    mirror: [
      { version: 'v2', share: 1 },
      { missing: 'no pods', share: 2500 },
    ],
    timeout: 1500,
    rewrite: '/v2',
  },
  {
    ...taken,
    state: 'faulty\u001b[31m',
    rule: 'testers',
    met: { headers: [], cookies: [{ name: 'beta', text: { kind: 'present' } }], query: [] },
    split: [{ version: 'v2', share: 10_000, timeout: 2000 }],
    fault: { abort: { status: 503, share: 1000 } },
    retries: { attempts: 2, retryOn: [] },
    rewrite: '/v2',
  },
];
const traced: TracedRollout = { source: 'rollouts/shop.yaml', plan, answers };

test('a trace for people shows what differs in columns, and what is alike below', () => {
  expect(printTrace(traced, plain)).toBe(`\
prod/shop  istio, environment default, rollouts/shop.yaml

   state             rule                          v2      v10    copies                             fault               timeout  retries  fails
   outside           none                          -       -      -                                  -                   -        -        no rule takes it: there is none
➤  canary            default                       49.5 %  0.5 %  v2 0.01 %, 25 % nowhere (no pods)  -                   1500ms   -        50 %: Service shop-v3 is not among these objects
   faulty\\u001b[31m  testers: cookie beta present  100 %   -      -                                  fail 10 % with 503  2s       2        -

wherever a rule takes it: rewrite /v2
`);
});

test('a trace as data tells what is missing', () => {
  expect(traceDocument({ method: 'GET', path: '/', headers: {}, cookies: {}, query: {} }, traced)).toMatchObject({
    states: [
      { state: 'outside', rule: null, why: 'no rule takes it: there is none' },
      {
        split: [
          { version: 'v10', percent: 0.5 },
          { version: 'v2', percent: 49.5 },
          { missing: 'Service shop-v3 is not among these objects', percent: 50 },
        ],
        timeout: '1500ms',
      },
      { rule: 'testers', split: [{ version: 'v2', percent: 100, timeout: '2s' }], retries: { attempts: 2 } },
    ],
  });
});

import { current, POD_NAME, stepLines, versionLines, workloadLines } from './service.mjs';

/** @typedef {import('./service.mjs').Service} Service */
/** @typedef {import('./dice.mjs').Dice} Dice */

/** The lines under `spec`: copies, testers, a canary of four to six weights; some with a second release or an A/B test. @param {Service} service */
export function istioLines(service) {
  const { name, dice } = service;
  const count = dice.pick([2, 2, 2, 2, 2, 2, 3, 3, 3, 4]);
  const path = dice.pick(['/', '/', '/', `/${name}`]);
  const steps = stepsOf(dice, count);
  return [
    'provider: istio',
    `step: ${current(service, steps)} # where the cluster should stand`,
    'stable: v1',
    ...dice.maybe(15, 'surge: gradual # only the pods that the next share needs'),
    ...dice.pick([
      ['ports: [{ name: http, port: 80, targetPort: 8080 }]'],
      ['ports:', '  - { name: http, port: 9080 }'],
    ]),
    ...workloadLines(
      service,
      `replicas: ${dice.pick([2, 3, 4, 6, 10, 20])} # the pods that carry 100 % of the traffic`,
      POD_NAME,
    ),
    ...versionLines(service, count),
    ...routeLines(service, path),
    'rules:',
    '  testers: # switched on by name, step by step',
    `    match: ${dice.pick(testersOf(path))}`,
    '    traffic: { v2: 100 }',
    ...stepLines(steps),
    ...dice.maybe(12, 'istio: { versions: services }'),
  ];
}

/** @param {Service} service @param {string} path */
function routeLines({ name, dice }, path) {
  const perTry = dice.pick(['2s', '800ms']);
  const balancing = dice.pick([
    'round-robin',
    'random',
    '{ hash: { cookie: session } }',
    '{ hash: { header: X-User } }',
  ]);
  return [
    'route:',
    ...dice.maybe(
      30,
      `  hosts: [${name}, ${name}.example.com]`,
      '  gateways: [mesh, istio-ingress/public] # callers inside the mesh, and the public gateway',
    ),
    ...(path === '/' ? [] : [`  path: ${path}`]),
    `  timeout: ${dice.pick(['10s', '2500ms', '30s'])}`,
    ...dice.maybe(80, `  retries: { attempts: 3, perTryTimeout: ${perTry}, retryOn: [5xx, connect-failure] }`),
    ...dice.maybe(70, '  outlierDetection: { consecutiveErrors: 5, interval: 10s, maxEjectionPercent: 50 }'),
    ...dice.maybe(30, '  circuitBreaker: { maxConnections: 100, maxPendingRequests: 50, maxRequests: 200 }'),
    ...dice.maybe(25, `  loadBalancing: ${balancing}`),
  ];
}

/** @param {string} path */
const testersOf = path => [
  '[{ headers: { end-user: jason } }]',
  '[{ cookies: { beta: "1" } }, { headers: { X-Team: { present: true } } }]',
  `[{ headers: { X-Canary: always }, path: { prefix: ${path === '/' ? '' : path}/admin } }, { cookies: { beta: "1" } }]`,
  '[{ headers: { user-agent: { prefix: StaffApp/ } }, method: GET }]',
  '[{ headers: { role: { regex: "ops|dev|qa" } } }, { query: { preview: "1" } }]',
];

const WEIGHTS = [
  [1, 5, 20, 50],
  [5, 10, 25, 50],
  [1, 5, 10, 25, 50],
  [0.5, 2, 10, 25, 50],
  [1, 2, 5, 10, 25, 50],
];

/** @param {Dice} dice @param {number} count @returns {import('./service.mjs').Step[]} */
function stepsOf(dice, count) {
  const weights = dice.pick(WEIGHTS);
  const copies = dice.pick([10, 50, 100]);
  const state = `canary-${String(dice.pick(weights)).replace('.', '-')}`;
  return [
    ...dice.maybe(
      70,
      step(
        'shadow',
        `{ name: shadow, traffic: { v1: 100 }, mirror: { v2: ${copies} }, pause: 1h } # answers are dropped`,
      ),
    ),
    step('internal', '{ name: internal, traffic: { v1: 100 }, rules: [testers] }'),
    ...dice.maybe(
      20,
      step('slow', '{ name: slow, traffic: { v1: 100 }, fault: { delay: { duration: 3s, percent: 1 } } }'),
    ),
    step(state, `canary: { to: v2, weights: [${weights.join(', ')}], pause: 30m, rules: [testers] }`),
    step('complete', '{ name: complete, traffic: { v2: 100 }, pause: 24h }'),
    ...(count > 2 ? [step('fix-10', 'canary: { name: fix, to: v3, weights: [10, 50, 100], pause: 1h }')] : []),
    ...(count > 3
      ? [
          step('new-home', 'abTest: { name: new-home, to: v4, match: [{ cookies: { home: new } }], pause: 7d }'),
          step('both', '{ name: both, traffic: { v3: 80, v4: 20 }, pause: 24h }'),
        ]
      : []),
  ];
}

/** @param {string} state @param {string} line @returns {import('./service.mjs').Step} */
const step = (state, line) => [state, line];

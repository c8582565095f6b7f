import { current, stepLines, versionLines, workloadLines } from './service.mjs';

/** @typedef {import('./service.mjs').Step} Step */

const OPTIONS = [
  [],
  ['knative: { form: configurations, visibility: cluster-local, maxScale: 50, concurrency: 80 }'],
  ['knative:', '  maxScale: 20', '  visibility: cluster-local # callers inside the cluster only'],
];

/** The lines under `spec`: revisions under a tag, then percents; a third as Configurations and a Route. @param {import('./service.mjs').Service} service */
export function knativeLines(service) {
  const { dice } = service;
  const count = dice.pick([2, 2, 2, 3]);
  const steps = stepsOf(service, count);
  return [
    'provider: knative',
    `step: ${current(service, steps)}`,
    ...dice.pick(OPTIONS),
    ...dice.maybe(50, 'ports: [{ name: http, port: 80, targetPort: 8080 }]'),
    ...workloadLines(
      service,
      dice.pick(['', 'replicas: 1', 'replicas: 2 # never fewer, so that nobody waits for a start']),
    ),
    ...versionLines(service, count),
    ...dice.maybe(40, `route: { timeout: ${dice.pick(['10s', '60s', '300s'])} }`),
    ...stepLines(steps),
  ];
}

/** @param {import('./service.mjs').Service} service @param {number} count @returns {Step[]} */
function stepsOf({ dice }, count) {
  /** @type {Step} */
  const preview = ['preview', '{ name: preview, traffic: { v1: 100, v2: 0 } } # at 0 % and under its tag'];
  /** @type {Step} */
  const half = ['half', '{ name: half, traffic: { v2: 50, v3: 50 }, pause: 1h }'];
  return [
    ...dice.maybe(60, preview),
    ['canary-5', `canary: { to: v2, weights: ${dice.pick(['[5, 20, 50]', '[5, 50]', '[5, 10, 25, 50]'])}, pause: 1h }`],
    ['complete', '{ name: complete, traffic: { v2: 100 }, pause: 24h } # v1 is retired after this pause'],
    ...(count > 2 ? [half] : []),
  ];
}

import { current, POD_NAME, stepLines, versionLines, workloadLines } from './service.mjs';

/** @typedef {import('./service.mjs').Step} Step */

/** Pods of the stable version, and shares that whole pods beside them can carry. */
const RATIOS = [
  { pods: 3, weights: '[25, 50]' },
  { pods: 4, weights: '[20, 50]' },
  { pods: 6, weights: '[25, 40, 50]' },
  { pods: 9, weights: '[10, 25, 40, 50]' },
  { pods: 12, weights: '[20, 25, 50]' },
];

const PORTS = [
  ['ports: [{ name: http, port: 80, targetPort: 8080 }]'],
  ['ports:', '  - { name: http, port: 80, targetPort: 8080 }', '  - { name: http-metrics, port: 9090 }'],
  ['ports:', '  - { name: grpc, port: 9090 }', '  - { name: smtp, port: 25, targetPort: 2525, protocol: tcp }'],
];

/** The lines under `spec`: canaries by numbers of pods, and blue-greens. @param {import('./service.mjs').Service} service */
export function kubernetesLines(service) {
  const { dice } = service;
  const count = dice.pick([2, 2, 2, 3]);
  const { pods, weights } = dice.pick(RATIOS);
  const steps = dice.chance(55) ? ratioSteps(weights, count) : blueGreenSteps(count);
  return [
    'provider: kubernetes',
    `step: ${current(service, steps)}`,
    ...dice.pick(PORTS),
    ...workloadLines(service, `replicas: ${pods} # the pods that carry 100 % of the traffic`, POD_NAME),
    ...versionLines(service, count),
    ...stepLines(steps),
  ];
}

/** @param {string} weights @param {number} count @returns {Step[]} */
const ratioSteps = (weights, count) => [
  ['canary-50', `canary: { to: v2, weights: ${weights}, pause: 15m } # shares that whole pods can carry`],
  ['complete', '{ name: complete, traffic: { v2: 100 }, pause: 24h }'],
  ...(count > 2 ? [/** @type {Step} */ (['fix', '{ name: fix, traffic: { v3: 100 }, pause: 1h }'])] : []),
];

/** @param {number} count @returns {Step[]} */
const blueGreenSteps = count => [
  ['preview', 'blueGreen: { to: v2, pause: 30m } # expands to preview and switch'],
  ...(count > 2 ? [/** @type {Step} */ (['fix-switch', 'blueGreen: { name: fix, to: v3, pause: 30m }'])] : []),
];

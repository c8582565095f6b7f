// What Rollouts of every provider have in common.

/** @typedef {{ name: string, team: string, dice: import('./dice.mjs').Dice }} Service */
/** @typedef {readonly [state: string, line: string]} Step an entry of `steps`, and one of the states that it makes */

/** The lines under `steps`. @param {readonly Step[]} steps */
export const stepLines = steps => ['steps:', ...steps.map(([, line]) => `  - ${line}`)];

/** Where the cluster stands: at one of the states. @param {Service} service @param {readonly Step[]} steps */
export const current = ({ dice }, steps) => dice.pick(steps.map(([state]) => state));

/** The lines under `versions`. @param {Service} service @param {number} count */
export function versionLines({ name, team, dice }, count) {
  const [major, minor] = [dice.pick([1, 2, 3, 7]), dice.pick([0, 4, 11])];
  const byTag = dice.chance(8);
  const versions = Array.from({ length: count }, (_, index) => {
    const tag = `registry.example.com/${team}/${name}:${major}.${minor + index}.0`;
    const image = byTag ? tag : `${tag}@sha256:${dice.digest()}`;
    if (index === 0 || !dice.chance(30)) return [`  v${index + 1}: { image: ${image} }`];
    const features = `${2024 + index}-q${index}`;
    return [`  v${index + 1}:`, `    image: ${image}`, `    env: { FEATURE_SET: "${features}" } # new in this version`];
  });
  return ['versions:', ...versions.flat()];
}

/**
 * The lines under `workload`; `replicas` is a line, or empty.
 * @param {Service} service @param {string} replicas @param {readonly string[]} more variables that not every provider takes
 */
export function workloadLines({ name, team, dice }, replicas, more = []) {
  const lines = [
    ...(replicas === '' ? [] : [`  ${replicas}`]),
    ...environment(team, dice, more),
    ...dice.maybe(
      50,
      '  resources:',
      `    requests: { cpu: ${dice.pick(['100m', '250m', '"1"'])}, memory: 256Mi }`,
      '    limits: { memory: 512Mi }',
    ),
    ...dice.maybe(70, `  readiness: { path: ${dice.pick(['/healthz', '/ready', '/q/health/ready'])}, period: 3s }`),
    ...dice.maybe(50, '  liveness: { path: /live }'),
    ...dice.maybe(15, '  startup: { path: /live, failureThreshold: 30 } # the caches are filled first'),
    ...dice.maybe(30, '  writable: [/tmp, /var/cache] # everything else is read-only'),
    ...dice.maybe(25, `  labels: { team: ${team}, tier: ${dice.pick(['backend', 'edge'])} }`),
    ...dice.maybe(20, `  annotations: { example.com/runbook: "https://runbooks.example.com/${name}" }`),
  ];
  return lines.length === 0 ? [] : ['workload:', ...lines];
}

/** @param {string} team @param {import('./dice.mjs').Dice} dice @param {readonly string[]} more */
const environment = (team, dice, more) =>
  dice.maybe(
    60,
    '  env:',
    `    LOG_LEVEL: ${dice.pick(['info', 'warn', 'debug'])}`,
    ...dice.maybe(50, `    DATABASE_URL: { secretKeyRef: { name: ${team}-database, key: url } }`),
    ...dice.maybe(30, ...more.map(line => `    ${line}`)),
    ...dice.maybe(30, `    UPSTREAM: http://limits.${team}.svc.cluster.local`),
  );

/** Who am I? A variable that Knative refuses. */
export const POD_NAME = ['POD_NAME: { fieldRef: { fieldPath: metadata.name } }'];

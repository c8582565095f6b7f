// A fleet of Rollouts as a company of some size has them, for the bench and for tests of the whole program.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diceOf } from './fleet/dice.mjs';
import { istioLines } from './fleet/istio.mjs';
import { knativeLines } from './fleet/knative.mjs';
import { kubernetesLines } from './fleet/kubernetes.mjs';

/** @typedef {{ path: string, text: string }} FleetFile a Rollout file: its path from the root, and its text */

const TEAMS = 'shop search payments identity delivery media support pricing catalog mobile risk platform'.split(' ');
const SERVICES = (
  'cart checkout reviews ratings search orders invoices ledger quotes accounts sessions profiles wallet mailer feed ' +
  'thumbnails uploads stock shipping tracking returns coupons loyalty recommendations geocoder tariffs webhooks audit ' +
  'exports reports gateway greeter translations avatars comments alerts scoring limits documents calendar'
).split(' ');

/** Out of 20 Rollouts 8 run on Istio (40 %), 7 on plain Kubernetes (35 %) and 5 on Knative (25 %). */
const PROVIDERS = 'ikwiikwikikiwkkiwikw';
const SPECS = { i: istioLines, k: kubernetesLines, w: knativeLines };

/**
 * The first `count` Rollouts of an endless fleet, the same on every machine: each depends on its own number only.
 * @param {number} count
 * @returns {FleetFile[]}
 */
export const fleetFiles = count => Array.from({ length: count }, (_, index) => fleetFile(index));

/**
 * The fleet file of three environments that differ in a setting; every Rollout then comes three times.
 * @type {FleetFile}
 */
export const THREE_ENVIRONMENTS = {
  path: 'surefoot.yaml',
  text: `apiVersion: surefoot.dev/v1
kind: Fleet
environments:
  dev: {}
  staging: {}
  prod: { workload: { annotations: { example.com/tier: gold } } }
`,
};

/**
 * The same fleet in which every third Rollout that keeps its pods itself takes them from a template of its team's own.
 * @param {readonly FleetFile[]} files
 * @returns {FleetFile[]}
 */
export const withTemplates = files =>
  files.flatMap((file, index) =>
    index % 3 === 0 && !file.text.includes('provider: knative') ? templated(file) : [file],
  );

/** @param {FleetFile} file @returns {FleetFile[]} the Rollout, and its template */
function templated({ path, text }) {
  const [, team = '', name = ''] = /^rollouts\/([^/]+)\/([^/]+)\.yaml$/.exec(path) ?? [];
  const line = `template: templates/${name}.yaml`;
  const named = /^ {2}workload:$/m.test(text)
    ? text.replace(/^ {2}workload:$/m, `  workload:\n    ${line}`)
    : text.replace(/^ {2}versions:$/m, `  workload: { ${line} }\n  versions:`);
  return [
    { path, text: named },
    { path: `rollouts/${team}/templates/${name}.yaml`, text: templateText(name) },
  ];
}

/** What a chart renders for one service. @param {string} name */
const templateText = name => `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, labels: { app.kubernetes.io/managed-by: Helm } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}-settings }
data:
  application.yaml: |
    server: { port: 8080 }
    service: ${name}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { maxUnavailable: 1, selector: { matchLabels: { app.kubernetes.io/name: ${name} } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, labels: { app.kubernetes.io/name: ${name} } }
spec:
  replicas: 4
  selector: { matchLabels: { app.kubernetes.io/name: ${name} } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers:
        - name: ${name}
          image: registry.example.com/${name}:0.0.0
          envFrom: [{ configMapRef: { name: ${name}-settings } }]
          volumeMounts: [{ name: settings, mountPath: /etc/${name}, readOnly: true }]
      volumes: [{ name: settings, configMap: { name: ${name}-settings } }]
`;

/**
 * Writes a fleet below a folder.
 * @param {string} root where `rollouts/` belongs
 * @param {readonly FleetFile[]} files
 */
export function writeFleet(root, files) {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** @param {number} index @returns {FleetFile} */
function fleetFile(index) {
  const round = Math.floor(index / SERVICES.length);
  const service = SERVICES[index % SERVICES.length] ?? '';
  const name = round === 0 ? service : `${service}-${round + 1}`;
  const team = TEAMS[(index * 7 + round) % TEAMS.length] ?? '';
  const dice = diceOf(index);
  const letter = /** @type {keyof typeof SPECS} */ (PROVIDERS[index % PROVIDERS.length]);
  const lines = [
    '# yaml-language-server: $schema=../../schemas/rollout.schema.json',
    '#',
    `# ${name} of the ${team} team.${dice.chance(50) ? ` Questions go to #${team}-oncall.` : ''}`,
    'apiVersion: surefoot.dev/v1',
    'kind: Rollout',
    ...(dice.chance(50)
      ? ['metadata:', `  name: ${name}`, `  namespace: ${team}`]
      : [`metadata: { name: ${name}, namespace: ${team} }`]),
    'spec:',
    ...SPECS[letter]({ name, team, dice }).map(line => `  ${line}`),
  ];
  return { path: `rollouts/${team}/${name}.yaml`, text: `${lines.join('\n')}\n` };
}

import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ANSWERS, type Answer, REQUIRED } from '../../src/adopt/draft.ts';
import { type Answers, askFor } from '../../src/cli/init-questions.ts';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { surefoot } from './surefoot.ts';

const SCHEMA = readFileSync(join(import.meta.dirname, '../../schemas/rollout.schema.json'), 'utf8');
const SHOP = ['init', '--name', 'shop', '--provider', 'istio', '--image', 'ghcr.io/acme/shop:1.4.2'];
const firstLine = (root: string): string => readFileSync(join(root, 'rollouts/shop.yaml'), 'utf8').split('\n')[0]!;

const DEPLOYMENT = `\
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: demo }
spec:
  replicas: 4
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.2
          ports: [{ name: http, containerPort: 8080 }]
          env:
            - { name: MODE, value: "on" }
            - { name: BAD, value: "a\\e[31m" }
          envFrom: [{ configMapRef: { name: all } }]
`;

test('init writes a Rollout that validates, and says what comes next', () => {
  const root = temporaryFolder();
  const { exit, stdout, stderr } = surefoot(root, [...SHOP, '--new-image', 'ghcr.io/acme/shop:1.5.0']);
  expect([exit, stdout]).toEqual([0, '']);
  expect(stderr).toContain('next: surefoot plan rollouts/shop.yaml');
  expect(Object.keys(readTree(root))).toEqual(['rollouts/shop.yaml', 'schemas/rollout.schema.json']);
  const checked = surefoot(root, ['validate']);
  expect(checked.exit).toBe(0);
  expect(checked.stderr).toMatch(/\n1 rollout: 0 errors, 2 warnings\n$/);
  expect(surefoot(root, ['plan']).stdout).toMatch(/canary-5 .*\n.*canary-20 .*\n.*canary-50 .*\n.*complete /);
  expect(surefoot(root, ['synth']).exit).toBe(0);
});

test('the first line points to the schema of the repository, the installed one, or one that is written', () => {
  const [own, installed, neither] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  writeTree(own, { 'schemas/rollout.schema.json': '{}' });
  writeTree(installed, { 'node_modules/surefoot/schemas/rollout.schema.json': SCHEMA });
  for (const root of [own, installed, neither]) expect(surefoot(root, SHOP).exit).toBe(0);
  expect(firstLine(own)).toBe('# yaml-language-server: $schema=../schemas/rollout.schema.json');
  expect(readTree(own)['schemas/rollout.schema.json']).toBe('{}');
  expect(firstLine(installed)).toBe(
    '# yaml-language-server: $schema=../node_modules/surefoot/schemas/rollout.schema.json',
  );
  expect(readTree(installed)['schemas/rollout.schema.json']).toBeUndefined();
  expect(firstLine(neither)).toBe(firstLine(own));
  expect(readTree(neither)['schemas/rollout.schema.json']).toBe(SCHEMA);
});

test('without a terminal every missing and every wrong flag is named at once', () => {
  const root = temporaryFolder();
  const { exit, stdout, stderr } = surefoot(root, ['init', '--replicas', 'x', '--port', '70000', '--image', 'nginx']);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain('missing: --name, --provider;');
  expect(stderr).toContain('--image "nginx": The image "nginx" has no tag.');
  expect(stderr).toContain('--replicas "x": This is no whole number.');
  expect(stderr).toContain('--port "70000": ');
  expect(readTree(root)).toEqual({});
});

test.each([
  ['Bad_Name', '--name "Bad_Name": metadata.name is "Bad_Name", which is no name. Write bad-name.'],
  ['../../etc/x', '--name "../../etc/x": '],
])('the name %s is refused by the rules of the schema', (name, message) => {
  const root = temporaryFolder();
  const { exit, stderr } = surefoot(root, ['init', '--name', name, '--provider', 'istio', '--image', 'a/b:1']);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
  expect(readTree(root)).toEqual({});
});

test('a file that exists is never overwritten, and a link is never followed', () => {
  const [taken, linked, outside] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  writeTree(taken, { 'rollouts/shop.yaml': 'mine\n' });
  symlinkSync(outside, join(linked, 'rollouts'));
  for (const root of [taken, linked]) {
    const { exit, stderr } = surefoot(root, SHOP);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^error: rollouts\/shop\.yaml (exists already|cannot be made)/);
  }
  expect(readTree(taken)).toEqual({ 'rollouts/shop.yaml': 'mine\n' });
  expect(readTree(outside)).toEqual({});
  const dangling = temporaryFolder();
  mkdirSync(join(dangling, 'rollouts'));
  symlinkSync(join(outside, 'new.yaml'), join(dangling, 'rollouts/shop.yaml'));
  expect(surefoot(dangling, SHOP).exit).toBe(2);
  expect(readTree(outside)).toEqual({});
});

test('--from takes over a Deployment, and tells on stderr what it could not, and why', () => {
  const root = temporaryFolder();
  writeTree(root, { 'deploy.yaml': DEPLOYMENT });
  const words = ['init', '--from', 'deploy.yaml', '--provider', 'kubernetes', '--dry-run'];
  const { exit, stdout, stderr } = surefoot(root, words);
  expect(exit).toBe(0);
  expect(stdout).toContain('\n    env:\n      MODE: "on"\n');
  expect(stdout).toContain('replicas: 4 #');
  expect(stdout).toContain('{ name: http, port: 80, targetPort: 8080 }');
  expect(stderr).toContain('not taken over: container.envFrom: name each variable under env\n');
  expect(stderr).toContain('not taken over: env BAD: The text holds the invisible character U+001B');
  expect(Object.keys(readTree(root))).toEqual(['deploy.yaml']);
  expect(surefoot(root, ['validate', '-'], { input: stdout }).exit).toBe(0);
  const piped = surefoot(root, ['init', '--from', '-', '--provider', 'kubernetes', '--dry-run'], { input: DEPLOYMENT });
  expect(piped.stdout).toBe(stdout);
});

test('what a file holds cannot reach the terminal as it is', () => {
  const root = temporaryFolder();
  writeTree(root, { 'pod.yaml': 'kind: "\\e[31mPod"\n' });
  const { exit, stderr } = surefoot(root, ['init', '--from', 'pod.yaml']);
  expect(exit).toBe(2);
  expect(stderr).toContain('only \\u001b[31mPod');
});

test.each([
  ['nowhere.yaml', 'does not exist'],
  ['../deploy.yaml', 'is outside of'],
  ['pod.yaml', 'holds no Deployment of apps/v1, only Pod'],
  ['broken.yaml', 'line 2 is no YAML'],
])('--from %s says what is wrong with the file', (file, message) => {
  const root = temporaryFolder();
  writeTree(root, { 'pod.yaml': 'kind: Pod\n', 'broken.yaml': 'a: [\n' });
  const { exit, stdout, stderr } = surefoot(root, ['init', '--from', file]);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test('a person is asked for what is missing, again where the answer is wrong', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end('Bad\nshop\n\n\na/b:1\n\n\n9000\n');
  const refusal = (given: Answers, last: Answer) => (given[last] === 'Bad' ? 'Write bad.' : undefined);
  const answers = await askFor({ namespace: 'demo' }, ANSWERS, refusal, { input, output });
  expect(answers).toEqual({
    name: 'shop',
    namespace: 'demo',
    provider: 'kubernetes',
    image: 'a/b:1',
    replicas: '2',
    port: '9000',
  });
  const said = String(output.read());
  expect(said).toContain('  Write bad.\n');
  expect(said).toContain('  An answer is needed.\n');
});

test('a person is not asked for what a Deployment may leave to the defaults', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end('istio\n\n');
  const given = { name: 'shop', image: 'a/b:1' };
  expect(await askFor(given, [...REQUIRED, 'new-image'], () => undefined, { input, output })).toEqual({
    ...given,
    provider: 'istio',
  });
});

test('a person who goes away is not waited for', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end('shop\n');
  expect(await askFor({}, ANSWERS, () => undefined, { input, output })).toBeUndefined();
});

const RENDERED = {
  service: `\
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
`,
  autoscaler: `\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, minReplicas: 3, maxReplicas: 9 }
`,
  deployment: `\
apiVersion: v1
kind: ConfigMap
metadata: { name: shop-conf }
data: { a: b }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, labels: { team: a, app: shop } }
spec:
  revisionHistoryLimit: 3
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop, version: v1 }, annotations: { checksum/config: abc } }
    spec:
      volumes: [{ name: conf, configMap: { name: shop-conf } }]
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.2
          ports: [{ name: http, containerPort: 8080 }]
          volumeMounts: [{ name: conf, mountPath: /etc/shop }]
          envFrom: [{ configMapRef: { name: shop-conf } }]
`,
};

const HELM = [RENDERED.service, RENDERED.autoscaler, RENDERED.deployment].join('---\n');
const FROM = ['init', '--from', 'helm.yaml', '--new-image', 'ghcr.io/acme/shop:1.5.0', '--provider'];

test('what breaks stands before what does not, each in its own group', () => {
  const root = temporaryFolder();
  writeTree(root, { 'helm.yaml': HELM });
  const { exit, stdout, stderr } = surefoot(root, [...FROM, 'kubernetes', '--dry-run']);
  expect(exit).toBe(0);
  const [broken = '', harmless = ''] = stderr.split('kept otherwise or harmless:\n');
  expect(broken).toContain('will break without it:\n');
  for (const what of ['volume conf', 'mount /etc/shop', 'container.envFrom', 'ConfigMap shop-conf'])
    expect(broken).toContain(`  not taken over: ${what}: `);
  for (const what of ['label team of the Deployment', 'spec.revisionHistoryLimit', 'annotation checksum/config'])
    expect(harmless).toContain(`  not taken over: ${what}: `);
  expect(harmless).not.toContain('label app');
  expect(stdout).not.toContain('checksum');
});

test('a secret that is left out names the way to keep it', () => {
  const root = temporaryFolder();
  writeTree(root, {
    'a.yaml': DEPLOYMENT.replace('{ name: MODE, value: "on" }', '{ name: DB_PASSWORD, value: hunter22 }'),
  });
  const { stdout, stderr } = surefoot(root, ['init', '--from', 'a.yaml', '--provider', 'istio', '--dry-run']);
  expect(stderr.split('kept otherwise')[0]).toMatch(
    /not taken over: env DB_PASSWORD: .*DB_PASSWORD: \{ secretKeyRef: \{ name: shop, key: db-password \} \}/,
  );
  expect(`${stdout}${stderr}`).not.toContain('hunter22');
});

test.each(['kubernetes', 'istio'])('the template that is recommended compiles as it is told, on %s', provider => {
  const root = temporaryFolder();
  writeTree(root, { 'helm.yaml': HELM });
  const { stderr } = surefoot(root, [...FROM, provider]);
  const lines = /^ {2}workload:\n(?: {2}.*\n)+/m.exec(stderr)?.[0] ?? '';
  expect(lines).toContain('    v1: { keepNames: true }\n');
  expect(stderr).toContain('without Service and HorizontalPodAutoscaler, as rollouts/templates/shop.yaml, and in\n');
  const written = readTree(root)['rollouts/shop.yaml'] ?? '';
  const changed = written.replace(/^ {2}workload:\n[\s\S]*?(?=^ {2}(?:#.*\n {2})?steps:)/m, lines);
  expect(changed).not.toBe(written);
  writeTree(root, { 'rollouts/shop.yaml': changed, 'rollouts/templates/shop.yaml': RENDERED.deployment });
  const compiled = surefoot(root, ['synth']);
  expect([compiled.exit, compiled.stderr]).toEqual([0, expect.not.stringContaining('error')]);
});

test('no template is recommended where nothing breaks, nor on Knative, which makes its pods itself', () => {
  const root = temporaryFolder();
  const plain = DEPLOYMENT.split('          env:')[0]!;
  writeTree(root, { 'plain.yaml': plain, 'helm.yaml': HELM });
  expect(surefoot(root, ['init', '--from', 'plain.yaml', '--provider', 'istio', '--dry-run']).stderr).not.toMatch(
    /break|template/,
  );
  expect(surefoot(root, [...FROM, 'knative', '--dry-run']).stderr).not.toContain('template');
});

test('the hint adds every file that was written to git, and no other', () => {
  const root = temporaryFolder();
  expect(surefoot(root, SHOP).stderr).toContain('git add rollouts/shop.yaml schemas/rollout.schema.json out\n');
  const second = surefoot(
    root,
    SHOP.map(word => (word === 'shop' ? 'cart' : word)),
  );
  expect(second.stderr).toContain('git add rollouts/cart.yaml out\n');
});

test.each(['validate', 'plan', 'synth'])('%s in an empty repository says how to begin', command => {
  const { exit, stderr } = surefoot(temporaryFolder(), [command]);
  expect(exit).toBe(2);
  expect(stderr).toContain('error: "rollouts" does not exist. `surefoot init` writes a first Rollout.\n');
});

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetFiles, THREE_ENVIRONMENTS, withTemplates } from '../../bench/fleet.mjs';
import { readTree, type Tree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, shell, specOf, surefoot } from './surefoot.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** A Rollout whose only Deployment is called `<name>-<version>`. */
const standing = (name: string, version: string): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: ${name}, namespace: demo }
spec:
  provider: kubernetes
  workload: { replicas: 1 }
  versions: { ${version}: { image: "registry.example.com/${name}:1@${DIGEST}" } }
`;

const FILES: Tree = {
  ...Object.fromEntries(fleetFiles(299).map(({ path, text }) => [path, text])),
  'rollouts/holder.yaml': standing('shop-web', 'v1'),
};

/** Changes the plan.json of every Rollout, and no pods that serve. */
const FLEET = `\
apiVersion: surefoot.dev/v1
kind: Fleet
prometheus: { url: "https://prometheus.example.com" }
`;

const [istio = '', checkout = '', knative = '', ratings = '', search = ''] = Object.keys(FILES);

/** Three files that break in three ways. */
const BROKEN: { readonly [file: string]: (text: string) => string | Buffer } = {
  [istio]: text => text.replace('provider: istio', 'provider: istoi'),
  [checkout]: text => `${text}  oops: [\n`,
  [knative]: text => Buffer.from(`${text}# \xe9\n`, 'latin1'),
};

const NEWCOMERS: Tree = {
  // Its Deployment is the holder's.
  'rollouts/a-newcomer.yaml': standing('shop', 'web-v1'),
  'rollouts/a-second-search.yaml': FILES[search] ?? '',
  'rollouts/twin-one.yaml': specOf({ name: 'twin' }),
  'rollouts/twin-two.yaml': specOf({ name: 'twin' }),
};

interface Told {
  readonly diagnostics: readonly { readonly file: string; readonly code: string; readonly severity: string }[];
  readonly rollouts: readonly { readonly source: string; readonly outcome: string }[];
  readonly pruned: readonly string[];
}

const told = ({ stderr }: Ran): Told => JSON.parse(stderr);

const errorsOf = (ran: Ran): readonly string[] =>
  told(ran)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ file, code }) => `${file} ${code}`);

const filesOf = (ran: Ran, wanted: string): readonly string[] =>
  told(ran)
    .rollouts.filter(({ outcome }) => outcome === wanted)
    .map(({ source }) => source);

/** What the Rollout of a file has in out/. */
const ownOf = (out: Tree, source: string): Tree => {
  const plan = Object.entries(out).find(
    ([path, text]) => path.endsWith('/plan.json') && JSON.parse(text).source === source,
  );
  const directory: string = JSON.parse(plan?.[1] ?? '{}').directory;
  return Object.fromEntries(Object.entries(out).filter(([path]) => path.includes(`/${directory}/`)));
};

/** What one environment has in out/. */
const inside = (out: Tree, environment: string): Tree =>
  Object.fromEntries(Object.entries(out).filter(([path]) => path.split('/')[2] === environment));

const synth = (root: string, ...words: readonly string[]): Ran =>
  surefoot(root, ['synth', '--format', 'json', ...words]);

test('a fleet of 300: who is broken, late, gone or renamed harms nobody else', () => {
  const root = temporaryFolder();
  const out = (): Tree => readTree(join(root, 'out'));
  writeTree(root, FILES);
  const first = synth(root);
  expect([first.exit, filesOf(first, 'written').length]).toEqual([0, 300]);
  const commit = 'git -c user.email=a@example.com -c user.name=a -c commit.gpgsign=false commit -qm start';
  expect(shell(root, `git init -q && git add rollouts && ${commit}`).exit).toBe(0);
  const before = out();

  // Everything changes, three files break, and four newcomers want what others have.
  writeTree(root, { 'surefoot.yaml': FLEET, ...NEWCOMERS });
  for (const [file, damage] of Object.entries(BROKEN)) writeFileSync(join(root, file), damage(FILES[file]!));
  const broken = synth(root);
  expect(broken.exit).toBe(1);
  expect(filesOf(broken, 'written')).toHaveLength(297);
  expect([...filesOf(broken, 'untouched')].sort()).toEqual([...Object.keys(BROKEN), ...Object.keys(NEWCOMERS)].sort());
  expect(errorsOf(broken)).toEqual(
    [
      'rollouts/a-newcomer.yaml fleet/object-claimed',
      'rollouts/a-second-search.yaml fleet/same-rollout',
      'rollouts/twin-one.yaml fleet/same-rollout',
      'rollouts/twin-two.yaml fleet/same-rollout',
      `${istio} schema/unknown-word`,
      `${checkout} yaml/missing-character`,
      `${knative} source/not-utf8`,
    ].sort(),
  );
  const now = out();
  for (const file of Object.keys(BROKEN)) {
    expect(Object.keys(ownOf(before, file)).length).toBeGreaterThan(5);
    expect(ownOf(now, file)).toEqual(ownOf(before, file));
  }
  for (const file of ['rollouts/holder.yaml', search, ratings])
    expect(ownOf(now, file)).not.toEqual(ownOf(before, file));
  expect(Object.keys(now).filter(path => /\/demo\/(?:shop|twin)\//.test(path))).toEqual([]);
  expect(Object.keys(now)).toEqual(Object.keys(before));

  // All is mended; one file is gone, and one Rollout has another name.
  writeTree(root, FILES);
  for (const file of [...Object.keys(NEWCOMERS), ratings]) rmSync(join(root, file));
  writeTree(root, { 'rollouts/holder.yaml': standing('renamed', 'v1') });
  const guarded = synth(root);
  expect(guarded.exit).toBe(1);
  expect(errorsOf(guarded).map(line => line.split(' ')[1])).toEqual(['fleet/rollout-gone', 'fleet/rollout-gone']);
  const guardedOut = out();
  expect(ownOf(guardedOut, ratings)).toEqual(ownOf(now, ratings));
  expect(Object.keys(guardedOut).filter(path => path.includes('/demo/shop-web/')).length).toBeGreaterThan(0);

  const pruned = synth(root, '--prune');
  expect([pruned.exit, told(pruned).pruned.length]).toEqual([0, 2]);
  expect(synth(root, '--check').exit).toBe(0);
  expect(shell(root, 'git status --porcelain -- rollouts').stdout).toBe(` M rollouts/holder.yaml\n D ${ratings}\n`);
}, 300_000);

test('a fleet of 100 in three environments, with templates: one broken file leaves the 99 others written', () => {
  const root = temporaryFolder();
  const files = withTemplates(fleetFiles(100));
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  writeTree(root, { ...texts, 'surefoot.yaml': THREE_ENVIRONMENTS.text });
  const first = synth(root);
  expect([first.exit, errorsOf(first), filesOf(first, 'written').length]).toEqual([0, [], 100]);
  const before = readTree(root, 'out');
  expect(Object.keys(before).filter(path => /\/serviceaccount-/.test(path)).length).toBeGreaterThan(50);

  const broken = files.find(({ path, text }) => !path.includes('/templates/') && text.includes('template:'))!.path;
  writeTree(root, {
    'surefoot.yaml': `${THREE_ENVIRONMENTS.text}prometheus: { url: "https://prometheus.example.com" }\n`,
    [broken.replace(/([^/]+)$/, 'templates/$1')]: 'kind: [\n',
  });
  const second = synth(root);
  expect([second.exit, filesOf(second, 'written').length, filesOf(second, 'untouched')]).toEqual([1, 99, [broken]]);
  const after = readTree(root, 'out');
  const own = ['dev', 'staging', 'prod'].map(environment => ownOf(inside(before, environment), broken));
  for (const one of own) {
    expect(Object.keys(one).length).toBeGreaterThan(5);
    for (const [path, text] of Object.entries(one)) expect(after[path], path).toBe(text);
  }
  writeTree(root, texts);
  expect(synth(root).exit).toBe(0);
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
}, 300_000);

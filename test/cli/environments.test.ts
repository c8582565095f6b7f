import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { specOf, surefoot } from './surefoot.ts';

const FLEET = `\
apiVersion: surefoot.dev/v1
kind: Fleet
defaults:
  workload: { labels: { team: shop } }
environments:
  staging: { namespace: shop-staging, workload: { replicas: 3 } }
  prod: { workload: { replicas: 6 } }
prometheus: { url: "https://prometheus.example.com" }
`;

/** Two Rollouts for two environments; the first stands at different steps. */
function fleet(): string {
  const root = temporaryFolder();
  writeTree(root, {
    'surefoot.yaml': FLEET,
    'rollouts/cart.yaml': `${specOf({ name: 'cart' }).replace(/ {2}workload.*\n/, '')}  environments:
    staging: { step: complete }
    prod: {}
`,
    'rollouts/mail.yaml': specOf({ name: 'mail', replicas: 3 }),
  });
  return root;
}

test('each environment has a folder of its own, its step and its settings', () => {
  const root = fleet();
  const { exit, stderr } = surefoot(root, ['synth']);
  expect([exit, stderr]).toEqual([0, expect.stringContaining('2 rollouts: 2 changed')]);
  const live = Object.keys(readTree(root, 'out/live')).filter(path => path.includes('/deployment-'));
  expect(live).toEqual([
    'out/live/prod/demo/cart/deployment-cart-v1.yaml',
    'out/live/prod/demo/cart/deployment-cart-v2.yaml',
    'out/live/prod/demo/mail/deployment-mail-v1.yaml',
    'out/live/prod/demo/mail/deployment-mail-v2.yaml',
    'out/live/staging/demo/cart/deployment-cart-v1.yaml',
    'out/live/staging/demo/cart/deployment-cart-v2.yaml',
    'out/live/staging/demo/mail/deployment-mail-v1.yaml',
    'out/live/staging/demo/mail/deployment-mail-v2.yaml',
  ]);
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  expect(text('out/live/prod/demo/cart/deployment-cart-v1.yaml')).toContain('replicas: 6\n');
  expect(text('out/live/staging/demo/cart/deployment-cart-v1.yaml')).toContain('replicas: 3\n');
  expect(text('out/live/staging/demo/cart/deployment-cart-v1.yaml')).toContain('team: shop\n');
  expect(JSON.parse(text('out/plan/staging/demo/cart/plan.json'))).toMatchObject({
    environment: 'staging',
    step: 'complete',
    prometheus: { url: 'https://prometheus.example.com' },
  });
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
});

test('plan --flat prints Rollouts that need no other file', () => {
  const root = fleet();
  const { exit, stdout } = surefoot(root, ['plan', '-o', 'yaml', '--flat', 'rollouts/cart.yaml']);
  expect(exit).toBe(0);
  const documents = stdout.split('---\n');
  expect(documents.map(text => text.split('\n')[0])).toEqual([
    '# rollouts/cart.yaml, environment staging',
    '# rollouts/cart.yaml, environment prod',
  ]);
  expect(documents[0]).toContain('team: shop');
  const alone = temporaryFolder();
  writeTree(alone, { 'rollouts/cart.yaml': documents[1]! });
  expect(surefoot(alone, ['synth']).exit).toBe(0);
  surefoot(root, ['synth']);
  const live = readTree(alone, 'out/live/default/demo/cart');
  for (const [path, text] of Object.entries(live))
    expect(readFileSync(join(root, path.replace('/default/', '/prod/')), 'utf8')).toBe(text);
  const refused = surefoot(root, ['plan', '--flat']);
  expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('--flat prints data')]);
});

test('a mistake in surefoot.yaml is told once and leaves every Rollout as it is', () => {
  const root = fleet();
  surefoot(root, ['synth']);
  const before = readTree(root, 'out');
  writeTree(root, { 'surefoot.yaml': FLEET.replace('replicas: 6', 'replicas: six') });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr.match(/schema\/wrong-type/g)).toHaveLength(1);
  expect(stderr).toContain('surefoot.yaml:7:33: error');
  expect(stderr).toContain('2 rollouts: none changed and 2 left untouched');
  expect(readTree(root, 'out')).toEqual(before);
});

test('an error of one environment names it, and the other environments of the Rollout stay too', () => {
  const root = fleet();
  surefoot(root, ['synth']);
  const before = readTree(root, 'out');
  writeTree(root, {
    'surefoot.yaml': FLEET.replace('prod: { workload: { replicas: 6 }', 'prod: { workload: { replicas: 4 }'),
  });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr).toContain('replicas/unreachable');
  expect(stderr).toContain('In the environment "prod": ');
  expect(stderr).toContain('rollouts/cart.yaml  left untouched because of errors');
  const after = readTree(root, 'out');
  for (const [path, text] of Object.entries(before)) if (path.includes('/cart/')) expect(after[path]).toBe(text);
});

test('an environment that is left out is not deleted without being asked', () => {
  const root = fleet();
  surefoot(root, ['synth']);
  const cart = readFileSync(join(root, 'rollouts/cart.yaml'), 'utf8');
  writeTree(root, { 'rollouts/cart.yaml': cart.replace('    staging: { step: complete }\n', '') });
  const guarded = surefoot(root, ['synth']);
  expect(guarded.exit).toBe(1);
  expect(guarded.stderr).toContain('fleet/rollout-gone');
  expect(guarded.stderr).toContain(
    'was compiled for the environment "staging" and is now for "prod"; both are in out/live.',
  );
  expect(Object.keys(readTree(root, 'out/live/staging/demo/cart')).length).toBeGreaterThan(0);
  expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
  expect(readTree(root, 'out/live/staging/demo/cart')).toEqual({});
});

test('the same object in two environments belongs to two clusters', () => {
  const root = fleet();
  writeTree(root, { 'surefoot.yaml': FLEET.replace('namespace: shop-staging, ', '') });
  expect(surefoot(root, ['synth']).exit).toBe(0);
  writeTree(root, { 'rollouts/cart-twin.yaml': readFileSync(join(root, 'rollouts/cart.yaml'), 'utf8') });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr).toContain('rollouts/cart-twin.yaml:1:1: error fleet/same-rollout');
  expect(stderr).not.toContain('rollouts/cart.yaml:1:1');
});

test('surefoot.yaml is never read through a link', () => {
  const root = fleet();
  const elsewhere = temporaryFolder();
  renameSync(join(root, 'surefoot.yaml'), join(elsewhere, 'fleet.yaml'));
  symlinkSync(join(elsewhere, 'fleet.yaml'), join(root, 'surefoot.yaml'));
  const { exit, stderr } = surefoot(root, ['validate']);
  expect(exit).toBe(1);
  expect(stderr.match(/source\/symlink/g)).toHaveLength(1);
  rmSync(join(root, 'surefoot.yaml'));
  symlinkSync('nowhere', join(root, 'surefoot.yaml'));
  expect(surefoot(root, ['validate']).stderr).toContain('source/symlink');
});

test('the first environments of a Rollout say what to do with what was compiled without, step by step', () => {
  const root = temporaryFolder();
  const spec = specOf({ name: 'cart' });
  writeTree(root, { 'rollouts/cart.yaml': spec });
  expect(surefoot(root, ['synth']).exit).toBe(0);
  writeTree(root, { 'rollouts/cart.yaml': `${spec}  environments: { prod: {}, staging: {} }\n` });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr).toContain(
    'was compiled for the environment "default" and is now for "prod" and "staging"; both are in out/live.',
  );
  expect(stderr).toContain('would see every object twice');
  expect(stderr).toContain('(out/live/prod, out/live/staging), and when it has synced run `surefoot synth --prune`.');
  expect(surefoot(root, ['synth', '--check']).stderr).not.toContain('says what the Rollouts say');
  expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
  writeTree(root, { 'rollouts/cart.yaml': `${spec}  environments: { prod: {} }\n` });
  const dropped = surefoot(root, ['synth']).stderr;
  expect(dropped).toContain(
    'in "staging" any more, run `surefoot synth --prune`; else restore "staging" under `environments`.',
  );
  expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
  writeTree(root, { 'rollouts/cart.yaml': spec });
  expect(surefoot(root, ['synth']).stderr).toContain('its own folder (out/live/default), and when it has synced');
});

test('a surefoot.yaml above the root, up to the top of the repository, or of another name is not passed over', () => {
  const root = temporaryFolder();
  writeTree(root, {
    'repo/.git/HEAD': '',
    'repo/rollouts/cart.yaml': specOf({ name: 'cart' }),
    'surefoot.yaml': FLEET,
  });
  const inside = join(root, 'repo/rollouts');
  expect(surefoot(inside, ['validate', '.']).exit).toBe(0);
  writeTree(root, { 'repo/surefoot.yml': FLEET });
  expect(surefoot(join(root, 'repo'), ['synth'])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('surefoot.yml is not read: it must be called surefoot.yaml.'),
  });
  writeTree(root, { 'repo/surefoot.yaml': FLEET });
  for (const words of [
    ['validate', '.'],
    ['plan', '.'],
    ['synth', '.'],
  ])
    expect(surefoot(inside, words)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('error: surefoot.yaml lies in ..: start there, or use -C ..\n'),
    });
  expect(surefoot(inside, ['validate', '-C', '..']).exit).toBe(0);
});

test('files that Surefoot did not write are told in one line', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/cart.yaml': specOf({ name: 'cart' }), 'out/live/a.txt': '', 'out/live/b.txt': '' });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(0);
  expect(stderr).toContain('2 files were not written by Surefoot, so synth --check fails: out/live/a.txt and 1 more\n');
});

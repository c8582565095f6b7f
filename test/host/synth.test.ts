import { existsSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { draftFleet } from '../../src/host/draft-fleet.ts';
import type { Look } from '../../src/host/look.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { specOf } from '../cli/surefoot.ts';
import { synthesise } from './remembered.ts';
import type { StandIn } from './stand-in.ts';
import { codesOf, NO_DRIFT, readTree, run, temporaryFolder, writeTree } from './workspace.ts';

const shop: StandIn = {
  directory: 'default/shop/cart',
  live: { 'service-cart.yaml': 'kind: Service\n', 'deployment-cart-v1.yaml': 'replicas: 2\n' },
  states: { 'baseline.yaml': 'baseline\n', 'canary-5.yaml': 'canary\n' },
  claims: ['/Service/shop/cart', 'apps/Deployment/shop/cart-v1'],
};
const mail: StandIn = {
  directory: 'default/mail/smtp',
  live: { 'service-smtp.yaml': 'smtp\n' },
  claims: ['/Service/mail/smtp'],
};
const A = 'rollouts/a.yaml';
const B = 'rollouts/b.yaml';

test('writes every file of every sound rollout, and nothing else', () => {
  const root = temporaryFolder();
  const report = run(root, { fleet: { [A]: shop, [B]: mail } });
  expect(report.outcomes).toEqual([
    { source: A, outcome: 'written', written: 5, deleted: 0 },
    { source: B, outcome: 'written', written: 2, deleted: 0 },
  ]);
  expect(Object.keys(readTree(join(root, 'out')))).toEqual([
    'live/default/mail/smtp/service-smtp.yaml',
    'live/default/shop/cart/deployment-cart-v1.yaml',
    'live/default/shop/cart/service-cart.yaml',
    'plan/default/mail/smtp/plan.json',
    'plan/default/shop/cart/baseline.yaml',
    'plan/default/shop/cart/canary-5.yaml',
    'plan/default/shop/cart/plan.json',
  ]);
  expect(run(root, { fleet: { [A]: shop, [B]: mail }, check: true }).drift).toEqual(NO_DRIFT);
});

test('replaces only files whose bytes differ', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  const inode = (path: string): number => statSync(join(root, 'out/live/default/shop/cart', path)).ino;
  const before = ['service-cart.yaml', 'deployment-cart-v1.yaml'].map(inode);
  const changed = { ...shop, live: { ...shop.live, 'deployment-cart-v1.yaml': 'replicas: 3\n' } };
  expect(run(root, { fleet: { [A]: changed } }).outcomes).toEqual([
    { source: A, outcome: 'written', written: 2, deleted: 0 },
  ]);
  expect(inode('service-cart.yaml')).toBe(before[0]);
  expect(inode('deployment-cart-v1.yaml')).not.toBe(before[1]);
  expect(run(root, { fleet: { [A]: changed } }).outcomes).toEqual([
    { source: A, outcome: 'unchanged', written: 0, deleted: 0 },
  ]);
});

test('tells files apart that differ in a byte, in length, or in nothing but what UTF-8 cannot say', () => {
  const root = temporaryFolder();
  const one = { ...shop, live: { 'a.yaml': 'x\ufffd\n', 'b.yaml': '', 'c.yaml': 'long\n'.repeat(40_000) } };
  run(root, { fleet: { [A]: one } });
  const live = join(root, 'out/live/default/shop/cart');
  expect(run(root, { fleet: { [A]: one }, check: true }).drift).toEqual(NO_DRIFT);
  writeFileSync(join(live, 'a.yaml'), Buffer.from([0x78, 0xff, 0x0a]));
  writeFileSync(join(live, 'b.yaml'), '\n');
  writeFileSync(join(live, 'c.yaml'), `${'long\n'.repeat(40_000)} `);
  const stale = ['a', 'b', 'c'].map(name => `live/default/shop/cart/${name}.yaml`);
  expect(run(root, { fleet: { [A]: one }, check: true }).drift).toEqual({ ...NO_DRIFT, stale });
});

test('deletes what its old plan.json lists and it no longer has, with folders left empty, and nothing else', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: { ...shop, states: { ...shop.states, 'deep/er.yaml': 'x' } } } });
  writeTree(root, {
    'out/plan/default/shop/cart/notes.txt': 'mine',
    'out/live/README.md': 'mine',
    'out/other/x': 'mine',
  });
  const smaller = { ...shop, states: { 'baseline.yaml': 'baseline\n' } };
  const check = run(root, { fleet: { [A]: smaller }, check: true });
  expect(check.drift).toEqual({
    ...NO_DRIFT,
    stale: ['plan/default/shop/cart/plan.json'],
    obsolete: ['plan/default/shop/cart/canary-5.yaml', 'plan/default/shop/cart/deep/er.yaml'],
    extra: ['live/README.md', 'plan/default/shop/cart/notes.txt'],
  });
  expect(run(root, { fleet: { [A]: smaller } }).outcomes).toEqual([
    { source: A, outcome: 'written', written: 1, deleted: 2 },
  ]);
  expect(Object.keys(readTree(join(root, 'out')))).toEqual([
    'live/README.md',
    'live/default/shop/cart/deployment-cart-v1.yaml',
    'live/default/shop/cart/service-cart.yaml',
    'other/x',
    'plan/default/shop/cart/baseline.yaml',
    'plan/default/shop/cart/notes.txt',
    'plan/default/shop/cart/plan.json',
  ]);
});

test('reports missing files and mends them', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  unlinkSync(join(root, 'out/live/default/shop/cart/service-cart.yaml'));
  const missing = ['live/default/shop/cart/service-cart.yaml'];
  expect(run(root, { fleet: { [A]: shop }, check: true }).drift).toEqual({ ...NO_DRIFT, missing });
  expect(existsSync(join(root, 'out', missing[0] ?? ''))).toBe(false);
  run(root, { fleet: { [A]: shop } });
  expect(run(root, { fleet: { [A]: shop }, check: true }).drift).toEqual(NO_DRIFT);
});

test('leaves a rollout with errors as it is, whole, and writes the others', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  const edited = join(root, 'out/live/default/shop/cart/service-cart.yaml');
  writeFileSync(edited, 'by hand');
  const fleet = { [A]: 'broken', [B]: { ...mail, live: { 'service-smtp.yaml': 'new\n' } } };
  expect(run(root, { fleet, check: true }).drift.stale).toEqual([
    'live/default/mail/smtp/service-smtp.yaml',
    'plan/default/mail/smtp/plan.json',
  ]);
  const report = run(root, { fleet });
  expect(codesOf(report)).toEqual([`${A} stand-in/broken`]);
  expect(report.outcomes.map(one => one.outcome)).toEqual(['untouched', 'written']);
  expect(readFileSync(edited, 'utf8')).toBe('by hand');
  expect(run(root, { fleet, check: true }).drift).toEqual(NO_DRIFT);
});

test('of two that claim an object, the one in the committed plan.json keeps it', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [B]: shop } });
  const before = readTree(join(root, 'out'));
  const newcomer = { ...mail, claims: ['/Service/shop/cart'] };
  const report = run(root, { fleet: { [A]: newcomer, [B]: shop } });
  expect(codesOf(report)).toEqual([`${A} fleet/object-claimed`]);
  expect(report.outcomes.map(one => one.outcome)).toEqual(['untouched', 'unchanged']);
  expect(readTree(join(root, 'out'))).toEqual(before);
});

test('also where the one that holds it has errors, or is not looked at', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [B]: shop } });
  const newcomer = { ...mail, claims: ['/Service/shop/cart'] };
  expect(codesOf(run(root, { fleet: { [A]: newcomer, [B]: 'broken' } }))).toEqual([
    `${A} fleet/object-claimed`,
    `${B} stand-in/broken`,
  ]);
  expect(codesOf(run(root, { fleet: { [A]: newcomer }, whole: false }))).toEqual([`${A} fleet/object-claimed`]);
});

test('a rollout whose file is gone is an error, until it is pruned', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  writeTree(root, { 'out/live/default/shop/cart/mine.yaml': 'mine' });
  const before = readTree(join(root, 'out'));
  const report = run(root, { fleet: { [B]: mail } });
  expect(codesOf(report)).toEqual(['out/plan/default/shop/cart/plan.json fleet/rollout-gone']);
  expect(report.diagnostics[0]?.what).toBe(
    '"rollouts/a.yaml" is gone, but the manifests of "default/shop/cart" are still in out/live/default/shop/cart.',
  );
  expect(readTree(join(root, 'out'))).toEqual(before);
  expect(run(root, { fleet: { [B]: mail }, whole: false }).diagnostics).toEqual([]);

  const pruned = run(root, { fleet: { [B]: mail }, prune: true });
  expect(pruned.diagnostics).toEqual([]);
  expect(pruned.pruned).toEqual(['default/shop/cart']);
  expect(Object.keys(readTree(join(root, 'out')))).toEqual([
    'live/default/mail/smtp/service-smtp.yaml',
    'live/default/shop/cart/mine.yaml',
    'plan/default/mail/smtp/plan.json',
  ]);
});

test('a file that moved takes its rollout along', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  const report = run(root, { fleet: { 'rollouts/team/a.yaml': shop } });
  expect(report.diagnostics).toEqual([]);
  expect(report.outcomes).toEqual([{ source: 'rollouts/team/a.yaml', outcome: 'written', written: 1, deleted: 0 }]);
  expect(run(root, { fleet: { 'rollouts/team/a.yaml': shop }, check: true }).drift).toEqual(NO_DRIFT);
});

test('renaming a rollout in place leaves the old one to a person', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  const renamed = { ...shop, directory: 'default/shop/basket', claims: ['/Service/shop/basket'] };
  const report = run(root, { fleet: { [A]: renamed }, whole: false });
  expect(codesOf(report)).toEqual(['out/plan/default/shop/cart/plan.json fleet/rollout-gone']);
  expect(report.diagnostics[0]?.what).toContain('"rollouts/a.yaml" now describes "default/shop/basket"');
  expect(run(root, { fleet: { [A]: renamed }, prune: true }).pruned).toEqual(['default/shop/cart']);
  expect(Object.keys(readTree(join(root, 'out'))).filter(path => path.includes('cart/'))).toEqual([]);
  expect(run(root, { fleet: { [A]: renamed }, check: true }).drift).toEqual(NO_DRIFT);
});

test('an old name is not pruned where the new one may not be written', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  const before = readTree(join(root, 'out'));
  const report = run(root, { fleet: { [A]: { ...shop, directory: mail.directory }, [B]: mail }, prune: true });
  expect(codesOf(report)).toEqual([
    'out/plan/default/shop/cart/plan.json fleet/rollout-gone',
    `${A} fleet/same-rollout`,
  ]);
  expect(readTree(join(root, 'out'))).toEqual(before);
});

test('nothing is pruned while a file with errors may be where it moved to', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  const before = readTree(join(root, 'out'));
  const report = run(root, { fleet: { 'rollouts/moved.yaml': 'broken', [B]: mail }, prune: true });
  expect(codesOf(report)).toEqual([
    'out/plan/default/shop/cart/plan.json fleet/rollout-gone',
    'rollouts/moved.yaml stand-in/broken',
  ]);
  expect(report.diagnostics[0]?.notes.map(note => note.file)).toEqual(['rollouts/moved.yaml']);
  expect(readTree(join(root, 'out'))).toEqual(before);
  const placed = run(root, { fleet: { [B]: 'broken' }, prune: true });
  expect(placed.pruned).toEqual(['default/shop/cart']);
});

test('the new owner of an object gets it when the old one gave it up', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  const fleet = { [A]: { ...shop, claims: [] }, [B]: { ...mail, claims: ['/Service/shop/cart'] } };
  expect(run(root, { fleet }).diagnostics).toEqual([]);
});

test.each([
  ['conflict', '<<<<<<< HEAD\n{}', 'is not JSON'],
  [
    'other',
    JSON.stringify({ directory: 'default/x/y', source: A, objects: [], files: {} }),
    'is about another directory',
  ],
  ['lacks', JSON.stringify({ directory: 'default/shop/cart', source: A }), 'lacks source, files or objects'],
  [
    'stray',
    JSON.stringify({
      directory: 'default/shop/cart',
      source: A,
      objects: [],
      files: { 'live/default/mail/smtp/service-smtp.yaml': '' },
    }),
    'lists "live/default/mail/smtp/service-smtp.yaml", outside its own folders',
  ],
  [
    'escape',
    JSON.stringify({
      directory: 'default/shop/cart',
      source: A,
      objects: [],
      files: { 'live/default/shop/cart/../../../../../keep': '' },
    }),
    'lists "live/default/shop/cart/../../../../../keep", outside its own folders',
  ],
])('a plan.json that tells nothing (%s) is a warning, and deletes nothing', (_name, text, reason) => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop, [B]: mail } });
  writeTree(root, { 'out/plan/default/shop/cart/plan.json': text, keep: 'mine' });
  const smaller = { ...shop, states: {} };
  const report = run(root, { fleet: { [A]: smaller, [B]: mail } });
  expect(report.diagnostics.map(d => [d.file, d.code, d.severity, d.what])).toEqual([
    ['out/plan/default/shop/cart/plan.json', 'out/plan-unreadable', 'warning', expect.stringContaining(reason)],
  ]);
  const tree = readTree(root);
  expect(tree['keep']).toBe('mine');
  expect(Object.keys(tree)).toContain('out/live/default/mail/smtp/service-smtp.yaml');
  expect(run(root, { fleet: { [A]: smaller, [B]: mail }, check: true }).drift).toEqual({
    ...NO_DRIFT,
    extra: ['plan/default/shop/cart/baseline.yaml', 'plan/default/shop/cart/canary-5.yaml'],
  });
});

test('files of a directory whose plan.json tells nothing are not called extra while nobody describes it', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  writeTree(root, { 'out/plan/default/shop/cart/plan.json': '<<<<' });
  expect(run(root, { fleet: { [A]: 'broken' }, check: true }).drift).toEqual(NO_DRIFT);
});

test.each(['out', 'out/live', 'out/live/default/shop', 'out/live/default/shop/cart', 'out/plan/default'])(
  'never writes through a link at %s',
  path => {
    const root = temporaryFolder();
    run(root, { fleet: { [A]: shop } });
    const target = temporaryFolder();
    const expected = readTree(target);
    rmSync(join(root, path), { recursive: true });
    symlinkSync(target, join(root, path));
    const changed = { ...shop, live: { 'new.yaml': 'new\n' } };
    const report = run(root, { fleet: { [A]: changed } });
    expect(codesOf(report)).toContain(`${A} out/blocked`);
    expect(report.diagnostics.find(d => d.code === 'out/blocked')?.what).toContain(`"${path}"`);
    expect(report.outcomes).toEqual([{ source: A, outcome: 'untouched', written: 0, deleted: 0 }]);
    expect(readTree(target)).toEqual(expected);
  },
);

test('never writes to, or deletes, a link where a file belongs', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [A]: shop } });
  writeTree(root, { secret: 'mine' });
  const path = join(root, 'out/plan/default/shop/cart/canary-5.yaml');
  unlinkSync(path);
  symlinkSync(join(root, 'secret'), path);
  expect(codesOf(run(root, { fleet: { [A]: shop } }))).toEqual([`${A} out/blocked`]);
  const report = run(root, { fleet: { [A]: { ...shop, states: {} } } });
  expect(report.drift.extra).toEqual(['plan/default/shop/cart/canary-5.yaml']);
  expect(readTree(root)).toMatchObject({ secret: 'mine', 'out/plan/default/shop/cart/canary-5.yaml': 'link' });
});

test('a path that leads out of the output folder is a bug, and writes nothing', () => {
  const root = temporaryFolder();
  const escaping = { ...mail, live: { '../../../../../escaped.yaml': 'x' } };
  expect(() => run(root, { fleet: { [B]: escaping } })).toThrow('leads out of out/');
  expect(Object.keys(readTree(root))).toEqual(['rollouts/b.yaml']);
});

test('a bug while a fleet is drafted leaves out/ as it was', async () => {
  const root = temporaryFolder();
  writeTree(root, { [A]: specOf({ name: 'a' }) });
  await synthesise(root, {});
  const before = readTree(join(root, 'out'));
  writeTree(root, { [A]: specOf({ name: 'a', step: 'complete' }) });
  const drafting = { staged: 0 };
  const bug: Look = {
    kind: 'file',
    get file(): string {
      drafting.staged = Object.keys(readTree(join(root, 'out'))).length - Object.keys(before).length;
      throw new Error('bug');
    },
  };
  const request = { root, fleet: undefined, write: true, watch: false };
  await expect(draftFleet([{ kind: 'file', file: A }, bug], request, openOut(root, 'out'), undefined)).rejects.toThrow(
    'bug',
  );
  expect(drafting.staged).toBeGreaterThan(0);
  expect(readTree(join(root, 'out'))).toEqual(before);
});

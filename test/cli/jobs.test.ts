import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetFiles } from '../../bench/fleet.mjs';
import { type Crew, draftFleet } from '../../src/host/draft-fleet.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { readTree, type Tree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, SHIPPED, specOf, surefoot } from './surefoot.ts';

const FLEET: Tree = Object.fromEntries(fleetFiles(40).map(({ path, text }) => [path, text]));
const [FIRST = '', SECOND = '', THIRD = ''] = Object.keys(FLEET);

const BROKEN: Tree = {
  ...FLEET,
  [SECOND]: 'broken: [',
  [THIRD]: (FLEET[THIRD] ?? '').replace(/^ {2}step: \S+/m, '  step: nowhere'),
  'rollouts/zz/twice.yaml': FLEET[FIRST] ?? '',
  'rollouts/a\nb.yaml': FLEET[FIRST] ?? '',
};

/** What a number of threads makes of a fleet, twice: from nothing, and after some of it changed. */
function made(fleet: Tree, jobs: number): { readonly ran: readonly Ran[]; readonly tree: Tree } {
  const root = temporaryFolder();
  const synth = (...words: string[]): Ran => surefoot(root, ['synth', '--jobs', String(jobs), ...words]);
  writeTree(root, fleet);
  const first = synth();
  writeTree(root, { [FIRST]: (fleet[FIRST] ?? '').replace(/^ {2}step: \S+/m, '  step: baseline') });
  return { ran: [first, synth('--check'), synth('--format', 'json'), synth('--check')], tree: readTree(root) };
}

test.each([
  ['sound', FLEET, [0, 1, 0, 0]],
  ['broken in places', BROKEN, [1, 1, 1, 1]],
])('one thread or several: the same files, words and exit codes for a fleet that is %s', (_name, fleet, exits) => {
  const alone = made(fleet, 1);
  expect(alone.ran.map(one => one.exit)).toEqual(exits);
  for (const jobs of [2, 4]) expect(made(fleet, jobs)).toEqual(alone);
});

test('more threads than Rollouts are not started, and --jobs takes whole numbers', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/web.yaml': specOf({ name: 'web' }) });
  expect(surefoot(root, ['synth', '--jobs', '99']).exit).toBe(0);
  for (const text of ['0', '-1', '1.5', 'two', '100']) {
    const { exit, stderr } = surefoot(root, ['synth', '--jobs', text]);
    expect([exit, stderr.includes('--jobs')]).toEqual([2, true]);
  }
});

test.each([
  ['ends', 'process.exit(3);', 'a worker thread stopped'],
  ['throws', "throw new Error('out of luck');", 'out of luck'],
  [
    'dies after it staged',
    `import { workerData } from 'node:worker_threads';
     import { mkdirSync, writeFileSync } from 'node:fs';
     const folder = workerData.request.root + '/out/live/default/demo/other';
     mkdirSync(folder, { recursive: true });
     writeFileSync(folder + '/.surefoot-' + process.pid + '-7000000001.tmp', 'half');
     process.exit(0);`,
    'a worker thread stopped',
  ],
])('a worker that %s is told, and leaves nothing behind', async (_name, script, message) => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/a.yaml': specOf({ name: 'a' }), 'rollouts/b.yaml': specOf({ name: 'b' }) });
  const stray = '.surefoot-999999999-1.tmp';
  writeTree(root, { [`out/live/default/demo/a/${stray}`]: 'left by another run' });
  const self = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(self, script);
  const before = readTree(root);
  const looks = ['rollouts/a.yaml', 'rollouts/b.yaml'].map(file => ({ kind: 'file', file }) as const);
  const draft = (crew: Crew) =>
    draftFleet(looks, { root, fleet: undefined, write: true, watch: false }, openOut(root, 'out'), crew);
  await expect(draft({ self, jobs: 2 })).rejects.toThrow(message);
  expect(withoutFolders(readTree(root))).toEqual(before);
  expect((await draft({ self: SHIPPED, jobs: 2 })).map(one => one.member.source)).toEqual(looks.map(one => one.file));
});

const withoutFolders = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('/')));

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOCK, lockOut } from '../../src/host/lock.ts';
import { SHIPPED, type Spec, surefoot, writeFleet } from '../cli/surefoot.ts';
import { readTree, type Tree, temporaryFolder, writeTree } from '../host/workspace.ts';

const ROUNDS = 3;

/** Fleets of the same rollouts that differ in the states, and so in the files, that they have. */
const fleets: readonly (readonly Spec[])[] = [
  { weights: [25, 50] },
  { weights: [25, 40, 50], replicas: 6, step: 'complete' },
].map(variant => Array.from({ length: 20 }, (_, n) => ({ name: `web-${n}`, ...variant })));

const out = (root: string): Tree => readTree(join(root, 'out'));

/** Replaces each Rollout whole, so that the run that reads meanwhile finds the old or the new one. */
function replaceFleet(root: string, fleet: readonly Spec[]): void {
  const aside = join(root, 'aside');
  writeFleet(aside, fleet);
  for (const { name } of fleet) renameSync(join(aside, `rollouts/${name}.yaml`), join(root, `rollouts/${name}.yaml`));
}

interface Ended {
  readonly exit: number | null;
  readonly stderr: string;
}

async function start(root: string): Promise<Ended> {
  const child = spawn(process.execPath, [SHIPPED, 'synth', '-q'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += String(chunk);
  });
  const [exit] = await once(child, 'close');
  return { exit, stderr };
}

test('two runs at once, of which one read older Rollouts: each file is old or new, and the next run heals', async () => {
  const expected = fleets.map(fleet => {
    const root = temporaryFolder();
    writeFleet(root, fleet);
    expect(surefoot(root, ['synth']).exit).toBe(0);
    return out(root);
  });
  const root = temporaryFolder();
  for (let round = 0; round < ROUNDS; round++) {
    const old = out(root);
    writeFleet(root, fleets[round % 2]!);
    const first = start(root);
    // The second starts while the first compiles, and sees other Rollouts.
    await new Promise(resolve => setTimeout(resolve, Math.random() * 200));
    replaceFleet(root, fleets[(round + 1) % 2]!);
    for (const ended of await Promise.all([first, start(root), start(root)]))
      expect(ended).toEqual({ exit: 0, stderr: '' });
    const now = out(root);
    for (const path of Object.keys(now)) expect([old[path], ...expected.map(tree => tree[path])]).toContain(now[path]);
    expect(surefoot(root, ['synth']).exit).toBe(0);
    expect(out(root)).toEqual(expected[(round + 1) % 2]);
    expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
  }
});

test('a lock of a process that runs is waited for, one of a process that is gone is not', () => {
  const base = join(temporaryFolder(), 'out');
  const release = lockOut(base);
  expect(release).toBeTypeOf('function');
  expect(Object.keys(readTree(base))).toEqual([LOCK]);
  if (typeof release === 'function') release();
  expect(readTree(base)).toEqual({});

  writeTree(base, { [LOCK]: `${process.ppid}\n` });
  expect(lockOut(base, 60)).toEqual({ holder: process.ppid });
  expect(readTree(base)).toEqual({ [LOCK]: `${process.ppid}\n` });

  for (const stale of ['999999999\n', `${process.pid}\n`, '', 'x', '-1\n']) {
    writeFileSync(join(base, LOCK), stale);
    const taken = lockOut(base);
    expect(taken, JSON.stringify(stale)).toBeTypeOf('function');
    expect(readTree(base)[LOCK]).toBe(`${process.pid}\n`);
    if (typeof taken === 'function') taken();
    writeTree(base, { keep: 'mine' });
  }
  expect(readTree(base)).toEqual({ keep: 'mine' });
});

test('a check takes no lock and minds none', () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'web' }]);
  expect(surefoot(root, ['synth', '--check']).exit).toBe(1);
  expect(Object.keys(readTree(root))).toEqual(['rollouts/web.yaml']);
  expect(surefoot(root, ['synth']).exit).toBe(0);
  writeTree(root, { [`out/${LOCK}`]: `${process.pid}\n` });
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
});

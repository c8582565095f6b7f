import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LOCK } from '../../src/host/lock.ts';
import { readTree, type Tree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { ENV, SHIPPED, type Spec, surefoot, writeFleet } from './surefoot.ts';

const KILLS = 50;
const HEAL_EVERY = 10;

/** Fleets of the same 8 rollouts in two environments that differ in the files they have and in what these say. */
const fleets: readonly (readonly Spec[])[] = [
  { weights: [25, 50], replicas: 3 },
  { weights: [25, 40, 50], replicas: 6, step: 'complete' },
  { weights: [50], replicas: 4, step: 'canary-50' },
].map(variant => Array.from({ length: 8 }, (_, n) => ({ name: `web-${n}`, ...variant })));

const ENVIRONMENTS = `\
apiVersion: surefoot.dev/v1
kind: Fleet
environments: { prod: {}, staging: { workload: { labels: { tier: staging } } } }
`;

const isTemp = (path: string): boolean => /(^|\/)\.surefoot-\d+-\d+\.tmp$/.test(path);
/** It names the process that was killed last, and the next run takes it over. */
const isLock = (path: string): boolean => path === LOCK;
const isFolder = (path: string): boolean => path.endsWith('/');

const changedFiles = (old: Tree, now: Tree): number =>
  Object.keys(now).filter(path => !isTemp(path) && !isFolder(path) && !isLock(path) && now[path] !== old[path]).length;

const out = (root: string): Tree => readTree(join(root, 'out'));

function repository(): string {
  const root = temporaryFolder();
  writeTree(root, { 'surefoot.yaml': ENVIRONMENTS });
  return root;
}

/** What a fleet should be, and how long a run from nothing takes, in milliseconds. */
function synthesised(fleet: readonly Spec[]): { readonly tree: Tree; readonly time: number } {
  const root = repository();
  writeFleet(root, fleet);
  const start = performance.now();
  expect(surefoot(root, ['synth']).exit).toBe(0);
  return { tree: out(root), time: performance.now() - start };
}

/** Kills a run after a time or, where none is given, soon after it began to place what it had staged. */
async function killSynth(root: string, delay: number | undefined): Promise<void> {
  const before = firstPlaced(root);
  const child = spawn(process.execPath, [SHIPPED, 'synth'], { cwd: root, stdio: 'ignore', env: ENV });
  const ended = once(child, 'exit');
  if (delay === undefined) while (child.exitCode === null && firstPlaced(root) === before) await setImmediate();
  await setTimeout(delay ?? Math.random() * 8);
  child.kill('SIGKILL');
  await ended;
}

/** Tells one plan.json of the rollout that is placed first from the next. */
const firstPlaced = (root: string): number | undefined =>
  statSync(join(root, 'out/plan/prod/demo/web-0/plan.json'), { throwIfNoEntry: false })?.ino;

test('killed at any moment, each file is old or new, and the next run heals', async () => {
  const expected = fleets.map(synthesised);
  const longest = Math.max(...expected.map(one => one.time));
  const root = repository();
  let staging = 0;
  let placing = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const variant = kill % fleets.length;
    const wanted = expected[variant]?.tree ?? {};
    const old = out(root);
    writeFleet(root, fleets[variant] ?? []);
    await killSynth(root, kill % 2 === 0 ? Math.random() * longest : undefined);
    const now = out(root);
    for (const path of new Set([...Object.keys(old), ...Object.keys(wanted), ...Object.keys(now)])) {
      if (isTemp(path) || isFolder(path) || isLock(path)) continue;
      if (now[path] !== old[path] && now[path] !== wanted[path])
        expect.fail(`${path} is neither old nor new: ${now[path]}`);
    }
    if (Object.keys(now).some(isTemp)) {
      if (changedFiles(old, now) === 0) staging++;
      else placing++;
    }
    if ((kill + 1) % HEAL_EVERY !== 0) continue;
    expect(surefoot(root, ['synth']).exit).toBe(0);
    expect(out(root)).toEqual(wanted);
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({
      exit: 0,
      stderr: 'out/ says what the Rollouts say\n',
    });
  }
  // Else every kill came too early or too late, and nothing was tested.
  expect(Math.min(staging, placing)).toBeGreaterThan(0);
}, 300_000);

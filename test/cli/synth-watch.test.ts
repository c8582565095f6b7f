import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { SHIPPED, type Spec, specOf, surefoot, writeFleet } from './surefoot.ts';

const WAITING = 'watching for changes; Ctrl-C ends\n';

interface Watching {
  readonly child: ChildProcess;
  /** Everything said from the last report to the next that ends in waiting, and contains the text. */
  readonly nextReport: (text: string) => Promise<string>;
  /** What was said since, without waiting. */
  readonly rest: () => string;
  readonly end: (signal: NodeJS.Signals) => Promise<unknown>;
}

/** Starts `synth --watch` and reads what it says; the limit of the test ends a wait in vain. */
function watching(root: string, words: readonly string[] = []): Watching {
  const env = { PATH: process.env['PATH'] };
  const child = spawn(process.execPath, [SHIPPED, 'synth', '--watch', ...words], { cwd: root, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  let said = '';
  const stream = child.stderr;
  stream.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  const nextReport = async (text: string): Promise<string> => {
    for (;;) {
      const from = said.indexOf(text);
      const end = from === -1 ? -1 : said.indexOf(WAITING, from);
      if (end !== -1) {
        const report = said.slice(0, end);
        said = said.slice(end + WAITING.length);
        return report;
      }
      const more = await Promise.race([once(stream, 'data'), exited]);
      if (typeof more[0] !== 'string') throw new Error(`ended, having said: ${said}`);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<unknown> => {
    child.kill(signal);
    return (await exited)[0];
  };
  return { child, nextReport, rest: () => said, end };
}

/** Puts a Rollout in place in one go, as no half of it may be read where reports are counted. */
function place(root: string, spec: Spec): void {
  writeTree(root, { 'next.txt': specOf(spec) });
  renameSync(join(root, 'next.txt'), join(root, `rollouts/${spec.name}.yaml`));
}

const expectFresh = (root: string, paths: readonly string[] = []): void =>
  expect(surefoot(root, ['synth', '--check', ...paths])).toMatchObject({ exit: 0 });

test('writes at once and after each change, also past a broken file, and ends well', async () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { nextReport, rest, end } = watching(root);
  expect(await nextReport('1 rollout:')).toContain('1 rollout: 1 changed');
  expectFresh(root);

  place(root, { name: 'cart', step: 'canary-50' });
  await nextReport('1 rollout: 1 changed');
  expectFresh(root);

  const live = readTree(root, 'out/live');
  place(root, { name: 'cart', step: 'nowhere' });
  expect(await nextReport('left untouched because of errors')).toContain('steps/unknown-step');
  expect(readTree(root, 'out/live')).toEqual(live);

  place(root, { name: 'cart', step: 'complete' });
  await nextReport('1 rollout: 1 changed');
  expectFresh(root);
  expect(rest()).toBe('');
  expect(await end('SIGINT')).toBe(0);
});

test('notices files that editors replace, folders that come and go, and files in new folders', async () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { nextReport, end } = watching(root);
  await nextReport('1 rollout: 1 changed');

  // As vim and many others write: the old file away, the new one in its place.
  writeTree(root, { 'rollouts/cart.yaml.new': specOf({ name: 'cart', step: 'canary-50' }) });
  renameSync(join(root, 'rollouts/cart.yaml'), join(root, 'rollouts/cart.yaml~'));
  renameSync(join(root, 'rollouts/cart.yaml.new'), join(root, 'rollouts/cart.yaml'));
  await nextReport('1 rollout: 1 changed');
  place(root, { name: 'cart', step: 'complete' });
  await nextReport('1 rollout: 1 changed');

  writeTree(root, { 'rollouts/team/deep/mail.yaml': specOf({ name: 'mail' }) });
  await nextReport('2 rollouts: 1 changed');
  writeTree(root, { 'rollouts/team/deep/mail.yaml': specOf({ name: 'mail', step: 'canary-50' }) });
  await nextReport('2 rollouts: 1 changed');

  renameSync(join(root, 'rollouts'), join(root, 'away'));
  await nextReport('fleet/rollout-gone');
  renameSync(join(root, 'away'), join(root, 'rollouts'));
  await nextReport('2 rollouts: none changed');
  rmSync(join(root, 'rollouts/team'), { recursive: true });
  await nextReport('fleet/rollout-gone');
  place(root, { name: 'cart', step: 'canary-25' });
  await nextReport('1 rollout: 1 changed');
  expect(await end('SIGTERM')).toBe(0);
});

test('a named file is watched where it is deleted and written anew', async () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const file = join(root, 'rollouts/cart.yaml');
  const { nextReport, rest, end } = watching(root, ['rollouts/cart.yaml']);
  await nextReport('1 rollout: 1 changed');
  rmSync(file);
  await nextReport('"rollouts/cart.yaml" does not exist.');
  place(root, { name: 'cart', step: 'canary-50' });
  await nextReport('1 rollout: 1 changed');
  expectFresh(root, ['rollouts/cart.yaml']);
  expect(rest()).toBe('');
  expect(await end('SIGINT')).toBe(0);
});

test('runs once for each change, also where the whole repository is watched', async () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  mkdirSync(join(root, 'out'));
  const { nextReport, rest, end } = watching(root, ['.']);
  await nextReport('1 rollout: 1 changed');
  for (const step of ['canary-50', 'complete', 'canary-25']) {
    place(root, { name: 'cart', step });
    expect(await nextReport('1 rollout: ')).toContain('1 rollout: 1 changed');
  }
  expect(rest()).toBe('');
  expect(await end('SIGINT')).toBe(0);
});

test('gives machines one document after the other', async () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const env = { PATH: process.env['PATH'] };
  const child = spawn(process.execPath, [SHIPPED, 'synth', '--watch', '--format', 'gitlab'], { cwd: root, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for await (const part of child.stderr.setEncoding('utf8')) {
    said += part;
    if (said === '[]\n') place(root, { name: 'cart', step: 'nowhere' });
    else if (said.endsWith('\n]\n')) child.kill('SIGINT');
  }
  expect(JSON.parse(said.slice('[]\n'.length)).length).toBeGreaterThan(0);
});

test.each([
  [['--check'], '--check'],
  [['--prune'], '--prune'],
  [['rollouts/nowhere.yaml'], 'does not exist'],
  [['-'], 'synth reads files only'],
])('with %j it does not begin', (words, message) => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { exit, stderr } = surefoot(root, ['synth', '--watch', ...words]);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
});

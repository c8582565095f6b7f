import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { surefoot, writeFleet } from '../cli/surefoot.ts';
import { readTree, temporaryFolder } from '../host/workspace.ts';

const ROOT = join(import.meta.dirname, '../..');

/** This repository without its history, what was built, and what was compiled before. */
function copyOfTheRepository(): string {
  const copy = temporaryFolder();
  const left = ['.git', 'node_modules', 'dist', 'test', 'bench'];
  for (const name of readdirSync(ROOT).filter(entry => !left.includes(entry)))
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: file => !file.endsWith('src/generated') });
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter(entry => entry !== '.cache'))
    symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  return copy;
}

/** What `cdk8s synth` does with cdk8s.yaml (https://github.com/cdk8s-team/cdk8s-cli, src/cli/cmds/synth.ts and src/util.ts). */
function cdk8sSynth(root: string): number | null {
  const { app, output } = parse(readFileSync(join(root, 'cdk8s.yaml'), 'utf8'));
  rmSync(join(root, output), { recursive: true, force: true });
  const env = { ...process.env, CDK8S_OUTDIR: output, CDK8S_RECORD_CONSTRUCT_METADATA: 'true' };
  return spawnSync(app, [], { cwd: root, shell: true, env, stdio: ['inherit', 'pipe', 'pipe'] }).status;
}

test('cdk8s synth gives the committed bytes, from a fresh clone and an emptied out/', () => {
  const copy = copyOfTheRepository();
  writeFileSync(join(copy, 'out/by-hand.yaml'), 'kind: ConfigMap\n');
  expect(cdk8sSynth(copy)).toBe(0);
  expect(readTree(join(copy, 'out'))).toEqual(readTree(join(ROOT, 'out')));
});

test('the variable of cdk8s says where to write; a Rollout that does not compile fails the run, the others are written', () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }, { name: 'mail', step: 'nowhere' }]);
  const env = { CDK8S_OUTDIR: 'dist' };
  expect(surefoot(root, ['synth'], { env }).exit).toBe(1);
  expect(readdirSync(join(root, 'dist/live/default/demo'))).toEqual(['cart']);
});

test('--out is stronger than CDK8S_OUTDIR', () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  expect(surefoot(root, ['synth', '--out', 'typed'], { env: { CDK8S_OUTDIR: 'told' } }).exit).toBe(0);
  expect(readdirSync(root).sort()).toEqual(['rollouts', 'typed']);
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { shell, specOf, surefoot } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';
const SPEC = specOf({ name: 'web' });
const EDITED = SPEC.replace('web:1@', 'web:1.1@');
const MEANT = EDITED.replace(/(v1: \{ image: "[^"]+")/, '$1, replacement: 1');

/** A folder in which this Rollout is committed. */
function committed(spec = SPEC): string {
  const root = temporaryFolder();
  writeTree(root, { [FILE]: spec });
  expect(surefoot(root, ['synth']).exit).toBe(0);
  return root;
}

it('an edit in place is refused by every command, and nothing is touched', () => {
  const root = committed();
  const before = readTree(root, 'out');
  writeTree(root, { [FILE]: EDITED });
  for (const words of [['synth'], ['synth', '--check'], ['validate'], ['plan']]) {
    const { exit, stderr } = surefoot(root, words);
    expect(exit, words.join(' ')).toBe(1);
    expect(stderr).toContain('rollouts/web.yaml:11:18: error version/changed-while-serving');
    expect(stderr).toContain(
      'its image changed from "registry.example.com/web:1@sha256:0123456789ab…" to "registry.example.com/web:1.1@sha256:0123456789ab…".',
    );
  }
  expect(readTree(root, 'out')).toEqual(before);
});

it('without out/, or with one of another name, there is nothing that could serve', () => {
  const root = committed();
  writeTree(root, { [FILE]: EDITED });
  expect(surefoot(root, ['synth', '--out', 'elsewhere']).exit).toBe(0);
  rmSync(join(root, 'out'), { recursive: true });
  expect(surefoot(root, ['synth'])).toMatchObject({ exit: 0 });
  expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
});

it('a version of a new name is what to write instead', () => {
  const root = committed();
  const third = SPEC.replace('  steps:', '    v3: { image: "registry.example.com/web:1.1@sha256:$D" }\n  steps:')
    .replace('$D', '0123456789abcdef'.repeat(4))
    .concat('    - { name: third, traffic: { v3: 100 } }\n');
  writeTree(root, { [FILE]: third });
  expect(surefoot(root, ['synth'])).toMatchObject({ exit: 0 });
});

it('what is meant is written once, with a warning, and the same again changes nothing', () => {
  const root = committed();
  writeTree(root, { [FILE]: MEANT });
  const plan = surefoot(root, ['plan']);
  expect(plan.stdout).toContain('canary-25 → canary-25  replace\n    replaces the pods of v1: image\n');
  expect(JSON.parse(surefoot(root, ['plan', '-o', 'json']).stdout)[0]).toMatchObject({
    replaced: [{ version: 'v1', parts: ['image'] }],
    versions: [{ name: 'v1', defaults: 1, replacement: 1 }, { name: 'v2' }],
  });
  const first = surefoot(root, ['synth']);
  expect(first.exit).toBe(0);
  expect(first.stderr).toContain('warning version/replaced');
  expect(first.stderr).toMatch(/rollouts\/web\.yaml {2}\d+ written; replace: the pods of v1/);
  const written = readTree(root, 'out');
  expect(written['out/live/default/demo/web/deployment-web-v1.yaml']).toContain('web:1.1@');
  expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
  const again = surefoot(root, ['synth']);
  expect(again.stderr).not.toContain('replace');
  expect(readTree(root, 'out')).toEqual(written);
});

it('each environment stands for itself', () => {
  const environments = '  environments: { staging: { step: baseline }, prod: {} }\n';
  const root = committed(SPEC + environments);
  const second = SPEC.replace('web:2@', 'web:2.1@') + environments;
  writeTree(root, { [FILE]: second });
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr.match(/version\/changed-while-serving/g)).toHaveLength(1);
  expect(stderr).toContain('In the environment "prod": ');
});

it('an edit is refused too where plan.json is lost, until it is restored from git', () => {
  const root = committed();
  const git = 'git -c user.name=a -c user.email=a@example.com';
  expect(shell(root, `git init -q && git add . && ${git} commit -qm a`)).toMatchObject({ exit: 0 });
  const plan = 'out/plan/default/demo/web';
  const committedTree = readTree(root, 'out');
  writeTree(root, { [FILE]: EDITED });
  for (const damage of [`rm ${plan}/plan.json`, `rm -r ${plan}`, `echo '<<<<<<< HEAD' > ${plan}/plan.json`]) {
    expect(shell(root, damage)).toMatchObject({ exit: 0 });
    const before = readTree(root, 'out');
    for (const words of [['synth'], ['synth', '--check']]) {
      const { exit, stderr } = surefoot(root, words);
      expect([exit, stderr.match(/error (\S+)/)?.[1]], `${damage}; ${words.join(' ')}`).toEqual([1, 'out/plan-lost']);
      expect(stderr).toContain(`\`git restore ${plan}\``);
    }
    expect(readTree(root, 'out')).toEqual(before);
    expect(shell(root, `git restore ${plan}`)).toMatchObject({ exit: 0 });
    expect(readTree(root, 'out')).toEqual(committedTree);
    expect(surefoot(root, ['synth']).stderr).toContain('version/changed-while-serving');
  }
});

it('after a merge conflict in plan.json, ours is checked out and the guard is back', () => {
  const root = committed();
  const git = 'git -c user.name=a -c user.email=a@example.com';
  const plan = 'out/plan/default/demo/web';
  const synth = (branch: string, step: string): string =>
    `git checkout -q -b ${branch} main && sed -i 's/step: .*/step: ${step}/' ${FILE} && surefoot synth && git add . && ${git} commit -qm ${branch}`;
  const first = `git init -q -b main && git add . && ${git} commit -qm main`;
  expect(shell(root, `${first} && ${synth('a', 'canary-50')} && ${synth('b', 'provision-v2')}`)).toMatchObject({
    exit: 0,
  });
  expect(shell(root, `${git} merge a`).exit).toBe(1);
  writeTree(root, { [FILE]: EDITED });
  const lost = surefoot(root, ['synth']).stderr;
  expect(lost).toContain('error out/plan-lost');
  const [, line = ''] = /`(git checkout --ours [^`]+)`/.exec(lost) ?? [];
  expect(shell(root, line)).toMatchObject({ exit: 0 });
  expect(surefoot(root, ['synth']).stderr).toContain('version/changed-while-serving');
  writeTree(root, { [FILE]: SPEC });
  expect(surefoot(root, ['synth']).exit).toBe(0);
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
  expect(readTree(root, plan)[`${plan}/plan.json`]).not.toContain('<<<<');
});

it('where all edits are known to be safe, deleting both folders starts anew', () => {
  const root = committed();
  writeTree(root, { [FILE]: EDITED, 'out/plan/default/demo/web/plan.json': '<<<<<<< HEAD\n{' });
  const [, line = ''] = /`(rm -r [^`]+)`/.exec(surefoot(root, ['synth']).stderr) ?? [];
  expect(shell(root, line)).toMatchObject({ exit: 0 });
  expect(surefoot(root, ['synth']).exit).toBe(0);
});

it.each([
  ['a link', 'ln -s ../../../../../rollouts/web.yaml plan.json'],
  ['a link to nothing', 'ln -s nowhere plan.json'],
  ['a pipe', 'mkfifo plan.json'],
  ['a folder', 'mkdir plan.json'],
])('%s in place of plan.json remembers nothing, and nothing waits for it', (_, make) => {
  const root = committed();
  writeTree(root, { [FILE]: EDITED });
  expect(shell(join(root, 'out/plan/default/demo/web'), `rm plan.json && ${make}`)).toMatchObject({ exit: 0 });
  expect(surefoot(root, ['validate'])).toMatchObject({ exit: 0 });
});

import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specOf, surefoot } from '../cli/surefoot.ts';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';

/** A repository beside other things, with links to its folders. */
function repository(): { readonly around: string; readonly root: string } {
  const around = temporaryFolder();
  const root = join(around, 'repository');
  writeTree(root, { 'rollouts/team/cart.yaml': specOf({ name: 'cart' }) });
  mkdirSync(join(root, '.git'));
  for (const [link, target] of [
    ['to-rollouts', 'rollouts'],
    ['to-root', '.'],
    ['to-nowhere', 'nowhere'],
    ['dangling', 'nowhere/at/all'],
  ])
    symlinkSync(target!, join(root, link!));
  return { around, root };
}

test.each([
  ['.', 'holds the repository itself'],
  ['..', 'holds the repository itself'],
  ['/', 'holds the repository itself'],
  ['../..', 'holds the repository itself'],
  ['rollouts/..', 'holds the repository itself'],
  ['to-root', 'holds the repository itself'],
  ['rollouts', 'lie within each other'],
  ['./rollouts/', 'lie within each other'],
  ['rollouts/out', 'lie within each other'],
  ['x/../rollouts', 'lie within each other'],
  ['to-rollouts', 'lie within each other'],
  ['to-rollouts/out', 'lie within each other'],
  ['to-root/rollouts/deep/er', 'lie within each other'],
  ['.git', 'lies in the folder of git'],
  ['.git/out', 'lies in the folder of git'],
  ['.GIT', 'lies in the folder of git'],
])('--out %s is refused, and nothing is written', (out, message) => {
  const { around, root } = repository();
  const before = readTree(around);
  const { exit, stdout, stderr } = surefoot(root, ['synth', '--out', out]);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(readTree(around)).toEqual(before);
});

test.each(['to-nowhere', 'dangling', 'to-nowhere/out'])('--out %s, a link that leads nowhere, is not written', out => {
  const { around, root } = repository();
  const before = readTree(around);
  const { exit, stderr } = surefoot(root, ['synth', '--out', out]);
  expect([1, 2]).toContain(exit);
  expect(stderr).not.toContain('bug in surefoot');
  expect(readTree(around)).toEqual(before);
});

test.each(['out', 'rollouts-out', 'deploy/out', '../elsewhere', '...', '.gitops'])('--out %s is taken', out => {
  const { root } = repository();
  expect(surefoot(root, ['synth', '--out', out])).toMatchObject({ exit: 0 });
  expect(Object.keys(readTree(join(root, out, 'live/default/demo/cart'))).length).toBeGreaterThan(0);
  expect(surefoot(root, ['synth', '--check', '--out', out]).exit).toBe(0);
});

test('an absolute --out is taken where it lies elsewhere', () => {
  const { around, root } = repository();
  expect(surefoot(root, ['synth', '--out', join(around, 'there')]).exit).toBe(0);
  expect(surefoot(root, ['synth', '--out', root]).exit).toBe(2);
  expect(surefoot(root, ['synth', '--out', join(root, 'rollouts')]).exit).toBe(2);
});

test('a folder without Rollouts is said in words, whatever the command', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'rollouts/team'), { recursive: true });
  writeTree(root, { 'rollouts/notes.txt': 'x' });
  const words = 'no Rollout was found: there is no file in "rollouts" that ends in .yaml or .yml\n';
  for (const command of [['synth'], ['synth', '--check'], ['plan'], ['validate']]) {
    const { exit, stderr } = surefoot(root, command);
    expect([exit, stderr.startsWith(words)]).toEqual([0, true]);
  }
  expect(surefoot(root, ['plan', 'rollouts/team']).stderr).toContain('there is no file in "rollouts/team"');
  expect(Object.keys(readTree(root))).toEqual(['rollouts/notes.txt', 'rollouts/team/']);
});

test('the ending of a Rollout file may be written in capitals', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/A.YAML': specOf({ name: 'a' }), 'rollouts/b.Yml': specOf({ name: 'b' }) });
  expect(surefoot(root, ['validate']).stderr).toBe('2 rollouts: 0 errors, 0 warnings\n');
});

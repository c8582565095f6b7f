import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { temporaryFolder } from '../host/workspace.ts';
import { caseOf } from './cases.ts';
import { readCorpus } from './corpus.ts';
import { judge } from './judge.ts';

const ROOT = join(import.meta.dirname, '../..');

test('a short campaign of damaged files finds nothing', () => {
  const words = [
    'test/fuzz/fuzz.mjs',
    '--runs',
    '1000',
    '--seed',
    '1',
    '--minutes',
    '5',
    '--failures',
    temporaryFolder(),
  ];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '1000 cases from seed 1, 0 failed\n']);
});

test('a campaign compiles as well as refuses, and tries every kind of case', () => {
  const corpus = readCorpus(ROOT);
  const cases = Array.from({ length: 600 }, (_, seed) => caseOf(seed, corpus));
  expect(new Set(cases.map(({ target }) => target)).size).toBe(3);
  const compiled = cases.filter(
    one => one.target === 'compile' && compile({ file: 'rollouts/cart.yaml', text: one.rollout }).results !== undefined,
  );
  expect(compiled.length).toBeGreaterThan(10);
  expect(compiled.length).toBeLessThan(500);
  expect(cases).toEqual(Array.from({ length: 600 }, (_, seed) => caseOf(seed, corpus)));
});

test('what is wrong is noticed', () => {
  // A program that writes where it should not, and says nothing sensible.
  const files = [{ path: 'rollouts/a.yaml', content: Buffer.from('a').toString('base64') }];
  const evil = join(import.meta.dirname, 'evil.mjs');
  expect(judge({ target: 'cli', files, commands: [['synth']] }, evil)).toBe(
    'synth changed files outside of the output folder',
  );
  expect(judge({ target: 'cli', files, commands: [['crash']] }, evil)).toMatch(/^crash ended with 7/);
});

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { sumUpDrift, sumUpSynth } from '../../src/cli/synth-summary.ts';
import type { Outcome, SynthReport } from '../../src/host/synth-report.ts';
import { shellWord } from '../../src/layout/shell-word.ts';

const drift = { stale: [], missing: [], obsolete: [], extra: [], leftovers: [] };
const reportOf = (outcomes: readonly Outcome[], pruned: readonly string[] = []): SynthReport => ({
  diagnostics: [],
  outcomes,
  pruned,
  drift,
});
const unchanged = (source: string): Outcome => ({ source, outcome: 'unchanged', written: 0, deleted: 0 });
const written = (source: string, files: number, deleted = 0): Outcome => ({
  source,
  outcome: 'written',
  written: files,
  deleted,
});
const untouched = (source: string): Outcome => ({ source, outcome: 'untouched', written: 0, deleted: 0 });
const out = { outName: 'out' };

test('a line for each rollout, the totals, and what to do next', () => {
  const outcomes = [
    unchanged('rollouts/a.yaml'),
    written('rollouts/reviews.yaml', 12, 1),
    written('rollouts/c.yaml', 2),
  ];
  expect(sumUpSynth(reportOf(outcomes), out)).toEqual([
    'rollouts/a.yaml        unchanged',
    'rollouts/reviews.yaml  12 written, 1 deleted',
    'rollouts/c.yaml        2 written',
    '3 rollouts: 2 changed (14 written, 1 deleted)',
    'next: git add out, and commit it with the Rollouts',
  ]);
});

test('with errors the next thing is to mend them', () => {
  expect(sumUpSynth(reportOf([untouched('a'), written('b', 1)]), out)).toEqual([
    'a  left untouched because of errors',
    'b  1 written',
    '2 rollouts: 1 changed (1 written) and 1 left untouched',
    'next: mend the errors above and run surefoot synth again',
  ]);
});

test('nothing changed asks for nothing', () => {
  expect(sumUpSynth(reportOf([unchanged('a')]), out)).toEqual(['a  unchanged', '1 rollout: none changed']);
});

test('of a large fleet only what changed is told, at most twenty of it', () => {
  const many = Array.from({ length: 30 }, (_, n) => unchanged(`same-${n}`));
  expect(sumUpSynth(reportOf([...many, written('b', 1)]), out)[0]).toBe('b  1 written');
  const lines = sumUpSynth(reportOf(Array.from({ length: 30 }, (_, n) => written(`${n}`, 1))), out);
  expect(lines.slice(19)).toEqual([
    '19  1 written',
    '… and 10 more',
    '30 rollouts: 30 changed (30 written)',
    'next: git add out, and commit it with the Rollouts',
  ]);
});

test('pruned rollouts are named; folders outside are not for git', () => {
  expect(sumUpSynth(reportOf([], ['default/shop/cart']), { outName: 'out', startedIn: 'my repo' })).toEqual([
    'default/shop/cart  deleted from out/',
    '0 rollouts: none changed',
    "next: git -C 'my repo' add out, and commit it with the Rollouts",
  ]);
  expect(sumUpSynth(reportOf([written('a', 1)]), { outName: '../x' })).toHaveLength(2);
});

test('drift ends with the commands that mend it', () => {
  const all = {
    stale: ['live/a'],
    missing: ['live/b'],
    obsolete: ['live/c'],
    extra: ['live/my d', 'live/e'],
    leftovers: ['live/f'],
  };
  expect(sumUpDrift(all, { outName: 'out', paths: [] })).toEqual([
    'stale       out/live/a',
    'missing     out/live/b',
    'obsolete    out/live/c',
    'unfinished  out/live/f',
    'extra       out/live/my d',
    'extra       out/live/e',
    '6 files in out/ differ from what the Rollouts say; to mend it:',
    '  surefoot synth',
    "  rm -- 'out/live/my d' out/live/e",
  ]);
  expect(sumUpDrift({ ...drift, extra: ['x'] }, { outName: '/o', startedIn: 'r', paths: [] })).toEqual([
    'extra  /o/x',
    '1 file in /o/ differs from what the Rollouts say; to mend it:',
    '  rm -- /o/x',
  ]);
  expect(sumUpDrift({ ...drift, stale: ['x'] }, { outName: 'o', startedIn: 'r', paths: ['a b.yaml'] }).at(-1)).toBe(
    "  surefoot synth -C r --out o 'a b.yaml'",
  );
  expect(sumUpDrift({ ...drift, extra: ['x'] }, { outName: 'o', startedIn: 'r', paths: [] }).at(-1)).toBe(
    '  rm -- r/o/x',
  );
  expect(sumUpDrift(drift, { outName: 'out', paths: [] })).toEqual([]);
});

test.each(["it's", 'a b', '$(touch x)', '`x`', '*', '~', 'back\\slash', '', "\u001b[31mred'\\", '\u202etxt'])(
  'a shell reads %j back as it was, and a terminal obeys nothing in it',
  word => {
    expect(shellWord(word)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(
      execFileSync('bash', ['--norc', '-c', `printf %s ${shellWord(word)}`], {
        encoding: 'utf8',
        env: { LC_ALL: 'C.UTF-8' },
      }),
    ).toBe(word);
  },
);

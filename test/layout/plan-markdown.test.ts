import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { specOf } from '../cli/surefoot.ts';

function pageOf(file: string): string {
  const [result] = compile({ file, text: specOf({ name: 'web' }) }).results ?? [];
  return result?.files.find(({ path }) => path.endsWith('/plan.md'))?.text ?? '';
}

const lineOf = (page: string, start: string): string => page.split('\n').find(line => line.startsWith(start)) ?? '';

/** What surefoot would be given, as a shell splits the line. */
const argumentsOf = (line: string): readonly string[] =>
  execFileSync('sh', ['-c', line.replace(/^surefoot/, "printf '%s\\n'")], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

test('a plain name is written as it is', () => {
  const page = pageOf('rollouts/web.yaml');
  expect(page).toMatch(
    /^<!-- Compiled by surefoot from rollouts\/web\.yaml; change that file, not this one\. -->\n\n# web\n/,
  );
  expect(page).toContain('\nsurefoot promote rollouts/web.yaml --commit\n');
  expect(page).toContain('\nsurefoot abort rollouts/web.yaml --commit\n');
});

test.each([
  ['a--><h1>x $(touch pwned).yaml', 'a--><h1>x $(touch pwned).yaml'],
  ["it's `x` ``y``.yaml", "it's `x` ``y``.yaml"],
  ['--->`', './--->`'],
  ['--force', './--force'],
])('the name %s closes no comment, and is one word of the shell', (file, path) => {
  const page = pageOf(file);
  const comment = /^<!--(.*)-->\n/.exec(page)?.[1];
  expect(comment).toMatch(/^ Compiled by surefoot from /);
  expect(comment).not.toMatch(/[<>]|--/);
  expect(argumentsOf(lineOf(page, 'surefoot promote'))).toEqual(['promote', path, '--commit']);
});

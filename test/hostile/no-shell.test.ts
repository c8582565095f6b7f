import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Runs the text of the commands, which is part of the shipped file. */
const RUNS_ITSELF = join('host', 'code-cache.ts');

test('what ships never starts a program through a shell, or runs a text as code', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !/^(?:build|generated)/.test(file) && file !== RUNS_ITSELF,
  );
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.filter(file => {
    const text = readFileSync(join(SRC, file), 'utf8');
    return /\bexecSync\b|\bexec\(\s*[`'"]|\bshell:\s*true|\beval\(|new Function\(|node:vm/.test(text);
  });
  expect(wrong, 'start programs with execFile and a list of words').toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

test('what ships never starts a program through a shell, or runs a text as code', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !/^(?:build|generated)/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.filter(file => {
    const text = readFileSync(join(SRC, file), 'utf8');
    return /\bexecSync\b|\bexec\(\s*[`'"]|\bshell:\s*true|\beval\(|new Function\(|node:vm/.test(text);
  });
  expect(wrong, 'start programs with execFile and a list of words').toEqual([]);
});

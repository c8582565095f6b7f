import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const FOLDER = 'schemas/providers';
/** What tells agents what to sync; the compiler does not carry these. */
const AGENTS = 'schemas/agents';
const files = [FOLDER, AGENTS].flatMap(folder => readdirSync(folder).map(file => join(folder, file)));
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-schemas-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** Every node of a tree, with the key under which it stands. */
const nodes = (value: unknown, key = ''): { key: string; node: { readonly [key: string]: unknown } }[] =>
  isObject(value) ? [{ key, node: value }, ...Object.entries(value).flatMap(([k, child]) => nodes(child, k))] : [];

it.each(files)('%s is closed, sorted and without prose', file => {
  const text = readFileSync(file, 'utf8');
  for (const { key, node } of nodes(JSON.parse(text))) {
    // Below `properties` a key is a field's name, whatever it reads.
    if (key === 'properties' || Array.isArray(node)) continue;
    expect(Object.keys(node)).toEqual(Object.keys(node).sort());
    expect(Object.keys(node).filter(word => /^(description|title|x-|format|default$)/.test(word))).toEqual([]);
    if (isObject(node['properties']))
      expect(node['additionalProperties'], JSON.stringify(node).slice(0, 200)).toBe(false);
  }
});

it('is small', () => {
  const size = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  expect(size).toBeLessThan(400_000);
});

it('the core kinds are what the installed declarations give', () => {
  execFileSync(process.execPath, ['schemas/distill.mjs', '--to', scratch], { stdio: 'pipe' });
  const distilled = readdirSync(scratch);
  expect(distilled).toHaveLength(12);
  for (const file of distilled) {
    expect(readFileSync(join(scratch, file), 'utf8')).toBe(readFileSync(join(FOLDER, file), 'utf8'));
  }
});

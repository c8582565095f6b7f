import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilerAt } from '../../src/host/compiler.ts';
import { meaningOf } from '../../src/meaning.ts';
import { differenceOf } from '../../src/review/difference.ts';
import { differenceLines } from '../../src/review/difference-text.ts';
import { sideOf } from '../review/states.ts';

const ROOT = join(import.meta.dirname, '../..');
const GOLDEN = join(import.meta.dirname, 'diff');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const EXAMPLES = readdirSync(join(ROOT, 'rollouts')).filter(file => file.endsWith('.yaml'));

/** Every hop along the tapes of a living example, in words. */
function hopsOf(file: string): string {
  const { results = [] } = compilerAt(ROOT)({
    file: `rollouts/${file}`,
    text: readFileSync(join(ROOT, 'rollouts', file), 'utf8'),
  });
  const parts = results.flatMap(result => {
    const tape = result.plan.states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
    return tape.slice(1).map((name, i) => {
      const lines = differenceLines(differenceOf(sideOf(result, tape[i]!), sideOf(result, name), meaningOf));
      return [`${result.plan.environment}: ${tape[i]} → ${name}`, ...lines.map(line => `  ${line}`), ''].join('\n');
    });
  });
  return parts.join('\n');
}

describe('the hops of the living examples in words', () => {
  it.each(EXAMPLES)('%s', file => {
    const golden = join(GOLDEN, file.replace('.yaml', '.txt'));
    const words = hopsOf(file);
    expect(words.split('\n').length).toBeGreaterThan(5);
    if (UPDATE) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(golden, words);
    }
    expect(words).toBe(readFileSync(golden, 'utf8'));
  });
});

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCase } from './given.ts';

const ROOT = join(import.meta.dirname, '../accept');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** All files below a folder by their path. */
function tree(folder: string): { [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(entry => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map(path => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

describe('golden trees', () => {
  it.each(readdirSync(ROOT))('%s', name => {
    const folder = join(ROOT, name);
    const source = { file: 'rollout.yaml', text: readFileSync(join(folder, 'rollout.yaml'), 'utf8') };
    const { diagnostics, results = [] } = compileCase(source, folder, folder);
    expect(diagnostics.filter(d => d.severity === 'error')).toEqual([]);
    const files = Object.fromEntries(results.flatMap(({ files }) => files.map(file => [file.path, file.text])));
    const expected = join(folder, 'expected');
    if (UPDATE) {
      rmSync(expected, { recursive: true, force: true });
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(expected, path)), { recursive: true });
        writeFileSync(join(expected, path), text);
      }
    }
    expect(files).toEqual(tree(expected));
  });
});

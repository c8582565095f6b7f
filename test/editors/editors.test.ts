import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { FLEET_FILE } from '../../src/model/fleet.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const rollouts = readdirSync(join(ROOT, 'rollouts'), { recursive: true, encoding: 'utf8' })
  .filter(file => /\.ya?ml$/.test(file) && !/(?:^|[\\/])templates[\\/]/.test(file))
  .map(file => `rollouts/${file.replaceAll('\\', '/')}`);
const settings: { readonly 'yaml.schemas': { readonly [schema: string]: readonly string[] } } = JSON.parse(
  read('.vscode/settings.json'),
);

describe('editors', () => {
  it('find the shipped schema for every Rollout by the settings of VS Code', () => {
    const all = settings['yaml.schemas'];
    expect(Object.keys(all)).toEqual(['./schemas/fleet.schema.json', './schemas/rollout.schema.json']);
    expect(all['./schemas/fleet.schema.json']).toEqual([FLEET_FILE]);
    const schema = './schemas/rollout.schema.json';
    const patterns = [...(all[schema] ?? [])];
    const shipped: readonly string[] = JSON.parse(read('package.json')).files;
    expect(shipped).toContain(schema.replace(/^\.\//, ''));
    expect(existsSync(join(ROOT, schema))).toBe(true);
    expect(rollouts.length).toBeGreaterThan(4);
    expect(glob.sync(patterns, { cwd: ROOT }).sort()).toEqual([...rollouts].sort());
  });

  it('find it for every living example by its first line', () => {
    for (const file of rollouts) {
      const [, schema] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(file)) ?? [];
      expect(schema, file).toBeDefined();
      expect(join(ROOT, file, '..', schema!), file).toBe(join(ROOT, 'schemas/rollout.schema.json'));
    }
  });

  it('are told the same settings on the page about them', () => {
    expect(read('docs/editors.md')).toContain(read('.vscode/settings.json'));
  });
});

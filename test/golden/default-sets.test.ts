import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { DEFAULT_SETS, type DefaultSet } from '../../src/model/default-sets.ts';
import { templatesOf } from '../plan/templates.ts';

const FOLDER = join(import.meta.dirname, 'default-sets');

/** A Rollout that says as little as it can: all else in its pods is ours. */
const bare = (provider: string) => ({
  apiVersion: 'surefoot.dev/v1',
  kind: 'Rollout',
  metadata: { name: 'shop' },
  spec: { provider, versions: { v1: { image: 'registry.example.com/shop:1.0.0', startup: {} } } },
});

/** The set, and the pods that it makes. */
function shown(set: DefaultSet): object {
  const pods = (provider: string) => {
    const source = { file: 'rollouts/shop.yaml', text: stringify(bare(provider)) };
    const text = templatesOf(compile(source, {}, [set])).get('v1') ?? '';
    expect(text).toContain('image: registry.example.com/shop:1.0.0');
    return text.split('\n');
  };
  return { set, deployment: pods('kubernetes'), revision: pods('knative') };
}

it('are numbered from 1', () => {
  expect(DEFAULT_SETS.map(set => set.number)).toEqual(DEFAULT_SETS.map((_, index) => index + 1));
});

it.each(DEFAULT_SETS)('set $number says for ever what it said when it was released', set => {
  const file = join(FOLDER, `${set.number}.json`);
  if (!existsSync(file) && process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(file, `${JSON.stringify(shown(set), null, 2)}\n`);
  }
  expect(
    shown(set),
    'an upgrade would replace the pods of versions that serve: leave released sets and their files alone, and add a set (CONTRIBUTING.md, "Change an emitted default")',
  ).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

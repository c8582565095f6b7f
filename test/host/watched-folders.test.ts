import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { foldersToWatch, watchedPaths } from '../../src/host/watched-folders.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const NAMES = [
  'x.yaml',
  'x.yml',
  'cart.yaml',
  'rollouts',
  'team',
  'new',
  'out',
  '4913',
  '.cart.yaml.swp',
  'cart.yaml~',
  '.git',
];

/** Of each watched folder, the names above that matter. */
function watchedIn(root: string, paths: readonly string[]): { readonly [folder: string]: readonly string[] } {
  const folders = foldersToWatch({ root, paths: watchedPaths(root, paths), out: join(root, 'out') });
  return Object.fromEntries(
    [...folders].map(([folder, concerns]) => [relative(root, folder), NAMES.filter(name => concerns(name))]),
  );
}

function repository(): string {
  const root = temporaryFolder();
  writeTree(root, {
    'rollouts/cart.yaml': 'x',
    'rollouts/team/mail.yaml': 'x',
    'rollouts/.hidden/x.yaml': 'x',
    'rollouts/node_modules/x/x.yaml': 'x',
    'out/live/x.yaml': 'x',
    '.git/config': 'x',
    'charts/x.yaml': 'x',
  });
  symlinkSync('../charts', join(root, 'rollouts/linked'));
  mkdirSync(join(root, 'rollouts/new'));
  return root;
}

const YAML = ['x.yaml', 'x.yml', 'cart.yaml'];

test('without a PATH: the default folder with all below it, and its name in the root', () => {
  expect(watchedIn(repository(), [])).toEqual({
    '': ['rollouts'],
    rollouts: [...YAML, 'team', 'new'],
    'rollouts/team': YAML,
    'rollouts/new': YAML,
  });
});

test('a file: its name in its folder, and the names of the folders above', () => {
  expect(watchedIn(repository(), ['rollouts/cart.yaml'])).toEqual({ '': ['rollouts'], rollouts: ['cart.yaml'] });
});

test('a path that is absent: as much of the way to it as there is', () => {
  const root = temporaryFolder();
  expect(watchedIn(root, [])).toEqual({ '': ['rollouts'] });
  expect(watchedIn(repository(), ['rollouts/team/gone/x.yaml'])).toEqual({
    '': ['rollouts'],
    rollouts: ['team'],
    'rollouts/team': [],
  });
});

test('the whole repository: never the output folder, hidden folders or packages', () => {
  expect(watchedIn(repository(), ['.'])).toEqual({
    '': [...YAML, 'rollouts'],
    rollouts: [...YAML, 'team', 'new'],
    'rollouts/team': YAML,
    'rollouts/new': YAML,
    charts: YAML,
  });
});

test('several paths in one folder: what matters to any of them', () => {
  expect(watchedIn(repository(), ['rollouts/cart.yaml', 'rollouts/x.yaml', 'rollouts/team'])).toEqual({
    '': ['rollouts'],
    rollouts: ['x.yaml', 'cart.yaml', 'team'],
    'rollouts/team': YAML,
  });
});

test('a folder that came after it was listed matters, a file without an ending does not', () => {
  const root = repository();
  const concerns = foldersToWatch({ root, paths: watchedPaths(root, []), out: join(root, 'out') }).get(
    join(root, 'rollouts'),
  );
  expect([concerns?.('fresh'), concerns?.('4913')]).toEqual([false, false]);
  mkdirSync(join(root, 'rollouts/fresh'));
  writeTree(root, { 'rollouts/4913': 'x' });
  expect([concerns?.('fresh'), concerns?.('4913')]).toEqual([true, false]);
});

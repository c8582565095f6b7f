import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FoundSources, findSources } from '../../src/host/find-sources.ts';
import { readSource } from '../../src/host/read-source.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const find = (root: string, paths: readonly string[] = [], mayBeEmpty = false): Promise<FoundSources> =>
  findSources({ root, paths, mayBeEmpty });
const filesOf = (found: FoundSources): readonly string[] => found.sources.map(source => source.file);
const refusedOf = (found: FoundSources): readonly string[] => found.refused.map(d => `${d.file} ${d.code}`);

function fleet(): string {
  const root = temporaryFolder();
  writeTree(root, {
    'rollouts/b.yaml': 'b',
    'rollouts/a.yml': 'a',
    'rollouts/team/deep/c.yaml': 'c',
    'rollouts/.hidden/x.yaml': 'x',
    'rollouts/notes.md': 'n',
    'rollouts/node_modules/p/x.yaml': 'x',
    'elsewhere/d.txt': 'd',
  });
  return root;
}

test('without a PATH finds every YAML file below rollouts/, sorted', async () => {
  const found = await find(fleet());
  expect(found.sources).toEqual([
    { file: 'rollouts/a.yml', text: 'a' },
    { file: 'rollouts/b.yaml', text: 'b' },
    { file: 'rollouts/team/deep/c.yaml', text: 'c' },
  ]);
  expect([found.refused, found.wrong]).toEqual([[], []]);
});

test('passes over templates below rollouts/, from wherever the search begins, unless one is named', async () => {
  const root = temporaryFolder();
  writeTree(root, {
    'rollouts/a.yaml': 'a',
    'rollouts/templates.yaml': 'b',
    'rollouts/templates/deployment.yaml': 't',
    'rollouts/team/templates/deep/deployment.yaml': 't',
    'templates/rollouts/c.yaml': 'c',
  });
  const own = ['rollouts/a.yaml', 'rollouts/templates.yaml'];
  expect(filesOf(await find(root))).toEqual(own);
  expect(filesOf(await find(root, ['rollouts/team']))).toEqual([]);
  expect(filesOf(await find(root, ['.']))).toEqual([...own, 'templates/rollouts/c.yaml']);
  expect(filesOf(await find(root, ['rollouts/templates/deployment.yaml']))).toEqual([
    'rollouts/templates/deployment.yaml',
  ]);
});

test('takes files of any name and folders, each file once', async () => {
  const root = fleet();
  const paths = ['rollouts/team/', 'elsewhere/d.txt', './rollouts/team/deep/c.yaml', join(root, 'rollouts/b.yaml')];
  expect(filesOf(await find(root, paths))).toEqual(['elsewhere/d.txt', 'rollouts/b.yaml', 'rollouts/team/deep/c.yaml']);
});

test('a PATH that is not there, or outside, is wrong usage', async () => {
  const root = fleet();
  const paths = ['rollouts/b.yam', 'rolouts/b.yaml', 'nothing', 'rollouts/notes.md/x', '../x', '/etc/hosts'];
  expect(await find(root, paths)).toEqual({
    sources: [],
    refused: [],
    wrong: [
      '"rollouts/b.yam" does not exist. Did you mean "rollouts/b.yaml"?',
      '"rolouts/b.yaml" does not exist. Did you mean "rollouts"?',
      '"nothing" does not exist.',
      '"rollouts/notes.md/x" does not exist.',
      `"../x" is outside of "${root}"; use -C to start elsewhere.`,
      `"/etc/hosts" is outside of "${root}"; use -C to start elsewhere.`,
    ],
  });
});

test('without rollouts/ there is nothing to look at, unless it may be empty', async () => {
  const root = temporaryFolder();
  expect((await find(root)).wrong).toEqual(['"rollouts" does not exist. `surefoot init` writes a first Rollout.']);
  expect(await find(root, [], true)).toEqual({ sources: [], refused: [], wrong: [] });
});

test('refuses links, wherever they are on the way, and does not enter linked folders', async () => {
  const root = fleet();
  const outside = temporaryFolder();
  writeTree(outside, { 'x.yaml': 'secret' });
  symlinkSync(join(outside, 'x.yaml'), join(root, 'rollouts/link.yaml'));
  symlinkSync(outside, join(root, 'rollouts/linked'));
  const found = await find(root);
  expect(filesOf(found)).toEqual(['rollouts/a.yml', 'rollouts/b.yaml', 'rollouts/team/deep/c.yaml']);
  expect(refusedOf(found)).toEqual(['rollouts/link.yaml source/symlink']);
  const named = await find(root, ['rollouts/linked/x.yaml', 'rollouts/linked']);
  expect(named.sources).toEqual([]);
  expect(refusedOf(named)).toEqual(['rollouts/linked source/symlink', 'rollouts/linked/x.yaml source/symlink']);
});

test('refuses pipes without opening them, text that is not UTF-8, and names that would break a comment', async () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/a\nkind: Secret.yaml': 'x' });
  execFileSync('mkfifo', [join(root, 'rollouts/pipe.yaml')]);
  writeFileSync(join(root, 'rollouts/latin1.yaml'), Buffer.from([0x61, 0xe9, 0x0a]));
  expect(refusedOf(await find(root))).toEqual([
    'rollouts/a\nkind: Secret.yaml source/unprintable-name',
    'rollouts/latin1.yaml source/not-utf8',
    'rollouts/pipe.yaml source/not-a-file',
  ]);
});

test('what the system refuses to read is refused, with its reason', () => {
  const root = fleet();
  expect(readSource(root, 'rollouts')).toMatchObject({
    code: 'source/unreadable',
    what: 'This file cannot be read: EISDIR.',
  });
  expect(readSource(root, 'rollouts/gone.yaml')).toMatchObject({ what: 'This file cannot be read: ENOENT.' });
});

test('reads no more of a file than shows that it is too long, in letters of any width', async () => {
  const root = temporaryFolder();
  const limit = 256 * 1024;
  writeTree(root, {
    'rollouts/ascii.yaml': 'a'.repeat(3_000_000),
    'rollouts/wide.yaml': '\u{1f600}'.repeat(600_000),
    'rollouts/whole.yaml': 'é'.repeat(limit),
    'rollouts/empty.yaml': '',
  });
  const texts = new Map((await find(root)).sources.map(source => [source.file, source.text]));
  for (const name of ['ascii', 'wide']) {
    const text = texts.get(`rollouts/${name}.yaml`) ?? '';
    expect(text.length).toBeGreaterThan(limit);
    expect(Buffer.byteLength(text)).toBeLessThan(5 * limit);
  }
  expect(texts.get('rollouts/whole.yaml')).toBe('é'.repeat(limit));
  expect(texts.get('rollouts/empty.yaml')).toBe('');
});

import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/host/cache-folder.ts';
import { textDigest } from '../../src/host/digest.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { recaller } from '../../src/host/recall.ts';
import { openIndex, type Remembered } from '../../src/host/stat-index.ts';
import { specOf } from '../cli/surefoot.ts';
import { growOld, indexOf, synthesise } from './remembered.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const FILE = 'rollouts/web.yaml';
const WITH_WARNINGS = specOf({ name: 'web', step: 'provision-v2' }).replaceAll(/:(\d)@sha256:\w+/g, ':$1');

async function rememberedFleet() {
  const root = temporaryFolder();
  writeTree(root, { [FILE]: WITH_WARNINGS });
  const index = indexOf(root);
  for (let run = 0; run < 2; run++) {
    await synthesise(root, { index });
    await growOld();
  }
  await synthesise(root, { index });
  const known = index(undefined).read().get(FILE);
  if (known === undefined) throw new Error('nothing is remembered');
  return { root, index, known };
}

test('what did not change is told from memory, and only there', async () => {
  const { root, index, known } = await rememberedFleet();
  expect(known.diagnostics.length).toBeGreaterThan(0);
  const marked = known.diagnostics.map(one => ({ ...one, what: 'remembered' }));
  index(undefined).write(new Map([[FILE, { ...known, diagnostics: marked }]]));
  const tell = async (way: object) => (await synthesise(root, way)).diagnostics.map(one => one.what);
  expect(await tell({ index })).toEqual(marked.map(() => 'remembered'));
  expect(await tell({})).not.toContain('remembered');
  appendFileSync(join(root, FILE), '# a comment\n');
  expect(await tell({ index })).not.toContain('remembered');
});

test('a source that was only touched is still known by its content', async () => {
  const { root, known } = await rememberedFleet();
  writeTree(root, { [FILE]: WITH_WARNINGS });
  const recall = recaller({ root, out: openOut(root, 'out') }, new Map([[FILE, known]]));
  expect(recall(FILE)?.diagnostics).toEqual(known.diagnostics);
});

test('a template that changes, comes or goes makes its source one to compile', async () => {
  const { root, known } = await rememberedFleet();
  const hashOf = (found: string | null): string => textDigest(JSON.stringify(found));
  const isKnown = (templates: Remembered['inputs']['templates']): boolean => {
    const sources = new Map([[FILE, { ...known, inputs: { ...known.inputs, templates } }]]);
    return recaller({ root, out: openOut(root, 'out') }, sources)(FILE) !== undefined;
  };
  writeTree(root, { 'templates/app.yaml': 'kind: Deployment\n' });
  expect(isKnown({ 'templates/app.yaml': hashOf('kind: Deployment\n'), 'templates/none.yaml': hashOf(null) })).toBe(
    true,
  );
  expect(isKnown({ 'templates/app.yaml': hashOf('kind: Job\n') })).toBe(false);
  expect(isKnown({ 'templates/app.yaml': hashOf(null) })).toBe(false);
  expect(isKnown({ 'templates/none.yaml': hashOf('kind: Deployment\n') })).toBe(false);
});

test('a file that is too young to be believed is not remembered', async () => {
  const root = temporaryFolder();
  writeTree(root, { [FILE]: specOf({ name: 'web' }) });
  const index = indexOf(root);
  await synthesise(root, { index });
  const young = index(undefined).read().size;
  await growOld();
  await synthesise(root, { index });
  expect([young, index(undefined).read().size]).toEqual([0, 1]);
});

test('an index that is torn, foreign or of another world is as good as none', async () => {
  const { root, known } = await rememberedFleet();
  const folder = temporaryFolder();
  const open = (...world: string[]) => openIndex(folder, root, world);
  open('a').write(new Map([[FILE, known]]));
  expect(open('a').read().size).toBe(1);
  expect(open('b').read().size).toBe(0);
  expect(openIndex(folder, `${root}/other`, ['a']).read().size).toBe(0);
  const [name = ''] = readdirSync(folder);
  const text = readFileSync(join(folder, name), 'utf8');
  for (const spoilt of [
    '',
    '[]',
    text.slice(0, -1),
    text.replace('web', 'wab'),
    `${text}\n`,
    text.slice(text.indexOf('\n')),
  ]) {
    writeFileSync(join(folder, name), spoilt);
    expect(open('a').read().size).toBe(0);
  }
});

test('the cache is below the home of its user, and never where others, or the repository, may write', () => {
  const root = temporaryFolder();
  const base = temporaryFolder();
  const folder = cacheFolder(root, { XDG_CACHE_HOME: base });
  expect(folder).toBe(join(base, 'surefoot'));
  expect(cacheFolder(root, { XDG_CACHE_HOME: base, SUREFOOT_NO_CACHE: '1' })).toBeUndefined();
  expect(cacheFolder(root, { XDG_CACHE_HOME: join(root, 'cache') })).toBeUndefined();
  expect(readdirSync(root)).toEqual([]);
  chmodSync(join(base, 'surefoot'), 0o777);
  expect(cacheFolder(root, { XDG_CACHE_HOME: base })).toBeUndefined();
  const linking = temporaryFolder();
  mkdirSync(join(root, 'surefoot'));
  symlinkSync(join(root, 'surefoot'), join(linking, 'surefoot'));
  expect(cacheFolder(root, { XDG_CACHE_HOME: linking })).toBeUndefined();
});

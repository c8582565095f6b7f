import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

const OUT = join(import.meta.dirname, '../../out');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-kustomize-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const yamlFiles = (folder: string): readonly string[] =>
  readdirSync(join(OUT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

/** Every state file by itself, and every live folder as a whole. */
const states = yamlFiles('plan').map(file => ({ name: relative(OUT, file), files: [file] }));
const folders = [...new Set(yamlFiles('live').map(file => dirname(file)))];
const live = folders.map(folder => ({
  name: relative(OUT, folder),
  files: yamlFiles('live').filter(f => dirname(f) === folder),
}));

/** What kustomize makes of files that a temporary kustomization lists. */
function build(files: readonly string[]): string {
  const folder = mkdtempSync(join(scratch, 'k-'));
  files.forEach((file, i) => {
    copyFileSync(file, join(folder, `${i}.yaml`));
  });
  const resources = files.map((_, i) => `- ${i}.yaml\n`).join('');
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources}`,
  );
  return execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

const parse = (text: string): readonly Named[] => parseAllDocuments(text).map(document => document.toJS());
const identity = ({ apiVersion, kind, metadata }: Named): string =>
  `${apiVersion.replace(/\/.*|^v1$/, '')} ${kind} ${metadata.namespace}/${metadata.name}`;
const sorted = (objects: readonly Named[]): readonly Named[] =>
  [...objects].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));

it('finds the committed manifests', () => {
  expect(states.length).toBeGreaterThan(50);
  expect(live.length).toBeGreaterThan(4);
});

it('has kubectl where tests must not be left out', () => {
  expect(hasKubectl || process.env['CI'] === undefined, 'install kubectl: apt-get install kubernetes-client').toBe(
    true,
  );
});

describe.skipIf(!hasKubectl)('kubectl kustomize (needs kubectl)', () => {
  it.each([...states, ...live])('takes $name as it is', ({ files }) => {
    const written = files.flatMap(file => parse(readFileSync(file, 'utf8')));
    expect(written.map(identity).filter((id, i, all) => all.indexOf(id) < i)).toEqual([]);
    expect(sorted(parse(build(files)))).toEqual(sorted(written));
  });
});

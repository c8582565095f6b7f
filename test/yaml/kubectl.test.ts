import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/yaml/print.ts';
import { TRAPS } from './traps.ts';

const missing = spawnSync('kubectl', ['version', '--client']).status !== 0;
const optional = process.env['CI'] === undefined;
const folder = mkdtempSync(join(tmpdir(), 'surefoot-yaml-'));
afterAll(() => rmSync(folder, { recursive: true }));

// kustomize hands what it has read on as JSON and reads that again as YAML: characters outside YAML's printable set, line
// breaks of YAML 1.1, a merge key and keys beyond 1024 characters do not survive that, however they were written.
const LOST_IN_KUSTOMIZE = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]|^<<$/;

it.skipIf(missing && optional)('kubectl reads every trap as it was meant (needs kubectl)', () => {
  const data = trapped(TRAPS);
  write('traps.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'traps' }, data });
  const text = kubectl('label', '--local', '--filename', join(folder, 'traps.yaml'), 'a=b', '--output', 'json');
  expect(JSON.parse(text).data).toStrictEqual(data);
});

it.skipIf(missing && optional)('kubectl kustomize gives back every trap that it can carry (needs kubectl)', () => {
  const data = trapped(TRAPS.filter(text => !LOST_IN_KUSTOMIZE.test(text) && text.length < 1_000));
  write('traps.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'traps' }, data });
  write('kustomization.yaml', { resources: ['traps.yaml'] });
  expect(parse(kubectl('kustomize', folder)).data).toStrictEqual(data);
});

/** Every text as the value of an ordinary key, and as a key. */
function trapped(texts: readonly string[]): { readonly [key: string]: string } {
  return Object.fromEntries(
    texts.flatMap((text, i) => [
      [`value-${i}`, text],
      [text, text],
    ]),
  );
}

function write(name: string, value: Parameters<typeof printYaml>[0]): void {
  writeFileSync(join(folder, name), printYaml(value));
}

function kubectl(...words: readonly string[]): string {
  if (missing) expect.fail('kubectl is not on the PATH. Install it: https://kubernetes.io/docs/tasks/tools/');
  return execFileSync('kubectl', words, { encoding: 'utf8' });
}

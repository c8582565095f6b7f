import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compilerAt } from '../../src/host/compiler.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const TEMPLATE = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: "example.com/IMAGE@sha256:${'ab'.repeat(32)}" }] }
`;
const rollout = (spec: string): string => `apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: shop, namespace: shop }
spec: ${spec}
`;
const fleet = (rest: string): string => `apiVersion: surefoot.dev/v1\nkind: Fleet\n${rest}\n`;

function compiled(root: string, text: string, file = 'rollouts/team/shop.yaml'): Compiled {
  return compilerAt(root)({ file, text });
}

const codes = ({ diagnostics }: Compiled): readonly string[] => diagnostics.map(d => `${d.file}:${d.line} ${d.code}`);
const images = ({ results = [] }: Compiled): readonly string[] =>
  results.flatMap(({ files, directory }) =>
    files
      .filter(({ path }) => path.endsWith('/baseline.yaml'))
      .map(({ text }) => `${directory} ${/image: example.com\/(\w+)@/.exec(text)?.[1]}`),
  );

test('a path begins at the folder of the file in which it is written', () => {
  const root = temporaryFolder();
  writeTree(root, {
    'templates/shop.yaml': TEMPLATE.replace('IMAGE', 'root'),
    'rollouts/team/templates/shop.yaml': TEMPLATE.replace('IMAGE', 'team'),
    'surefoot.yaml': fleet(
      'defaults: { workload: { template: templates/shop.yaml } }\nenvironments: { prod: {}, test: {} }',
    ),
  });
  const text = rollout(
    '{ provider: istio, versions: { v1: {} }, environments: { prod: {}, test: { workload: { template: ./templates/../templates/shop.yaml } } } }',
  );
  const result = compiled(root, text);
  expect(codes(result)).toEqual([]);
  expect(images(result)).toEqual(['prod/shop/shop root', 'test/shop/shop team']);
});

test('an environment may send a template to another namespace than the one it was rendered for', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/team/t.yaml': TEMPLATE.replace('IMAGE', 'x') });
  const spec =
    '{ provider: istio, versions: { v1: { template: t.yaml } }, environments: { test: { namespace: elsewhere } } }';
  const result = compiled(root, rollout(spec));
  expect(codes(result)).toEqual([]);
  const file = result.results?.[0]?.files.find(({ path }) => path.includes('/deployment-'));
  expect(file?.path).toBe('live/test/elsewhere/shop/deployment-shop-v1.yaml');
  expect(file?.text).toContain('  namespace: elsewhere\n');
});

test('what is no plain file of the repository is refused, whatever it is', () => {
  const root = temporaryFolder();
  const outside = temporaryFolder();
  writeTree(outside, { 'secret.yaml': TEMPLATE });
  mkdirSync(join(root, 'rollouts/team/folder.yaml'), { recursive: true });
  symlinkSync(join(outside, 'secret.yaml'), join(root, 'rollouts/team/link.yaml'));
  symlinkSync(outside, join(root, 'rollouts/team/linked'));
  writeFileSync(join(root, 'rollouts/team/latin.yaml'), Buffer.from([0x61, 0xe9, 0x0a]));
  const spec = (path: string) => rollout(`{ provider: istio, versions: { v1: { template: ${path} } } }`);
  const told = (path: string) => codes(compiled(root, spec(path)));
  for (const path of ['link.yaml', 'linked/secret.yaml', 'folder.yaml', 'latin.yaml']) {
    expect(told(path), path).toEqual(['rollouts/team/shop.yaml:4 template/unreadable']);
  }
  expect(told('absent.yaml')).toEqual(['rollouts/team/shop.yaml:4 template/not-found']);
  expect(told('../../../absent.yaml')).toEqual(['rollouts/team/shop.yaml:4 template/outside']);
});

test('mistakes in a template are told once, at their place, beside those of the Rollout', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/team/t.yaml': `${TEMPLATE}spec: {}\n` });
  const spec = '{ provider: istio, stable: v3, workload: { template: t.yaml }, versions: { v1: {}, v2: {} } }';
  const result = compiled(root, rollout(spec));
  expect(result.results).toBeUndefined();
  expect([...codes(result)].sort()).toEqual([
    'rollouts/team/shop.yaml:4 version/unknown-stable',
    'rollouts/team/t.yaml:9 yaml/duplicate-key',
  ]);
});

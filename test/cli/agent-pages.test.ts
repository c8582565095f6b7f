import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { agentObjects } from '../gitops/schemas.ts';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { shell, surefoot } from './surefoot.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');

/** The blocks of a language, in their order, without their indentation. */
const blocks = (name: string, language: string): readonly string[] =>
  [...page(name).matchAll(new RegExp(`^( *)\`\`\`${language}\n([^]*?)^ *\`\`\``, 'gm'))].map(
    ([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

const WRITTEN = 'https://git.example.com/team/';

/** Runs the shell blocks of a page one after the other, a quarter of an hour apart, with a bare repository where the page writes an address. */
function follow(name: string, count = Number.POSITIVE_INFINITY): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'remote'));
  const git = [
    ...[`url.${root}/remote/.insteadOf`, WRITTEN, 'user.name', 'a', 'user.email', 'a@example.com'],
    ...['commit.gpgsign', 'false'],
  ];
  const settings = git.map((word, i) => `export GIT_CONFIG_${i % 2 === 0 ? 'KEY' : 'VALUE'}_${i >> 1}='${word}'`);
  const steps = blocks(name, 'sh').slice(0, count);
  const start = Math.floor(Date.now() / 1000) - steps.length * 900;
  const script = [
    ...['set -euo pipefail', ...settings, `export GIT_CONFIG_COUNT=${git.length / 2}`],
    'git init -q --bare --initial-branch main remote/gitops',
    ...steps.flatMap((text, i) => [`export GIT_COMMITTER_DATE='${start + i * 900} +0000'`, text]),
  ];
  const { exit, stderr } = shell(root, script.join('\n'));
  expect(exit, stderr).toBe(0);
  return root;
}

describe.each([
  ['argocd', 'ApplicationSet'],
  ['flux', 'GitRepository Kustomization'],
])('the five minutes with %s', (name, kinds) => {
  it('lead from nothing to a remote that holds the baseline and what the agent needs', () => {
    const root = follow(name, 2);
    const pushed = shell(root, 'git clone -q --branch main remote/gitops clone && cd clone && surefoot synth --check');
    expect(pushed.exit, pushed.stderr).toBe(0);
    const tree = readTree(join(root, 'clone'));
    expect(Object.keys(tree)).toContain('out/live/default/demo/hello/deployment-hello-v1.yaml');
    expect(Object.keys(tree)).not.toContain('out/live/default/demo/hello/deployment-hello-v2.yaml');
    const objects = agentObjects(tree[`${name}.yaml`] ?? '');
    expect(objects.map(({ kind }) => kind).join(' ')).toBe(kinds);
    expect(JSON.stringify(objects)).toContain(`${WRITTEN}gitops`);
    expect(JSON.stringify(objects)).toContain('out/live/default');
  });

  it('go on to the canary and back, each step pushed and each change as it is shown', () => {
    const root = follow(name);
    const log = shell(root, "git -C remote/gitops log -5 --format='%s' main").stdout.trim().split('\n');
    expect(log.slice(0, 3)).toEqual(
      ['abort canary-25', 'canary-25', 'provision-v2'].map(step => `rollout(hello): ${step}`),
    );
    expect(log.slice(3)).toEqual([expect.stringContaining('syncs out/live'), 'hello: baseline']);
    const changed = (commit: string): string =>
      shell(join(root, 'gitops'), `git show -U0 --format= ${commit} -- out/live`).stdout.replace(
        /^(?:diff|index|@@).*\n/gm,
        '',
      );
    expect(changed('main~2')).not.toMatch(/^-[^-]/m);
    const shown = blocks(name, 'console').find(text => text.startsWith('$ git show'));
    expect(shown?.split('\n').slice(1).join('\n')).toBe(changed('main~1'));
    expect(changed('main')).toContain('\n+    version: v1\n');
    expect(surefoot(join(root, 'gitops'), ['synth', '--check']).exit).toBe(0);
  });

  it('name what is made as it is called', () => {
    const text = page(name);
    expect(text).toContain(name === 'argocd' ? 'default.demo.hello' : 'rollouts-default');
    for (const [, words] of blocks(name, 'console')
      .join('')
      .matchAll(/\$ surefoot (bootstrap .*?)(?: [>|].*)?$/gm)) {
      const root = follow(name, 2);
      const told = shell(join(root, 'gitops'), `surefoot ${words}`);
      // The tutorial has one environment; everything else about the line is right.
      if (told.exit !== 0) expect(told.stderr).toMatch(/^error: --env .*: the live folder has "default"\.\n\(/);
      else agentObjects(told.stdout);
    }
  });
});

describe('the page about an abort', () => {
  it('names files and Rollouts of this repository', () => {
    const paths = [...page('incident').matchAll(/out\/(?:plan|live)\/[\w./-]+/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) expect(existsSync(join(ROOT, path)), path).toBe(true);
    expect(existsSync(join(ROOT, 'rollouts/reviews.yaml'))).toBe(true);
  });

  it('says what the comparison with the cluster says', () => {
    const line = "cat out/live/default/bookinfo/reviews/*.yaml | sed 's/^# Compiled/---\\n&/'";
    const { exit, stdout } = shell(ROOT, `${line} | surefoot diff --cluster - rollouts/reviews.yaml`);
    expect([exit, page('incident').includes(`\`${stdout.trim()}\``)]).toEqual([0, true]);
  });
});

describe('the page about image automation', () => {
  const [rollout = ''] = blocks('image-automation', 'yaml');
  const renovate = JSON.parse(blocks('image-automation', 'json')[0] ?? '');
  const [manager] = renovate.customManagers;
  const pattern = new RegExp(manager.matchStrings[0], 'g');

  it('has blocks that can be read', () => {
    for (const text of blocks('image-automation', 'yaml'))
      for (const document of parseAllDocuments(text)) expect(document.errors).toEqual([]);
  });

  it('lets Renovate see the candidate and nothing else', () => {
    const [, path] = /^\/(.*)\/$/.exec(manager.managerFilePatterns[0]) ?? [];
    expect(
      ['rollouts/a.yaml', 'rollouts/eu/a.yml', 'out/live/a.yaml', 'x/rollouts/a.yaml'].map(file =>
        new RegExp(path!).test(file),
      ),
    ).toEqual([true, true, false, false]);
    expect([...rollout.matchAll(pattern)].map(({ groups }) => ({ ...groups }))).toEqual([
      {
        depName: 'ghcr.io/acme/reviews',
        currentValue: '1.5.0',
        currentDigest: parse(rollout).spec.versions.v2.image.split('@')[1],
      },
    ]);
  });

  test.each([
    ['{ image: localhost:5000/a/b:1 } # candidate', ['localhost:5000/a/b', '1']],
    ['{ image: "a:2@sha256:12" } # candidate', undefined],
    ['{ image: "a:2" } # candidate', ['a', '2']],
    ['{ image: a:2, replicas: 3 } # candidate', undefined],
    ['image: a/b:3-rc.1 # the candidate', undefined],
    ['image: a/b:3-rc.1 # candidate', ['a/b', '3-rc.1']],
    ['image: a/b:3\n# candidate', undefined],
  ])('reads %j', (line, expected) => {
    const [found] = line.matchAll(pattern);
    expect(found && [found.groups?.['depName'], found.groups?.['currentValue']]).toEqual(expected);
  });

  it('shows a Rollout whose candidate may change, and whose serving version may not', () => {
    const root = temporaryFolder();
    const bumped = (version: string): string => rollout.replace(`reviews:${version}@`, 'reviews:9.9.9@');
    writeTree(root, { 'rollouts/reviews.yaml': rollout });
    expect(surefoot(root, ['synth']).exit).toBe(0);
    writeTree(root, { 'rollouts/reviews.yaml': bumped('1.4.2') });
    const refused = surefoot(root, ['validate', '--format', 'json']);
    expect([refused.exit, refused.stdout]).toEqual([1, expect.stringContaining('version/changed-while-serving')]);
    writeTree(root, { 'rollouts/reviews.yaml': bumped('1.5.0') });
    const live = readTree(root, 'out/live');
    expect(surefoot(root, ['synth']).exit).toBe(0);
    expect(readTree(root, 'out/live')).toEqual(live);
  });
});

describe('the page for those who come from elsewhere', () => {
  const steps = [...page('coming-from').matchAll(/`((?:canary|blueGreen|abTest|shadow): \{ to:.*?\})`/g)].map(
    ([, text]) => text!,
  );

  it('writes steps', () => expect(steps.length).toBeGreaterThan(5));

  it.each(steps)('%s', step => {
    const rollout = {
      apiVersion: 'surefoot.dev/v1',
      kind: 'Rollout',
      metadata: { name: 'reviews', namespace: 'bookinfo' },
      spec: {
        provider: 'istio',
        versions: { v1: { image: 'example.com/a:1' }, v2: { image: 'example.com/a:2' } },
        rules: { testers: { match: [{ headers: { tester: 'yes' } }], traffic: { v2: 100 } } },
        steps: [parse(step), { name: 'complete', traffic: { v2: 100 } }],
      },
    };
    const { exit, stdout } = surefoot(temporaryFolder(), ['validate', '-'], { input: JSON.stringify(rollout) });
    expect(stdout.match(/error .*/g) ?? []).toEqual([]);
    expect(exit).toBe(0);
  });
});

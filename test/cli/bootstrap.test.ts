import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { type AgentObject, agentObjects } from '../gitops/schemas.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, shell, specOf, surefoot } from './surefoot.ts';

const REPO = 'https://git.example.com/team/gitops';
const SETUP =
  'git init -qb main && git config user.email a@example.com && git config user.name a && git config commit.gpgsign false';

interface Place {
  readonly folder?: string;
  /** Address of the remote; empty: there is none. */
  readonly origin?: string;
}

/** A repository with a Rollout in two environments, compiled and committed below a folder. */
function repository({ folder = '.', origin = REPO }: Place = {}, root = temporaryFolder()): string {
  const spec = specOf({ name: 'cart' }).replace(
    '  step: canary-25\n',
    '  environments: { prod: { step: canary-25 }, staging: { step: canary-50 } }\n',
  );
  writeTree(root, { [join(folder, 'rollouts/cart.yaml')]: spec });
  expect(shell(root, `${SETUP} && surefoot -C ${folder} synth && git add -A && git commit -qm one`).exit).toBe(0);
  if (origin !== '') expect(shell(root, `git remote add origin '${origin}'`).exit).toBe(0);
  return root;
}

/** One for all tests that leave it as it is. */
const shared = mkdtempSync(join(tmpdir(), 'surefoot-bootstrap-'));
beforeAll(() => void repository({}, shared));
afterAll(() => rmSync(shared, { recursive: true }));

/** What was printed, each object held against the schema of its kind. */
function printed({ exit, stdout, stderr }: Ran, words = ''): readonly AgentObject[] {
  expect([exit, stderr]).toEqual([0, words]);
  return agentObjects(stdout);
}

const first = (objects: readonly AgentObject[]): AgentObject => objects[0] ?? expect.unreachable('nothing was printed');

describe('what is printed without any option', () => {
  it('comes from git: the address of origin, its branch, and where the folder lies', () => {
    const root = repository({ folder: 'deploy/eu' });
    const sets = printed(surefoot(join(root, 'deploy/eu'), ['bootstrap', 'argocd']));
    expect(sets.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
      ['ApplicationSet', 'rollouts-prod', 'argocd'],
      ['ApplicationSet', 'rollouts-staging', 'argocd'],
    ]);
    expect(first(sets).spec.generators[0].git).toMatchObject({
      ...{ repoURL: REPO, revision: 'main' },
      directories: [{ path: 'deploy/eu/out/live/prod/*/*' }],
    });
    const [source, ...kustomizations] = printed(surefoot(root, ['-C', 'deploy/eu', 'bootstrap', 'flux']));
    expect(source).toMatchObject({
      metadata: { name: 'rollouts', namespace: 'flux-system' },
      spec: { url: REPO, ref: { branch: 'main' }, interval: '1m' },
    });
    expect(kustomizations.map(({ spec }) => spec.path)).toEqual([
      './deploy/eu/out/live/prod',
      './deploy/eu/out/live/staging',
    ]);
  });

  it('follows the branch that origin/HEAD names, not the one that is checked out', () => {
    const root = repository();
    const line = 'git update-ref refs/remotes/origin/trunk HEAD && git checkout -qb feature';
    expect(shell(root, `${line} && git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/trunk`).exit).toBe(0);
    expect(first(printed(surefoot(root, ['bootstrap', 'flux']))).spec.ref).toEqual({ branch: 'trunk' });
    const typed = surefoot(root, ['bootstrap', 'flux', '--revision', 'release/2']);
    expect(first(printed(typed)).spec.ref).toEqual({ branch: 'release/2' });
  });

  it('needs no git where everything is said', () => {
    const root = temporaryFolder();
    writeTree(root, { 'rollouts/cart.yaml': specOf({ name: 'cart' }) });
    expect(surefoot(root, ['synth']).exit).toBe(0);
    const told = surefoot(root, ['bootstrap', 'argocd']);
    expect(told.exit).toBe(2);
    for (const flag of ['--repo', '--revision', '--path']) expect(told.stderr).toContain(flag);
    const words = ['--repo', REPO, '--revision', 'main', '--path', './gitops/out/live/'];
    const [set] = printed(surefoot(root, ['bootstrap', 'argocd', ...words]));
    expect(set?.spec.generators[0].git.directories).toEqual([{ path: 'gitops/out/live/default/*/*' }]);
  });

  it('leaves out folders that are no environment', () => {
    const root = repository();
    const odd = ['{{ .x }}', 'Prod', 'a b', '*'].map(name => [`out/live/${name}/shop/cart/service-cart.yaml`, '']);
    writeTree(root, { ...Object.fromEntries(odd), 'out/live/stray.yaml': '', 'out/live/dev/README.md': '' });
    const names = printed(surefoot(root, ['bootstrap', 'argocd'])).map(({ metadata }) => metadata.name);
    expect(names).toEqual(['rollouts-prod', 'rollouts-staging']);
  });

  it('goes where --out points', () => {
    const root = repository();
    expect(surefoot(root, ['--out', 'manifests', 'synth']).exit).toBe(0);
    const objects = printed(surefoot(root, ['--out', 'manifests', 'bootstrap', 'flux', '--env', 'prod']));
    expect(objects.map(({ spec }) => spec.path)).toEqual([undefined, './manifests/live/prod']);
  });
});

describe('agent.pollInterval of surefoot.yaml', () => {
  const fleet = (rest: string): string => `apiVersion: surefoot.dev/v1\nkind: Fleet\n${rest}`;

  it('is how often Flux looks, the shortest of those that are printed', () => {
    const root = repository();
    writeTree(root, {
      'surefoot.yaml': fleet('agent: { pollInterval: 4m }\nenvironments:\n  prod: { agent: { pollInterval: 90s } }\n'),
    });
    const intervalOf = (...words: string[]) =>
      first(printed(surefoot(root, ['bootstrap', 'flux', ...words]))).spec.interval;
    expect([intervalOf(), intervalOf('--env', 'staging'), intervalOf('--env', 'prod')]).toEqual([
      '1m30s',
      '4m',
      '1m30s',
    ]);
    expect(intervalOf('--interval', '30s')).toBe('30s');
    const longer = surefoot(root, ['bootstrap', 'flux', '--env', 'staging', '--interval', '5m']);
    expect([longer.exit, longer.stdout]).toEqual([2, '']);
    expect(longer.stderr).toContain('agent: { pollInterval: 5m }');
  });

  it('is set for Argo CD in its own settings, and that is said', () => {
    const root = repository();
    writeTree(root, { 'surefoot.yaml': fleet('agent: { pollInterval: 2m }\n') });
    const told = surefoot(root, ['bootstrap', 'argocd']);
    expect(told.stderr).toContain('timeout.reconciliation');
    expect(first(agentObjects(told.stdout)).spec.generators[0].git.requeueAfterSeconds).toBe(120);
    printed(surefoot(root, ['bootstrap', 'argocd', '--quiet']));
    rmSync(join(root, 'surefoot.yaml'));
    printed(surefoot(root, ['bootstrap', 'argocd']));
  });

  test.each([
    ['broken YAML', 'agent: { pollInterval: '],
    ['an alias', 'agent: &a { pollInterval: 3m }\nenvironments: { prod: { agent: *a } }\n'],
    ['no duration', 'agent: { pollInterval: often }'],
    ['what nobody knows', 'agents: {}'],
  ])('refuses %s', (_, rest) => {
    writeTree(shared, { 'surefoot.yaml': fleet(rest) });
    const { exit, stdout, stderr } = surefoot(shared, ['bootstrap', 'flux']);
    rmSync(join(shared, 'surefoot.yaml'));
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toBe('error: surefoot.yaml has a mistake. surefoot validate tells more.\n');
  });
});

describe('what is refused', () => {
  it('is a folder with nothing to sync', () => {
    const root = temporaryFolder();
    expect(shell(root, SETUP).exit).toBe(0);
    const { exit, stdout, stderr } = surefoot(root, ['bootstrap', 'argocd', '--repo', REPO]);
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toBe('error: "out/live" holds nothing to sync yet. Write it first:\n\n  surefoot synth\n');
  });

  it('is a secret, which is not repeated', () => {
    const root = repository({ origin: 'https://bot:hunter2@git.example.com/team/gitops' });
    const typed = ['--repo', 'https://hunter2@git.example.com/team/gitops'];
    for (const words of [[], typed]) {
      const { exit, stdout, stderr } = surefoot(root, ['bootstrap', 'flux', ...words]);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toContain('carries a user, a password or a token');
      expect(stderr).not.toContain('hunter2');
    }
    printed(surefoot(root, ['bootstrap', 'flux', '--repo', REPO]));
  });

  it.each([
    ['argocd --env live', 'the live folder has "prod" and "staging"'],
    ['argocd --secret key', '--secret is for flux only'],
    ['flux --single --project shop', '--project is for argocd only'],
    ['flux --revision HEAD', 'names no branch'],
    ['argocd --revision 0123456789012345678901234567890123456789', 'which never changes'],
    ["argocd --revision 'a..b'", 'no plain name'],
    ['flux --repo git@git.example.com:team/gitops', '--secret'],
    ['argocd --repo ../gitops.git', 'no address that a cluster can reach'],
    ["argocd --path 'out/{{ x }}/live'", 'no plain path'],
    ['argocd --path ../live', 'no plain path'],
    ['argocd --path /', 'no plain path'],
    ["argocd --project 'a b'", '--project "a b"'],
    ['argocd --server https://me:pw@10.0.0.1', '--server is no plain address'],
    ['argocd --server https://10.0.0.1 --dest eu', 'cannot be used with'],
    ['flux --interval often', 'such as 1m30s'],
    ['flux --interval 0s', 'such as 1m30s'],
    ['flux --interval 6m', 'agent: { pollInterval: 6m }'],
    ['flux --namespace Flux', '--namespace "Flux"'],
    [`flux --name ${'n'.repeat(60)}`, 'longer than 63'],
    ['jenkins', 'Allowed choices are argocd, flux'],
  ])('bootstrap %s', (words, said) => {
    const { exit, stdout, stderr } = shell(shared, `surefoot bootstrap ${words}`);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr).toContain('surefoot help bootstrap');
  });

  it('says all that is wrong at once', () => {
    const { stderr } = surefoot(repository({ origin: '' }), ['bootstrap', 'flux', '--project', 'x', '--interval', 'x']);
    expect(stderr.match(/^error: /gm)).toHaveLength(3);
  });
});

describe('the examples of the help', () => {
  const lines = EXAMPLES.bootstrap.split('\n').flatMap(line => /^ {2}(surefoot .*?)(?: {2}.*)?$/.exec(line)?.[1] ?? []);

  it('are there', () => expect(lines.length).toBeGreaterThan(3));

  it.each(lines)('%s', line => {
    const [, file] = / > (\S+)$/.exec(line) ?? [];
    const { exit, stdout, stderr } = shell(shared, line);
    expect([exit, stderr]).toEqual([0, '']);
    const text = file === undefined ? stdout : readFileSync(join(shared, file), 'utf8');
    expect(agentObjects(text).length).toBeGreaterThan(0);
  });
});

const ROOT = join(import.meta.dirname, '../..');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** Every file below a folder. */
const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

/** What kustomize builds of a folder for which Flux generates the kustomization: every manifest below it. https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file */
function buildAsFlux(folder: string): string {
  const copy = temporaryFolder();
  const files = filesOf(folder).map(file => relative(folder, file));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(folder, file), join(copy, file));
  }
  const resources = files.filter(file => /\.ya?ml$/.test(file)).map(file => `- ./${file}\n`);
  writeFileSync(
    join(copy, 'kustomization.yaml'),
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.join('')}`,
  );
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', copy], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const objectsOf = (text: string): readonly string[] =>
  parseAllDocuments(text)
    .map(document => JSON.stringify(sorted(document.toJS())))
    .sort();

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;

describe.skipIf(!hasKubectl)('the folders of this repository that are pointed at (needs kubectl)', () => {
  const words = ['--repo', REPO, '--revision', 'main', '--path', 'out/live'];
  let objects: readonly AgentObject[] = [];
  beforeAll(() => {
    objects = printed(surefoot(ROOT, ['bootstrap', 'flux', ...words]));
  });

  it('are all environments, each of which kustomize builds to what the live files hold', () => {
    const paths = objects.flatMap(({ spec }) => spec.path ?? []);
    expect(paths).toEqual(readdirSync(join(ROOT, 'out/live')).map(name => `./out/live/${name}`));
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const folder = join(ROOT, path);
      const written = filesOf(folder).flatMap(file => objectsOf(readFileSync(file, 'utf8')));
      expect(objectsOf(buildAsFlux(folder)), path).toEqual([...written].sort());
    }
  });

  it('hold a folder for each Rollout, as the pattern of the ApplicationSet finds them', () => {
    const sets = printed(surefoot(ROOT, ['bootstrap', 'argocd', ...words]));
    for (const { spec } of sets) {
      const pattern: string = spec.generators[0].git.directories[0].path;
      const found = filesOf(join(ROOT, pattern.replace('/*/*', ''))).map(file => relative(ROOT, dirname(file)));
      expect(found.length).toBeGreaterThan(0);
      // A star stands for one part of a path, so nothing lies higher or lower than a folder that is found.
      for (const folder of found) expect(folder.split('/')).toHaveLength(pattern.split('/').length);
    }
  });
});

import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { entry } from '../../src/model/once.ts';
import { checkMessages } from '../../src/review/check-messages.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, type Spec, shell, specOf, surefoot, writeFleet } from './surefoot.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const LIVE = 'out/live/default/demo/cart';

/** Weights by Istio, so that pods are no matter. */
const meshAt = (step: string, steps = '- canary: { to: v2, weights: [25, 50] }'): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: cart, namespace: demo }
spec:
  provider: istio
  step: ${step} # promoted by a bot
  versions:
    v1: { image: "registry.example.com/cart:1@${DIGEST}" }
    v2: { image: "registry.example.com/cart:2@${DIGEST}" }
  steps:
    ${steps}
    - { name: complete, traffic: { v2: 100 } }
`;

const SETUP =
  'git init -qb main && git config user.email a@example.com && git config user.name a && git config commit.gpgsign false';

/** Repositories by what they hold; tests work on copies of them. */
const prepared = new Map<string, string>();
afterAll(() => {
  for (const root of prepared.values()) rmSync(root, { recursive: true });
});

/** A repository whose only commit holds these Rollouts, compiled. */
function committed(files: { readonly [file: string]: string }): string {
  const origin = entry(prepared, JSON.stringify(files), () => {
    const root = mkdtempSync(join(tmpdir(), 'surefoot-check-'));
    writeTree(root, files);
    expect(shell(root, `${SETUP} && surefoot synth -q && git add . && git commit -qm start`).exit).toBe(0);
    return root;
  });
  const root = temporaryFolder();
  cpSync(origin, root, { recursive: true });
  return root;
}

const mesh = (step: string): string => committed({ 'rollouts/cart.yaml': meshAt(step) });

/** Writes files, compiles, and checks against the last commit. */
function propose(root: string, files: { readonly [file: string]: string }, ...flags: readonly string[]): Ran {
  writeTree(root, files);
  expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
  return check(root, ...flags);
}

const check = (root: string, ...flags: readonly string[]): Ran => surefoot(root, ['check', '--base', 'HEAD', ...flags]);

const edit = (root: string, file: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toMatch(from);
  writeTree(root, { [file]: text.replace(from, to) });
};

const codesIn = ({ stderr }: Ran): readonly string[] =>
  [...stderr.matchAll(/ (?:error|warning) ([a-z-]+\/[a-z-]+)$/gm)].map(([, code = '']) => code);

describe('a promotion', () => {
  it('by one step is proved, with what must be seen first', () => {
    const told = propose(mesh('canary-25'), { 'rollouts/cart.yaml': meshAt('canary-50') });
    expect(told).toEqual({
      exit: 0,
      stdout:
        'cart (default/demo): canary-25 → canary-50: proved in any order, 1 operation; first see: v2 has 2 available pods\n',
      stderr: '1 hop from HEAD: all proved\n',
    });
  });

  it('over what it needs is refused, at its step, with the way to break it and the state between', () => {
    const told = propose(mesh('baseline'), { 'rollouts/cart.yaml': meshAt('canary-25') });
    expect([told.exit, told.stdout]).toEqual([
      1,
      'cart (default/demo): baseline → canary-25: refused, check/unsafe-hop\n',
    ]);
    expect(told.stderr).toMatch(/^rollouts\/cart\.yaml:6:9: error check\/unsafe-hop\n/);
    expect(told.stderr).toMatch(
      /after "update VirtualService\/cart" .* go to subset v2 of Service\/cart, which is not there/,
    );
    expect(told.stderr).toContain('Go by way of "provision-v2"');
  });

  it('back, an abort, and nothing at all are proved', () => {
    const root = mesh('canary-50');
    expect(check(root)).toEqual({ exit: 0, stdout: '', stderr: 'no live manifest differs from HEAD\n' });
    expect(propose(root, { 'rollouts/cart.yaml': meshAt('canary-25') }).exit).toBe(0);
    expect(propose(root, { 'rollouts/cart.yaml': meshAt('abort-canary-50') }).stdout).toContain(
      'canary-50 → abort-canary-50: proved in any order, 1 operation',
    );
  });

  it('that is not compiled yet is no hop, and says so', () => {
    const root = mesh('canary-25');
    writeTree(root, { 'rollouts/cart.yaml': meshAt('canary-50') });
    expect(check(root)).toMatchObject({ exit: 0, stderr: expect.stringContaining('surefoot synth --check') });
  });

  it('is told in a folder of a larger repository as in one of its own', () => {
    const root = temporaryFolder();
    writeTree(root, { 'gitops/rollouts/cart.yaml': meshAt('canary-25') });
    shell(root, `${SETUP} && surefoot -C gitops synth -q && git add . && git commit -qm start`);
    writeTree(root, { 'gitops/rollouts/cart.yaml': meshAt('canary-50') });
    surefoot(root, ['-C', 'gitops', 'synth', '-q']);
    const words = ['-C', 'gitops', 'check', '--base', 'HEAD', '--promotion-only'];
    expect(surefoot(root, words)).toMatchObject({ exit: 0, stdout: expect.stringContaining('proved in any order') });
    writeTree(root, { 'other.txt': 'x' });
    expect(surefoot(root, words)).toMatchObject({ exit: 1, stderr: expect.stringContaining('"../other.txt" is more') });
  });

  it('from a state that the commit before did not hold needs that state to be synced', () => {
    const root = mesh('baseline');
    expect(propose(root, { 'rollouts/cart.yaml': meshAt('provision-v2') }).exit).toBe(0);
    expect(shell(root, 'git add . && git commit -qm provision').exit).toBe(0);
    const told = propose(root, { 'rollouts/cart.yaml': meshAt('canary-25') });
    expect([told.exit, told.stdout]).toEqual([0, expect.stringContaining('first see: provision-v2 is synced')]);
    expect(codesIn(check(root, '--unobserved'))).toEqual(['check/never-applied']);
  });
});

describe('a plan that is edited while it is under way', () => {
  it('is proved by what it changes, also where its steps have other names', () => {
    const root = mesh('canary-25');
    const other = meshAt('slowly', '- { name: slowly, traffic: { v1: 70, v2: 30 } }');
    expect(propose(root, { 'rollouts/cart.yaml': other }).stdout).toContain('canary-25 → slowly: proved in any order');
  });

  it('is refused where a version that serves becomes another', () => {
    const root = mesh('canary-25');
    for (const file of [`${LIVE}/deployment-cart-v1.yaml`]) edit(root, file, 'cart:1', 'cart:1.1');
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/changed-while-serving', 'check/edited-by-hand']]);
    expect(told.stderr).toContain('cart:1.1');
  });

  it('tells of pods that are replaced on purpose', () => {
    const root = mesh('canary-25');
    const meant = meshAt('canary-25').replace(
      /v1: \{ image: "(.*)cart:1@/,
      'v1: { replacement: 1, image: "$1cart:1.1@',
    );
    const told = propose(root, { 'rollouts/cart.yaml': meant });
    expect([told.exit, told.stdout]).toEqual([0, expect.stringContaining('replaces the pods of v1')]);
  });
});

describe('Rollouts that come and go', () => {
  it('a new one is proved as a whole', () => {
    const root = mesh('canary-25');
    const told = propose(root, { 'rollouts/mail.yaml': specOf({ name: 'mail' }) });
    expect([told.exit, told.stdout]).toEqual([
      0,
      expect.stringMatching(/^mail \(default\/demo\): new → canary-25: proved as a whole, \d+ objects\n$/),
    ]);
  });

  it('one that is deleted while it serves is refused, unless the command says so', () => {
    const root = mesh('canary-25');
    rmSync(join(root, 'rollouts/cart.yaml'));
    expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/deleted-while-serving']]);
    expect(told.stderr).toContain('--allow-deletion default/demo/cart');
    expect(check(root, '--allow-deletion', 'default/demo/carts')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('Did you mean "default/demo/cart"?'),
    });
    const allowed = check(root, '--allow-deletion', 'default/demo/cart');
    expect([allowed.exit, allowed.stdout]).toEqual([
      0,
      expect.stringMatching(/canary-25 → deleted: deleted as allowed, \d+ objects/),
    ]);
  });

  it('one whose manifests alone were deleted is written again', () => {
    const root = mesh('canary-25');
    rmSync(join(root, 'out'), { recursive: true });
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/deleted-while-serving']]);
    expect(told.stderr).toContain('"rollouts/cart.yaml" still describes it: run `surefoot synth`');
    expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
    expect(check(root).exit).toBe(0);
  });

  it('one whose files the base forgot says so, and does not send it back to the state where it stands', () => {
    const root = mesh('baseline');
    writeTree(root, { 'rollouts/cart.yaml': meshAt('provision-v2') });
    surefoot(root, ['synth', '-q']);
    expect(shell(root, 'git commit -qam "without git add"').exit).toBe(0);
    const told = propose(root, { 'rollouts/cart.yaml': meshAt('canary-25') });
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/unsafe-hop']]);
    expect(told.stderr).toMatch(
      /The commit to start from lacks [^\n]*"out\/live\/default\/demo\/cart\/deployment-cart-v2.yaml"/,
    );
    expect(told.stderr).not.toContain('Go by way');
    expect(told.stderr).toMatch(/git does not track \d+ files of out\/ yet; to commit them too: git add -- out\n/);
  });

  it('one that gets environments says where it is now, and is proved from where it stood', () => {
    const root = mesh('canary-25');
    const moved = meshAt('canary-50').replace('  provider:', '  environments: { prod: {} }\n  provider:');
    writeTree(root, { 'rollouts/cart.yaml': moved });
    surefoot(root, ['synth', '--prune', '-q']);
    const told = check(root);
    expect(told.stdout).toMatch(/cart \(prod\/demo\): canary-25 → canary-50: moved from default\/demo\/cart; proved/);
    expect(told.stderr).toContain('now describes "prod/demo/cart"');
  });
});

describe('live files that somebody edited', () => {
  const route = `${LIVE}/virtualservice-cart.yaml`;

  it('are named, and proved as they stand', () => {
    const root = mesh('canary-25');
    edit(root, route, 'weight: 25', 'weight: 20');
    edit(root, route, 'weight: 75', 'weight: 80');
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/edited-by-hand']]);
    expect(told.stderr).toContain(`"out/live/default/demo/cart/virtualservice-cart.yaml" changed`);
  });

  it('are deleted by hand where they were added: synth keeps them', () => {
    const root = mesh('canary-25');
    const stray = `${LIVE}/it's mine.yaml`;
    writeTree(root, { [stray]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: demo }\n' });
    expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, ['check/edited-by-hand']]);
    expect(told.stderr).toContain(`"${stray}" added`);
    expect(shell(root, /Run `(rm -- [^`]+)`/.exec(told.stderr)?.[1] ?? 'false').exit).toBe(0);
    expect(check(root).exit).toBe(0);
  });

  it.each(['stray.yaml', 'default/stray.yaml', 'default/demo/stray.yaml', 'a b.json'])(
    'of no Rollout are findings until they are gone: %s',
    path => {
      const root = mesh('canary-25');
      writeTree(root, { [`out/live/${path}`]: '{}\n' });
      const told = check(root);
      expect([told.exit, codesIn(told)]).toEqual([1, ['check/of-no-rollout']]);
      const command = /Run `(rm -- [^`]+)`/.exec(told.stderr)?.[1] ?? '';
      expect(shell(root, 'git add . && git commit -qm stray').exit).toBe(0);
      expect(check(root).exit).toBe(0);
      expect(shell(root, command).exit).toBe(0);
      expect(check(root).exit).toBe(0);
    },
  );

  it('lose requests where a selector finds nobody', () => {
    const root = mesh('canary-25');
    edit(root, `${LIVE}/service-cart.yaml`, /selector:\n {4}app: cart/, 'selector:\n    app: card');
    expect(codesIn(check(root))).toEqual(['check/edited-by-hand', 'check/not-understood', 'check/unsafe-hop']);
  });

  it.each([
    ['no YAML', 'spec: [', /yaml\//],
    ['no object', '- 1\n', /manifest\/not-an-object/],
    ['nested too deeply', `${'['.repeat(5000)}${']'.repeat(5000)}`, /\w+\/[\w-]+/],
    ['longer than any manifest', `# ${'x'.repeat(400_000)}\n`, /manifest\/too-large/],
    ['an anchor', 'a: &b 1\nc: *b\n', /yaml\//],
  ])('are findings where they are %s', (_, text, code) => {
    const root = mesh('canary-25');
    writeTree(root, { [route]: text });
    const told = check(root);
    expect([told.exit, told.stderr]).toEqual([1, expect.stringMatching(code)]);
    expect(told.stdout).toContain('refused');
  });

  it('may be links, which are never followed', () => {
    const root = mesh('canary-25');
    rmSync(join(root, route));
    symlinkSync('/etc/passwd', join(root, route));
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([1, expect.arrayContaining(['source/symlink', 'check/edited-by-hand'])]);
    expect(told.stderr).not.toContain('root:');
  });

  it('beside a plan.json that tells lies are findings, and no other file is shown', () => {
    const root = mesh('canary-25');
    edit(root, 'out/plan/default/demo/cart/plan.json', '"rollouts/cart.yaml"', '".git/config"');
    edit(root, `${LIVE}/service-cart.yaml`, 'app: cart', 'app: card');
    const told = check(root);
    expect([told.exit, told.stderr.includes('[core]')]).toEqual([1, false]);
    const plan = 'out/plan/default/demo/cart/plan.json';
    for (const [spoil, said] of [
      [() => writeTree(root, { [plan]: '{' }), 'cannot be read as the plan'],
      [() => rmSync(join(root, plan)), 'is missing'],
    ] as const) {
      spoil();
      const { stderr, ...lost } = check(root);
      expect([lost.exit, codesIn({ stderr, ...lost }).filter(code => code !== 'check/unsafe-hop')]).toEqual([
        1,
        ['check/no-plan'],
      ]);
      expect(stderr).toContain(`"${plan}" ${said}`);
    }
  });

  it('that were broken before may be mended', () => {
    const root = mesh('canary-25');
    const text = readFileSync(join(root, route), 'utf8');
    writeTree(root, { [route]: 'spec: [' });
    expect(shell(root, 'git commit -qam broken').exit).toBe(0);
    writeTree(root, { [route]: text });
    const told = check(root);
    expect([told.exit, codesIn(told)]).toEqual([0, ['check/base-unread']]);
  });
});

describe('--promotion-only', () => {
  it('passes where nothing but a step differs, with what follows from it', () => {
    const root = mesh('canary-25');
    const told = propose(root, { 'rollouts/cart.yaml': meshAt('canary-50') }, '--promotion-only');
    expect([told.exit, told.stderr]).toEqual([0, '1 hop from HEAD: all proved\n']);
  });

  it('passes where the first step is written into a Rollout, and where one of an environment is', () => {
    const text = meshAt('baseline').replace(/^ {2}step: .*\n/m, '');
    const root = committed({
      'rollouts/cart.yaml': text.replace('provider:', 'environments: { prod: {}, dev: {} }\n  provider:'),
    });
    const next = text.replace('provider:', 'environments: { prod: {}, dev: { step: provision-v2 } }\n  provider:');
    expect(propose(root, { 'rollouts/cart.yaml': next }, '--promotion-only')).toMatchObject({ exit: 0 });
  });

  const refused = (files: { readonly [file: string]: string }): Ran =>
    propose(mesh('canary-25'), files, '--promotion-only');

  it.each([
    ['another file', { 'README.md': 'x' }, '"README.md" is more than a promotion: it is neither'],
    [
      'a new Rollout',
      { 'rollouts/mail.yaml': specOf({ name: 'mail' }) },
      '"rollouts/mail.yaml" is more than a promotion: it is new',
    ],
    ['a comment', { 'rollouts/cart.yaml': `# x\n${meshAt('canary-50')}` }, 'a comment or the layout'],
    [
      'weights',
      { 'rollouts/cart.yaml': meshAt('canary-50').replace('25, 50', '30, 50') },
      'spec.steps.0.canary.weights.0 differs',
    ],
    ['CI', { '.github/workflows/x.yml': 'on: push\n' }, '".github/workflows/x.yml"'],
  ])('refuses %s', (_, files, said) => {
    const told = refused(files);
    expect([told.exit, told.stderr]).toEqual([1, expect.stringContaining(said)]);
  });

  it('refuses what is not compiled, and what was edited after it was', () => {
    const root = mesh('canary-25');
    writeTree(root, { 'rollouts/cart.yaml': meshAt('canary-50') });
    expect(codesIn(check(root, '--promotion-only'))).toContain('check/not-only-promotion');
    expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
    edit(root, 'out/plan/default/demo/cart/abort-canary-50.yaml', 'weight: 100', 'weight: 99');
    const told = check(root, '--promotion-only');
    expect(told.stderr).toContain('"out/plan/default/demo/cart/abort-canary-50.yaml" is more than a promotion');
  });

  it('tells a Rollout that is new, renamed or deleted once, and a stale output folder by its command', () => {
    const told = (change: (root: string) => void): readonly string[] => {
      const root = mesh('canary-25');
      change(root);
      return [...check(root, '--promotion-only').stderr.matchAll(/^([^\s]+): error check\/not-only-promotion$/gm)].map(
        ([, place = '']) => place.replace(/:.*/, ''),
      );
    };
    const synth = (root: string) => surefoot(root, ['synth', '--prune', '-q']);
    const add = (root: string) => writeTree(root, { 'rollouts/mail.yaml': specOf({ name: 'mail' }) });
    const rename = (root: string) => edit(root, 'rollouts/cart.yaml', 'name: cart', 'name: basket');
    expect(told(root => [add(root), synth(root)])).toEqual(['rollouts/mail.yaml']);
    expect(told(add)).toEqual(['rollouts/mail.yaml']);
    expect(told(root => [rename(root), synth(root)])).toEqual(['rollouts/cart.yaml']);
    expect(told(root => [rmSync(join(root, 'rollouts/cart.yaml')), synth(root)])).toEqual(['rollouts/cart.yaml']);
    const root = mesh('canary-25');
    writeTree(root, { 'rollouts/cart.yaml': meshAt('canary-50') });
    expect(check(root, '--promotion-only').stderr).toContain('Run `surefoot synth` and commit what it changes.');
  });

  it('refuses another memory of what versions are made of', () => {
    const root = mesh('provision-v2');
    writeTree(root, { 'rollouts/cart.yaml': meshAt('canary-25') });
    edit(root, 'out/plan/default/demo/cart/plan.json', /"image": "\w{12}"/, '"image": "000000000000"');
    surefoot(root, ['synth', '-q']);
    expect(check(root, '--promotion-only').exit).toBe(1);
  });

  it('refuses a file that became a link or was deleted', () => {
    const root = mesh('canary-25');
    renameSync(join(root, 'rollouts/cart.yaml'), join(root, 'rollouts/basket.yaml'));
    const told = check(root, '--promotion-only');
    expect(told.stderr).toMatch(
      /"rollouts\/basket.yaml" is more[^\n]*new[\s\S]*"rollouts\/cart.yaml" is more[^\n]*deleted/,
    );
  });
});

describe('formats', () => {
  it('json tells each hop as data, and SARIF each finding', () => {
    const root = mesh('baseline');
    const told = propose(root, { 'rollouts/cart.yaml': meshAt('canary-25') }, '--format', 'json');
    const { hops, diagnostics } = JSON.parse(told.stdout);
    expect(hops).toMatchObject([
      { directory: 'default/demo/cart', from: 'baseline', to: 'canary-25', verdict: 'refused', kind: 'hop' },
    ]);
    expect(diagnostics).toMatchObject([{ code: 'check/unsafe-hop', file: 'rollouts/cart.yaml', line: 6 }]);
    for (const format of ['sarif', 'github', 'gitlab', 'junit'])
      expect(check(root, '--format', format), format).toMatchObject({
        exit: 1,
        stdout: expect.stringContaining('unsafe-hop'),
      });
  });
});

describe('wrong usage', () => {
  it.each([
    [['--base', 'no-such-branch'], 'the commit "no-such-branch" is not known'],
    [['--base', '--help-me'], 'is no name of a commit'],
    [[], 'surefoot check --base main'],
    [['--base', 'HEAD', '--allow-deletion', 'cart'], 'names no Rollout'],
    [
      ['--base', 'HEAD', '--allow-deletion', 'default/demo/cart'],
      'is not deleted here; nothing is. Leave the option out.',
    ],
    [['--base', 'HEAD', '--promotion-only', 'rollouts'], '--promotion-only looks at the whole repository'],
    [['--base', 'HEAD', 'rollouts/none.yaml'], 'does not exist'],
    [['--base', 'HEAD', '-'], 'check reads files only'],
  ])('%j', (flags, said) => {
    const told = surefoot(mesh('baseline'), ['check', ...flags]);
    expect([told.exit, told.stdout, told.stderr]).toEqual([2, '', expect.stringContaining(said)]);
  });

  it('where there is nothing to check says where there is', () => {
    const root = temporaryFolder();
    writeTree(root, { 'gitops/rollouts/cart.yaml': meshAt('canary-25'), 'docs/a.yaml': 'a: 1\n', 'README.md': 'x' });
    shell(root, `${SETUP} && surefoot -C gitops synth -q && git add . && git commit -qm start`);
    const words = ['check', '--base', 'HEAD'];
    const told = (...flags: readonly string[]) => {
      const { exit, stdout, stderr } = surefoot(root, [...flags.slice(0, 2), ...words, ...flags.slice(2)]);
      return [exit, stdout, stderr] as const;
    };
    const there = expect.stringContaining('Run: surefoot -C gitops check --base HEAD\n');
    expect(surefoot(root, words)).toEqual({ exit: 2, stdout: '', stderr: there });
    expect(told('-C', 'gitops/rollouts')).toEqual([2, '', there]);
    expect(told('-C', 'gitops', '--out', 'nowhere')).toEqual([2, '', there]);
    expect(told('-C', 'gitops')[0]).toBe(0);
    writeTree(root, { 'gitops/notes/a.yaml': 'a: 1\n' });
    expect(told('-C', 'gitops', 'notes')).toEqual([2, '', expect.stringContaining('"notes" holds no Rollout')]);
    for (const path of ['rollouts', 'rollouts/cart.yaml', 'out', 'out/live/default/demo/cart', '.'])
      expect([path, told('-C', 'gitops', path)[0]]).toEqual([path, 0]);
  });

  test('no repository, a shallow clone, and the default branch', () => {
    const bare = temporaryFolder();
    writeFleet(bare, [{ name: 'cart' } satisfies Spec]);
    expect(surefoot(bare, ['check']).stderr).toContain('is not in a git repository');
    const root = mesh('baseline');
    shell(root, 'git commit -qm more --allow-empty');
    const clone = temporaryFolder();
    expect(shell(clone, `git clone -q --depth 1 file://${root} .`).exit).toBe(0);
    expect(surefoot(clone, ['check', '--base', 'HEAD~1']).stderr).toContain('git fetch --unshallow');
    expect(check(clone, '--unobserved').stderr).toContain('git fetch --deepen 1');
    writeTree(clone, { 'rollouts/cart.yaml': meshAt('provision-v2') });
    surefoot(clone, ['synth', '-q']);
    expect(surefoot(clone, ['check'])).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(
        /^1 hop from origin.HEAD: all proved\ngit does not track 2 files of out\/ yet; .* git add -- out\n$/,
      ),
    });
  });
});

test('PATHs choose among Rollouts', () => {
  const root = committed({ 'rollouts/cart.yaml': meshAt('baseline'), 'rollouts/mail.yaml': specOf({ name: 'mail' }) });
  const files = {
    'rollouts/cart.yaml': meshAt('canary-25'),
    'rollouts/mail.yaml': specOf({ name: 'mail', step: 'canary-50' }),
  };
  expect(propose(root, files).exit).toBe(1);
  expect(check(root, 'rollouts/mail.yaml')).toMatchObject({
    exit: 0,
    stderr: expect.stringMatching(/^1 hop from HEAD: all proved\n/),
  });
  expect(check(root, 'out/live/default/demo/cart').exit).toBe(1);
  expect(check(root, 'rollouts').stdout.split('\n')).toHaveLength(3);
  appendFileSync(join(root, 'rollouts/mail.yaml'), '# x\n');
});

describe('docs/check.md', () => {
  const HOME = join(import.meta.dirname, '../..');
  const page = readFileSync(join(HOME, 'docs/check.md'), 'utf8');
  const commands = [...page.matchAll(/^ {4}(surefoot check .*)$/gm)].map(([, line = '']) => line);

  /** The living examples, compiled, and a remote that holds them. */
  function examples(): string {
    const root = temporaryFolder();
    cpSync(join(HOME, 'rollouts'), join(root, 'rollouts'), { recursive: true });
    const remote = temporaryFolder();
    const push = `git remote add origin ${remote} && git init -q --bare ${remote} && git push -q origin main && git fetch -q`;
    expect(shell(root, `${SETUP} && surefoot synth -q && git add . && git commit -qm start && ${push}`).exit).toBe(0);
    return root;
  }

  it('shows what its first command prints', () => {
    const root = examples();
    edit(root, 'rollouts/cart.yaml', 'step: ab-test', 'step: everybody');
    surefoot(root, ['synth', '-q']);
    const told = shell(root, commands[0] ?? '');
    expect([told.exit, page]).toEqual([0, expect.stringContaining(`    ${told.stdout}`)]);
  });

  it('names commands that run', () => {
    expect(commands.length).toBe(4);
    const root = examples();
    rmSync(join(root, 'rollouts/search.yaml'));
    surefoot(root, ['synth', '--prune', '-q']);
    for (const line of commands) {
      const { exit, stdout, stderr } = shell(root, line);
      expect([line, exit]).toEqual([line, line.includes('--allow-deletion') ? 0 : 1]);
      expect(`${stdout}${stderr}`).toContain('search');
    }
  });

  it('names every code that a change may be refused for', () => {
    const codes = checkMessages.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    for (const code of codes) expect(page).toContain(code);
  });
});

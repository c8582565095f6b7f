import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { withStep } from '../../src/release/set-step.ts';
import { temporaryFolder } from '../host/workspace.ts';
import { changedByHead, git, linesOfHead, repository, surefootAgo, web } from './repository.ts';
import { shell, surefoot } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';
const IMAGE = `registry.example.com/web:3@sha256:${'fedcba9876543210'.repeat(4)}`;
const at = (step: string) => repository({ [FILE]: web({ step }) });
const textIn = (root: string): string => readFileSync(join(root, FILE), 'utf8');
const release = (root: string, ...words: readonly string[]) =>
  surefootAgo(root, 0, ['release', 'web', '--version', 'v3', '--image', IMAGE, ...words]);
const tidy = (root: string, ...words: readonly string[]) => surefootAgo(root, 0, ['tidy', ...words]);

describe('release', () => {
  it('puts a version and the steps of the release before at the end of the tape, and changes nothing that runs', () => {
    const root = at('retire-v1');
    const ran = release(root, '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toBe(`\
release(web): v3

v2 -> v3: canary-v3-10, canary-v3-50, complete-v3
What runs stays the same: no live manifest differs.

Rollout: shop/web
Rollout-Version: v3
`);
    expect(linesOfHead(root, FILE)).toEqual([
      `+    v3: { image: ${IMAGE} }`,
      '+    - canary: { to: v3, name: canary-v3, weights: [10, 50], pause: 30m }',
      '+    - { name: complete-v3, traffic: { v3: 100 }, pause: 1h }',
    ]);
    const changed = changedByHead(root).map(line => line.split(' ')[2]!);
    expect(changed.filter(path => path.startsWith('out/live/'))).toEqual([]);
    expect(changed).toContain('out/plan/default/shop/web/canary-v3-10.yaml');
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
    expect(surefoot(root, ['check', '--base', 'HEAD~1'])).toMatchObject({ exit: 0 });
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('tells where environments stand that have a release before them', () => {
    const root = at('canary-10');
    const ran = release(root);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toContain(
      'default stands in canary-10: the steps of v3 come after what is left of the tape there',
    );
    expect(ran.stderr).toContain('git commit --file=-');
  });

  it('takes other steps', () => {
    const root = at('retire-v1');
    const words = [
      '--steps',
      'shadow,abTest,canary',
      '--match',
      'end-user: jason',
      '--weights',
      '5,100',
      '--pause',
      '2h',
    ];
    expect(release(root, ...words, '--commit')).toMatchObject({ exit: 0 });
    expect(linesOfHead(root, FILE).slice(1)).toEqual([
      '+    - shadow: { to: v3, name: shadow-v3, pause: 2h }',
      '+    - abTest: { to: v3, name: ab-test-v3, match: [{ headers: { end-user: jason } }], pause: 2h }',
      '+    - canary: { to: v3, name: canary-v3, weights: [5, 100], pause: 2h }',
    ]);
  });

  it('shows the difference and writes nothing', () => {
    const root = at('retire-v1');
    const before = textIn(root);
    const ran = release(root, '--dry-run');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toContain(`--- a/${FILE}\n+++ b/${FILE}\n`);
    expect(ran.stdout).toContain('+    - { name: complete-v3, traffic: { v3: 100 }, pause: 1h }\n');
    expect(textIn(root)).toBe(before);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it.each([
    ['a version that there is', ['--version', 'v2', '--image', IMAGE], 'release/version-exists'],
    ['a model that there is not', ['--version', 'v3', '--image', IMAGE, '--like', 'v9'], 'release/unknown-version'],
    ['a floating tag', ['--version', 'v3', '--image', 'registry.example.com/web:latest'], 'version/floating-tag'],
    ['a name that is too long', ['--version', `v${'3'.repeat(30)}`, '--image', IMAGE], 'schema/'],
    ['more than all', ['--version', 'v3', '--image', IMAGE, '--steps', 'canary', '--weights', '200'], 'schema/'],
  ])('is refused and writes nothing: %s', (_, words, code) => {
    const root = at('retire-v1');
    const ran = surefoot(root, ['release', 'web', ...words]);
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain(code);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('is refused where the tape does not end with one version', () => {
    const root = repository({ [FILE]: web({ steps: '    - canary: { to: v2, weights: [10, 50] }\n' }) });
    const ran = release(root);
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain('release/unfinished-tape');
    expect(ran.stderr).toContain('- { name: complete-v2, traffic: { v2: 100 } }');
  });

  it('is refused where out/ is not what the Rollout says, or something else would be committed along', () => {
    const root = at('retire-v1');
    writeFileSync(join(root, FILE), textIn(root).replace('retire-v1', 'complete'));
    expect(release(root).stderr).toContain('release/stale');
    expect(surefoot(root, ['synth', '-q'])).toMatchObject({ exit: 0 });
    expect(release(root, '--commit').stderr).toContain('release/uncommitted');
    expect(release(root)).toMatchObject({ exit: 0 });
  });

  it.each([
    ['nothing that runs', ['--version', 'v3'], '--image, --template or --service'],
    ['two things that run', ['--version', 'v3', '--image', 'a', '--service', 'b'], 'cannot be used with'],
    ['no version', ['--image', 'a'], "required option '--version <name>'"],
    ['weights without a canary', ['--version', 'v3', '--image', 'a', '--weights', '1'], '--weights needs --steps'],
    ['unknown steps', ['--version', 'v3', '--image', 'a', '--steps', 'all'], '"all" is none of them'],
    ['an A/B test of nobody', ['--version', 'v3', '--image', 'a', '--steps', 'abTest'], '--match'],
    [
      'a match without a value',
      ['--version', 'v3', '--image', 'a', '--steps', 'abTest', '--match', 'x'],
      'a header and its value',
    ],
  ])('is no command line: %s', (_, words, message) => {
    const ran = surefoot(at('baseline'), ['release', 'web', ...words]);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });
});

describe('a step of one environment of surefoot.yaml', () => {
  it('is a promotion, though it names all of them for the first time', () => {
    const fleet =
      'apiVersion: surefoot.dev/v1\nkind: Fleet\nenvironments: { staging: { namespace: staging }, prod: {} }\n';
    const root = repository({ [FILE]: web({}).replace(', namespace: shop', ''), 'surefoot.yaml': fleet });
    const made = withStep(textIn(root), 'prod', 'provision-v2', ['staging', 'prod']);
    writeFileSync(join(root, FILE), 'text' in made ? made.text : '');
    expect(surefoot(root, ['synth', '-q'])).toMatchObject({ exit: 0 });
    expect(git(root, 'diff', '--unified=0', '--', FILE)).toContain(
      '+  environments: { staging: {}, prod: { step: provision-v2 } }\n',
    );
    const ran = surefoot(root, ['check', '--base', 'HEAD', '--promotion-only']);
    expect(ran, ran.stderr).toMatchObject({ exit: 0 });
    writeFileSync(join(root, FILE), textIn(root).replace('staging: {}, ', ''));
    expect(surefoot(root, ['synth', '-q', '--prune']).exit).toBe(0);
    expect(surefoot(root, ['check', '--base', 'HEAD', '--promotion-only']).exit).toBe(1);
  });
});

describe('tidy', () => {
  it('takes away what was passed, and says what went', () => {
    const root = at('retire-v1');
    expect(release(root, '--commit')).toMatchObject({ exit: 0 });
    const ran = tidy(root, 'web', '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toBe(`\
tidy(web): drop v1

Passed by every environment: canary-10, canary-50, complete
What runs stays the same: no live manifest differs.

Rollout: shop/web
`);
    const digest = '0123456789abcdef'.repeat(4);
    expect(linesOfHead(root, FILE)).toEqual([
      '-  step:   retire-v1  # where it stands',
      '+  step:   baseline  # where it stands',
      `-    v1: { image: "registry.example.com/web:1@sha256:${digest}" }`,
      '-    - canary: { to: v2, weights: [10, 50], pause: 30m }',
      '-    - { name: complete, traffic: { v2: 100 }, pause: 1h }',
    ]);
    expect(changedByHead(root).filter(line => line.includes('out/live/'))).toEqual([]);
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
    const again = tidy(root);
    expect(again).toMatchObject({ exit: 0, stdout: '' });
    expect(again.stderr).toContain('web: nothing to tidy; default stands in baseline');
  });

  it('keeps what one environment has still before it', () => {
    const more =
      '  environments:\n    staging: { namespace: staging, step: retire-v1 }\n    prod: { step: canary-50 }\n';
    const root = repository({ [FILE]: web({ more }) });
    const kept = tidy(root, 'web');
    expect(kept).toMatchObject({ exit: 0, stdout: '' });
    expect(kept.stderr).toContain('nothing to tidy; prod stands in canary-50');
    writeFileSync(join(root, FILE), textIn(root).replace('step: canary-50', 'step: complete'));
    expect(surefoot(root, ['synth', '-q'])).toMatchObject({ exit: 0 });
    git(root, 'commit', '-qam', 'on');
    const ran = tidy(root, 'web', '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(linesOfHead(root, FILE)).toEqual(['-    - canary: { to: v2, weights: [10, 50], pause: 30m }']);
    expect(ran.stdout).toContain('Rollout: shop/web\nRollout: staging/web\n');
  });

  it('shows the difference and writes nothing', () => {
    const root = at('retire-v1');
    const ran = tidy(root, '--dry-run');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toContain('+  steps: []\n');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('goes through release after release', () => {
    const root = at('retire-v1');
    expect(tidy(root, '--commit')).toMatchObject({ exit: 0 });
    expect(release(root, '--commit')).toMatchObject({ exit: 0 });
    expect(linesOfHead(root, FILE)).toEqual([
      '-  steps: []',
      `+    v3: { image: ${IMAGE} }`,
      '+  steps:',
      '+    - canary: { to: v3, name: canary-v3, weights: [5, 20, 50] }',
      '+    - { name: complete-v3, traffic: { v3: 100 } }',
    ]);
    expect(surefoot(root, ['check', '--base', 'HEAD~2'])).toMatchObject({ exit: 0 });
  });
});

const examples = [EXAMPLES.release, EXAMPLES.tidy].flatMap(text =>
  [...text.matchAll(/^ {2}(surefoot .*?)(?: {3,}.*)?$/gm)].map(([, line]) => line!),
);

describe('examples of the help', () => {
  it('are those that are tried here', () => {
    expect(examples.length).toBe(8);
    for (const command of ['release', 'tidy']) {
      const { stdout } = surefoot('.', [command, '--help']);
      for (const line of examples.filter(one => one.includes(` ${command} `))) expect(stdout).toContain(line);
    }
  });

  it.each(examples)('run: %s', line => {
    const named = web({ step: 'retire-v1' }).replace('name: web, namespace: shop', LABELLED);
    const root = repository({ 'rollouts/reviews.yaml': named });
    const remote = temporaryFolder();
    git(remote, 'init', '-q', '--bare');
    git(root, 'remote', 'add', 'origin', remote);
    const person =
      'export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=a@example.com';
    const ran = shell(root, `${person}\n${line}`);
    expect(ran, ran.stderr).toMatchObject({ exit: 0 });
    expect(ran.stdout).not.toBe('');
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
  });
});

const LABELLED = 'name: reviews, namespace: shop, labels: { team: payments }';

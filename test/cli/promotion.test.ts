import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { BY_HISTORY, changedByHead, git, linesOfHead, repository, surefootAgo, web } from './repository.ts';
import { surefoot } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';
const at = (step: string) => repository({ [FILE]: web({ step }) });
const stepIn = (root: string): string => /step: +(\S+)/.exec(readFileSync(join(root, FILE), 'utf8'))![1]!;
const promote = (root: string, ...words: readonly string[]) =>
  surefootAgo(root, 0, ['promote', 'web', ...BY_HISTORY, ...words]);

describe('promote', () => {
  it('changes one line, compiles, and prints the message of the commit', () => {
    const root = at('baseline');
    const ran = promote(root);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toBe(`\
rollout(web): provision-v2

baseline -> provision-v2 (provision)
Traffic: v1 100 %, as before
Proved: no request is lost, in any order of 3

Rollout: shop/web
Rollout-Step: provision-v2
Rollout-From: baseline
Rollout-Env: default
`);
    expect(git(root, 'diff', '--numstat', '--', FILE)).toBe(`1\t1\t${FILE}\n`);
    expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
    expect(surefoot(root, ['check', '--base', 'HEAD', '--promotion-only'])).toMatchObject({ exit: 0 });
  });

  it('commits only what it changed, with hooks, on a new branch where one is named', () => {
    const root = at('baseline');
    writeTree(root, { 'notes.txt': 'mine\n', '.git/hooks/pre-commit': '#!/bin/sh\necho ran > hook-ran\n' });
    chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
    git(root, 'add', 'notes.txt');
    expect(promote(root, '--branch', 'promote-web')).toMatchObject({ exit: 0 });
    expect(readFileSync(join(root, 'hook-ran'), 'utf8')).toBe('ran\n');
    expect(git(root, 'branch', '--show-current')).toBe('promote-web\n');
    expect(changedByHead(root).map(line => line.split(' ')[2])).toEqual([
      'out/live/default/shop/web/deployment-web-v2.yaml',
      'out/live/default/shop/web/destinationrule-web.yaml',
      'out/live/default/shop/web/poddisruptionbudget-web-v2.yaml',
      'out/plan/default/shop/web/plan.json',
      'out/plan/default/shop/web/plan.md',
      FILE,
    ]);
    expect(linesOfHead(root, FILE)).toEqual([
      '-  step:   baseline  # where it stands',
      '+  step:   provision-v2  # where it stands',
    ]);
    expect(git(root, 'status', '--porcelain')).toBe('A  notes.txt\n?? hook-ran\n');
    expect(git(root, 'log', '-1', '--format=%(trailers)').trim().split('\n')).toEqual([
      'Rollout: shop/web',
      'Rollout-Step: provision-v2',
      'Rollout-From: baseline',
      'Rollout-Env: default',
    ]);
  });

  it('tells what a hook says against it, and commits nothing', () => {
    const root = at('baseline');
    writeTree(root, { '.git/hooks/pre-commit': '#!/bin/sh\necho never on a Friday >&2\nexit 1\n' });
    chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
    const ran = promote(root, '--commit');
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain('never on a Friday');
    expect(git(root, 'log', '--format=%s')).toBe('start\n');
  });

  it('goes to a named state, by its name or the path of its file, and tells of one that there is not', () => {
    const root = at('provision-v2');
    expect(surefoot(root, ['promote', FILE, '--to', 'baseline', ...BY_HISTORY, '--dry-run'])).toMatchObject({
      exit: 1,
    });
    expect(stepIn(root)).toBe('provision-v2');
    const typo = promote(root, '--to', 'canary-1O');
    expect(typo).toMatchObject({ exit: 1 });
    expect(typo.stderr).toContain('Did you mean "canary-10"?');
    expect(surefoot(root, ['promote', 'wep']).stderr).toContain('Did you mean "web"?');
    expect(surefoot(root, ['promote', 'wep']).exit).toBe(2);
  });

  it('knows where the output folder is, where it was started below it', () => {
    const root = at('baseline');
    for (const words of [['promote', 'web'], ['abort', 'web'], ['status']]) {
      const ran = surefoot(join(root, 'rollouts'), words);
      expect(ran.stderr, words[0]).toContain(`There is one in "${root}"`);
    }
  });

  it('says that the end is reached, and that is no failure', () => {
    const ran = promote(at('retire-v1'), '--commit');
    expect(ran).toMatchObject({ exit: 0, stdout: '' });
    expect(ran.stderr).toContain('there is nowhere to go');
  });

  it('forges no trailer from a reason', () => {
    const root = at('baseline');
    promote(root, '--commit', '--reason', 'x\n\nRollout-Step: complete');
    expect(git(root, 'log', '-1', '--format=%(trailers:key=Rollout-Step)').trim()).toBe('Rollout-Step: provision-v2');
  });
});

describe('promote refuses', () => {
  const refused = (root: string, code: string, word: string, words: readonly string[] = []) => {
    const before = git(root, 'status', '--porcelain');
    const ran = promote(root, ...words, '--commit');
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain(`error ${code}`);
    expect(ran.stderr).toContain(`--allow ${word}`);
    expect(git(root, 'status', '--porcelain')).toBe(before);
    return ran;
  };
  const allowed = (root: string, word: string, words: readonly string[] = []) => {
    const ran = promote(root, '--allow', word, ...words, '--commit');
    expect(ran).toMatchObject({ exit: 0 });
    expect(git(root, 'log', '-1', '--format=%(trailers:key=Rollout-Allowed,valueonly)').trim().split('\n')).toContain(
      word,
    );
  };

  it('an unsafe hop, and tells the safe way', () => {
    const root = at('baseline');
    const ran = refused(root, 'check/unsafe-hop', 'unsafe', ['--to', 'canary-50']);
    expect(ran.stderr).toContain('Go by way of "provision-v2"');
    allowed(root, 'unsafe', ['--to', 'canary-50']);
  });

  it('a stale output folder', () => {
    const root = at('baseline');
    const text = readFileSync(join(root, FILE), 'utf8').replace('replicas: 2', 'replicas: 3');
    writeFileSync(join(root, FILE), text);
    git(root, 'commit', '-qam', 'edited');
    refused(root, 'promote/stale-out', 'stale');
    allowed(root, 'stale');
  });

  it('what is not committed', () => {
    const root = at('baseline');
    appendFileSync(join(root, FILE), '# soon\n');
    refused(root, 'promote/uncommitted', 'uncommitted');
    allowed(root, 'uncommitted');
  });

  it('a step that moved meanwhile: on the branch from which agents sync, or since it was decided', () => {
    const root = at('baseline');
    promote(root, '--branch', 'shared');
    git(root, 'switch', '-q', 'main');
    const target = ['--target', 'shared'];
    const ran = refused(root, 'promote/moved', 'moved', target);
    expect(ran.stderr).toContain('shared has it in "provision-v2"');
    allowed(root, 'moved', target);
    refused(root, 'promote/not-there', 'moved', ['--from', 'baseline']);
  });

  it('what was not seen, and a pause that is not over', () => {
    const root = at('provision-v2');
    refused(repository({ [FILE]: web({ step: 'provision-v2' }) }), 'promote/not-observed', 'unobserved');
    expect(surefootAgo(root, 20, ['promote', 'web', '--allow', 'unobserved', '--commit', ...BY_HISTORY])).toMatchObject(
      { exit: 0 },
    );
    const ran = refused(root, 'promote/pause-not-over', 'pause');
    expect(ran.stderr).toContain('is to stay in "canary-10" for 30m');
    expect(ran.stderr).not.toContain('promote/not-observed');
    allowed(root, 'pause');
  });

  it('a surefoot.yaml that only this folder has: nobody could read its freezes', () => {
    const root = at('baseline');
    writeTree(root, { 'surefoot.yaml': 'apiVersion: surefoot.dev/v1\nkind: Fleet\n' });
    expect(refused(root, 'promote/uncommitted', 'uncommitted').stderr).toContain('"surefoot.yaml"');
  });

  it('more pods than the step began with, before an agent can have seen them', () => {
    const root = repository({ [FILE]: web({ step: 'provision-v2' }) }, 300);
    const text = readFileSync(join(root, FILE), 'utf8').replace('replicas: 2', 'replicas: 4');
    writeFileSync(join(root, FILE), text);
    expect(surefoot(root, ['synth', '-q'])).toMatchObject({ exit: 0 });
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'more pods');
    expect(refused(root, 'promote/not-observed', 'unobserved').stderr).toContain(
      'the manifests are on HEAD as they are since',
    );
  });

  it('two environments in one word', () => {
    const ran = surefoot(at('baseline'), ['promote', 'web', '--env', 'a', '--env', 'b']);
    expect(ran).toMatchObject({ exit: 2 });
    expect(ran.stderr).toContain('once for each');
  });

  it('all mistakes at once', () => {
    const root = at('baseline');
    appendFileSync(join(root, FILE), '# soon\n');
    const { stderr } = promote(root, '--to', 'canary-50');
    expect(stderr).toContain('check/unsafe-hop');
    expect(stderr).toContain('promote/uncommitted');
  });

  it('is no yes where nobody can tell: a shallow clone', () => {
    const root = at('provision-v2');
    git(root, 'commit', '-q', '--allow-empty', '-m', 'later');
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '-q', '--depth', '1', `file://${root}`, clone);
    const ran = promote(clone, '--commit');
    expect(ran).toMatchObject({ exit: 3, stdout: '' });
    expect(ran.stderr).toContain('error promote/unobservable');
    expect(ran.stderr).toContain('git fetch --unshallow');
    expect(stepIn(clone)).toBe('provision-v2');
  });

  it('a Rollout that stands in an abort', () => {
    const root = at('abort-canary-10');
    const ran = promote(root);
    expect(ran).toMatchObject({ exit: 1 });
    expect(ran.stderr).toContain('surefoot resume');
  });
});

describe('resume', () => {
  it('goes back to the step that was aborted, once its pods were seen', () => {
    const root = repository({ [FILE]: web({ step: 'canary-10' }) });
    expect(surefootAgo(root, 60, ['abort', 'web', '--commit'])).toMatchObject({ exit: 0 });
    const ran = surefootAgo(root, 0, ['resume', 'web', '--commit', ...BY_HISTORY]);
    expect(ran).toMatchObject({ exit: 0 });
    expect(git(root, 'log', '-1', '--format=%s').trim()).toBe('rollout(web): resume canary-10');
    expect(git(root, 'diff', 'HEAD~2', '--stat')).toBe('');
    expect(surefootAgo(root, 0, ['resume', 'web', ...BY_HISTORY]).stderr).toContain('resume/not-in-abort');
  });
});

describe('many at once', () => {
  it('go each by itself: those that may not stay where they are', () => {
    const called = (name: string, step: string) =>
      web({ step }).replace('name: web,', `name: ${name}, labels: { team: a },`);
    const root = repository({
      'rollouts/a.yaml': called('a', 'baseline'),
      'rollouts/b.yaml': called('b', 'canary-10'),
      'rollouts/c.yaml': called('c', 'baseline').replace('team: a', 'team: b'),
    });
    const ran = surefootAgo(root, 0, ['promote', '-l', 'team=a', '--commit', ...BY_HISTORY]);
    expect(ran).toMatchObject({ exit: 1 });
    expect(git(root, 'log', '--format=%s')).toBe('rollout(a): provision-v2\nstart\n');
    expect(ran.stderr).toContain('rollouts/b.yaml');
    expect(ran.stderr).toContain('promoted 1 rollout');
    expect(surefoot(root, ['promote']).stderr).toContain('say which Rollout');
    expect(surefoot(root, ['promote', '-l', 'team=z']).stderr).toContain('no Rollout has the labels');
  });
});

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../host/workspace.ts';
import { BY_HISTORY, git, repository, surefootAgo, web } from './repository.ts';
import { ENV, type Ran, SHIPPED } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';

/** A bare remote, and clones of it. */
function clones(count: number, files: { readonly [file: string]: string }): readonly string[] {
  const root = repository(files);
  const home = temporaryFolder();
  const bare = join(home, 'remote.git');
  git(root, 'clone', '-q', '--bare', root, bare);
  return Array.from({ length: count }, (_, i) => {
    const clone = join(home, `clone-${i}`);
    git(root, 'clone', '-q', bare, clone);
    git(clone, 'config', 'user.name', `person ${i}`);
    git(clone, 'config', 'user.email', `p${i}@example.com`);
    return clone;
  });
}

const promoted = (folder: string, words: readonly string[]): Promise<Ran> =>
  new Promise(resolve => {
    const child = spawn(process.execPath, [SHIPPED, 'promote', ...words, ...BY_HISTORY, '--push'], {
      cwd: folder,
      env: ENV,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', data => (stdout += data));
    child.stderr.on('data', data => (stderr += data));
    child.on('close', exit => resolve({ exit, stdout, stderr }));
  });

describe('two promotions racing', () => {
  it('exactly one wins, and the other says so and leaves everything as it was', async () => {
    const both = clones(2, { [FILE]: web({ step: 'baseline' }) });
    const before = git(both[0]!, 'rev-parse', 'HEAD');
    const rans = await Promise.all(both.map(clone => promoted(clone, ['web'])));
    const exits = rans.map(({ exit }) => exit);
    expect([...exits].sort(), rans.map(({ stderr }) => stderr).join('\n')).toEqual([0, 1]);
    const loser = exits.indexOf(1);
    expect(rans[loser]!.stderr).toMatch(/somebody else was faster|moved meanwhile/);
    expect(rans[loser]!.stderr).toContain(`person ${1 - loser}`);
    expect(rans[loser]!.stdout).toBe('');
    expect(git(both[loser]!, 'rev-parse', 'HEAD')).toBe(before);
    expect(git(both[loser]!, 'status', '--porcelain')).toBe('');
    expect(git(both[loser]!, 'log', '--format=%s', 'origin/main')).toBe('rollout(web): provision-v2\nstart\n');
  });

  it('one that comes later finds it moved before it does anything', async () => {
    const both = clones(2, { [FILE]: web({ step: 'baseline' }) });
    expect(await promoted(both[0]!, ['web'])).toMatchObject({ exit: 0 });
    const late = await promoted(both[1]!, ['web']);
    expect(late).toMatchObject({ exit: 1, stdout: '' });
    expect(late.stderr).toContain('promote/moved');
    expect(readFileSync(join(both[1]!, FILE), 'utf8')).toContain('baseline');
  });

  it('of other Rollouts both win: the second commit goes on top of the first', async () => {
    const named = (name: string) => web({ step: 'baseline' }).replace('name: web', `name: ${name}`);
    const both = clones(2, { 'rollouts/a.yaml': named('a'), 'rollouts/b.yaml': named('b') });
    expect(await promoted(both[0]!, ['a'])).toMatchObject({ exit: 0 });
    expect(await promoted(both[1]!, ['b'])).toMatchObject({ exit: 0 });
    expect(git(both[1]!, 'log', '--format=%s', 'origin/main')).toBe(
      'rollout(b): provision-v2\nrollout(a): provision-v2\nstart\n',
    );
  });

  it('what others changed and is changed here too is not mixed, and nothing is promoted', async () => {
    const named = (name: string) => web({ step: 'baseline' }).replace('name: web', `name: ${name}`);
    const both = clones(2, { 'rollouts/a.yaml': named('a'), 'notes.txt': 'ours\n' });
    writeFileSync(join(both[0]!, 'notes.txt'), 'theirs\n');
    git(both[0]!, 'commit', '-qam', 'notes');
    writeFileSync(join(both[1]!, 'notes.txt'), 'mine\n');
    git(both[0]!, 'push', '-q');
    const ran = await promoted(both[1]!, ['a']);
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain('others changed "notes.txt" meanwhile');
    expect(git(both[1]!, 'status', '--porcelain')).toBe(' M notes.txt\n');
    expect(readFileSync(join(both[1]!, 'notes.txt'), 'utf8')).toBe('mine\n');
  });

  it('commits of yours do not go along unseen', async () => {
    const [clone] = clones(1, { [FILE]: web({ step: 'baseline' }) });
    git(clone!, 'commit', '-q', '--allow-empty', '-m', 'wip');
    const ran = await promoted(clone!, ['web']);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain('1 commit of this branch is not pushed and would go along');
    expect(git(clone!, 'status', '--porcelain')).toBe('');
  });

  it('a new branch goes to a branch of its own name, whatever git is set to', async () => {
    const [clone] = clones(1, { [FILE]: web({ step: 'baseline' }) });
    git(clone!, 'config', 'branch.autoSetupMerge', 'inherit');
    const main = git(clone!, 'rev-parse', 'origin/main');
    expect(await promoted(clone!, ['web', '--branch', 'pr1'])).toMatchObject({ exit: 0 });
    git(clone!, 'fetch', '-q');
    expect(git(clone!, 'rev-parse', 'origin/main')).toBe(main);
    expect(git(clone!, 'rev-parse', 'origin/pr1')).toBe(git(clone!, 'rev-parse', 'HEAD'));
    const again = await promoted(clone!, ['web', '--branch', 'pr1']);
    expect(again).toMatchObject({ exit: 2 });
    expect(again.stderr).toContain('there is a branch "pr1" already');
  });

  it('an abort that is overtaken stays committed, and says what to do', () => {
    const both = clones(2, { [FILE]: web({ step: 'canary-10' }) });
    expect(surefootAgo(both[0]!, 0, ['abort', 'web', '--push'])).toMatchObject({ exit: 0 });
    const late = surefootAgo(both[1]!, 5, ['abort', 'web', '--push']);
    expect(late).toMatchObject({ exit: 1 });
    expect(late.stderr).toContain('NOT pushed');
  });
});

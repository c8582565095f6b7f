import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWrong, openRepository } from '../../src/host/git.ts';
import { findTarget } from '../../src/host/target-branch.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
    ...{ cwd: folder, encoding: 'utf8', env: ENV, stdio: 'pipe' },
  }).trim();

/** A repository whose branch `name` has one commit. */
function repository(name: string): string {
  const root = temporaryFolder();
  git(root, 'init', '-q', '-b', name);
  writeTree(root, { a: '1' });
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'start');
  return root;
}

/** A clone with a commit that its remote has not. */
function cloneOf(remote: string, ...words: readonly string[]): string {
  const root = join(temporaryFolder(), 'clone');
  git(remote, 'clone', '-q', ...words, remote, root);
  git(root, 'commit', '--allow-empty', '-qm', 'mine');
  return root;
}

function targetOf(root: string, ref?: string) {
  const opened = openRepository(root);
  return isWrong(opened) ? opened : findTarget(opened, ref);
}

describe('the target branch', () => {
  it('is HEAD where there is no remote', () => {
    const root = repository('main');
    expect(targetOf(root)).toEqual({ ref: 'HEAD', id: git(root, 'rev-parse', 'HEAD') });
  });

  it('is the default branch of origin, whatever is checked out', () => {
    const remote = repository('trunk');
    const root = cloneOf(remote);
    git(root, 'switch', '-qc', 'topic');
    expect(targetOf(root)).toEqual({ ref: 'origin/trunk', id: git(remote, 'rev-parse', 'HEAD') });
  });

  it.each(['main', 'master'])('is %s of origin where its HEAD is not known, or leads nowhere', name => {
    const remote = repository(name);
    const root = cloneOf(remote);
    const expected = { ref: `origin/${name}`, id: git(remote, 'rev-parse', 'HEAD') };
    git(root, 'remote', 'set-head', 'origin', '--delete');
    expect(targetOf(root)).toEqual(expected);
    git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    expect(targetOf(root)).toEqual(expected);
  });

  it('prefers main to master, and origin to other remotes', () => {
    const remote = repository('main');
    git(remote, 'branch', 'master');
    const root = cloneOf(remote);
    git(root, 'remote', 'set-head', 'origin', '--delete');
    git(root, 'remote', 'add', 'another', remote);
    git(root, 'fetch', '-q', 'another');
    expect(targetOf(root)).toMatchObject({ ref: 'origin/main' });
  });

  it('is that of the only remote, whatever its name', () => {
    const remote = repository('main');
    expect(targetOf(cloneOf(remote, '-o', 'upstream'))).toMatchObject({ ref: 'upstream/main' });
  });

  it('is the ref that is named, a tag or a commit too', () => {
    const remote = repository('main');
    const root = cloneOf(remote);
    git(root, 'tag', 'origin/main');
    expect(targetOf(root)).toEqual({ ref: 'origin/main', id: git(remote, 'rev-parse', 'HEAD') });
    expect(targetOf(root, 'HEAD')).toEqual({ ref: 'HEAD', id: git(root, 'rev-parse', 'HEAD') });
    expect(targetOf(root, 'nope')).toMatchObject({ wrong: expect.stringContaining('"nope"') });
    expect(targetOf(root, '--all')).toEqual({ wrong: '"--all" is no name of a commit.' });
  });

  it('says what to type where nothing was fetched yet', () => {
    const root = repository('main');
    git(root, 'remote', 'add', 'origin', repository('trunk'));
    const said = targetOf(root);
    if (!isWrong(said)) throw new Error('a branch was found');
    const [, typed = ''] = /Fetch it first: (.*); or name/.exec(said.wrong) ?? [];
    execFileSync('bash', ['-c', typed], { cwd: root, env: ENV, stdio: 'pipe' });
    expect(targetOf(root)).toMatchObject({ ref: 'origin/trunk' });
    expect(targetOf(root, 'HEAD')).toMatchObject({ ref: 'HEAD' });
  });

  it('says that there is no commit, and no repository', () => {
    const root = temporaryFolder();
    expect(targetOf(root)).toMatchObject({ wrong: expect.stringContaining('not in a git repository') });
    git(root, 'init', '-q');
    expect(targetOf(root)).toMatchObject({ wrong: expect.stringContaining('no commit yet') });
  });
});

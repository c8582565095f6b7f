import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFiles, findCommit, isWrong, listFiles, openRepository, readBlobs } from '../../src/host/git.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

const run = (folder: string, ...words: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always', ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      env: ENV,
      stdio: 'pipe',
    },
  );

function right<T extends object>(answer: T | { readonly wrong: string }): T {
  if (isWrong(answer)) throw new Error(answer.wrong);
  return answer as T;
}

const wrongOf = (answer: object): string => ('wrong' in answer ? String(answer.wrong) : 'nothing is wrong');

/** A repository with one commit; the root of the tests lies below its top. */
function repository(): string {
  const top = temporaryFolder();
  run(top, 'init', '-q', '-b', 'main');
  writeTree(top, {
    'team/out/live/a.yaml': 'a: 1\n',
    'team/out/live/ü b\nc.yaml': 'b: "ü"\n',
    'team/other.txt': 'x',
    'out/live/a.yaml': 'not ours\n',
  });
  symlinkSync('a.yaml', join(top, 'team/out/live/link.yaml'));
  run(top, 'add', '-A');
  run(top, 'commit', '-qm', 'start');
  return top;
}

describe('a repository whose top lies above', () => {
  it('lists and reads the files of a commit, whatever their names', () => {
    const root = join(repository(), 'team');
    const repo = right(openRepository(root));
    expect(repo).toEqual({ root, prefix: 'team/', isShallow: false });
    const files = right(listFiles(repo, right(findCommit(repo, 'main')), ['out/live', 'nowhere']));
    expect(files.map(({ path, kind, size }) => [path, kind, size])).toEqual([
      ['out/live/a.yaml', 'file', 5],
      ['out/live/link.yaml', 'link', 6],
      ['out/live/ü b\nc.yaml', 'file', 8],
    ]);
    const blobs = right(
      readBlobs(
        repo,
        [...files, ...files].map(({ blob }) => blob),
      ),
    );
    expect(files.map(({ blob }) => blobs.get(blob)?.toString('utf8'))).toEqual(['a: 1\n', 'a.yaml', 'b: "ü"\n']);
  });

  it('tells which files differ, those that git does not track too', () => {
    const top = repository();
    const root = join(top, 'team');
    const repo = right(openRepository(root));
    const base = right(findCommit(repo, 'HEAD'));
    const changed = () => right(changedFiles(repo, base, undefined, ['out']));
    expect(changed()).toEqual([]);
    writeFileSync(join(root, 'out/live/a.yaml'), 'a: 2\n');
    writeFileSync(join(root, '.gitignore'), 'ignored.yaml\n');
    writeFileSync(join(root, 'out/live/ignored.yaml'), '');
    writeFileSync(join(root, 'other.txt'), 'y');
    writeFileSync(join(top, 'out/live/a.yaml'), 'still not ours\n');
    rmSync(join(root, 'out/live/ü b\nc.yaml'));
    expect(changed()).toEqual(['out/live/a.yaml', 'out/live/ignored.yaml', 'out/live/ü b\nc.yaml']);
    run(top, 'add', '-A');
    run(top, 'commit', '-qm', 'next');
    const head = right(findCommit(repo, 'HEAD'));
    expect(right(changedFiles(repo, base, head, ['out']))).toEqual(['out/live/a.yaml', 'out/live/ü b\nc.yaml']);
  });

  it('says that a folder outside of the repository is in no commit', () => {
    const repo = right(openRepository(join(repository(), 'team')));
    const commit = right(findCommit(repo, 'HEAD'));
    for (const answer of [listFiles(repo, commit, ['../../x']), changedFiles(repo, commit, undefined, ['../../x'])])
      expect(wrongOf(answer)).toBe('"../../x" lies outside of the git repository, so no commit holds it.');
  });
});

describe('a ref', () => {
  it.each(['--output=/tmp/x', '-h', '', 'a\0b'])('%j is refused before git sees it', ref => {
    const repo = right(openRepository(repository()));
    expect(wrongOf(findCommit(repo, ref))).toContain('is no name of a commit');
  });

  it.each([
    ['origin/main', 'this repository has no remote; it knows "main".'],
    ['mian', 'this repository has no remote; it knows "main". Did you mean "main"?'],
    ['HEAD~7', '"HEAD~7" names no commit: HEAD is the first one.'],
    ['$(touch x)', 'this repository has no remote; it knows "main".'],
    ['HEAD:team', '"HEAD:team" is a folder of a commit, not a commit. Name the commit alone: HEAD'],
    ['HEAD:team/other.txt', '"HEAD:team/other.txt" is a file of a commit, not a commit. Name the commit alone: HEAD'],
    ['main:nowhere', '"main:nowhere" is a path of a commit, not a commit. Name the commit alone: main'],
    ['HEAD^{tree}', '"HEAD^{tree}" is a folder of a commit, not a commit. Name the commit alone: HEAD'],
  ])('%j that names no commit of a repository without remote is never fetched', (ref, end) => {
    const wrong = wrongOf(findCommit(right(openRepository(repository())), ref));
    expect(wrong.endsWith(end)).toBe(true);
    expect(wrong).not.toContain('etch');
  });

  it('too far back names the oldest commit; an empty repository has none', () => {
    const [top, empty] = [repository(), temporaryFolder()];
    run(top, 'commit', '-qm', 'second', '--allow-empty');
    const repo = right(openRepository(top));
    expect(wrongOf(findCommit(repo, 'main~50'))).toBe('"main~50" names no commit: the oldest one is "main~1".');
    expect(isWrong(findCommit(repo, 'main~1'))).toBe(false);
    run(empty, 'init', '-q');
    for (const ref of ['HEAD', 'HEAD~1', '@'])
      expect(wrongOf(findCommit(right(openRepository(empty)), ref))).toContain('the current branch has no commit yet');
    expect(wrongOf(findCommit(right(openRepository(empty)), 'main'))).toContain('has no remote and no commit yet');
  });

  it.each([
    ['origin/main', ['--depth', '1']],
    ['origin/main', ['--single-branch']],
    ['main', ['--depth', '1']],
    ['origin/main~1', ['--depth', '1']],
    ['HEAD~1', ['--depth', '1']],
    ['<id>', ['--depth', '1']],
  ])('%s is known after what its message says was typed, in a clone of another branch by %j', (name, how) => {
    const [top, folder] = [repository(), temporaryFolder()];
    run(top, 'branch', 'feat');
    run(top, 'commit', '-qm', 'second', '--allow-empty');
    const ref = name === '<id>' ? run(top, 'rev-parse', 'main').trim() : name;
    run(top, 'checkout', '-q', 'feat');
    run(top, 'commit', '-qm', 'third', '--allow-empty');
    run(folder, 'clone', '-q', ...how, '-b', 'feat', `file://${top}`, 'clone');
    const clone = join(folder, 'clone');
    const [, typed = '', , then = ref] =
      /Fetch it first: (git fetch .*?)(, then name (\S+))?$/.exec(
        wrongOf(findCommit(right(openRepository(clone)), ref)),
      ) ?? [];
    execFileSync('sh', ['-c', typed], { cwd: clone, env: ENV, stdio: 'pipe' });
    expect(wrongOf(findCommit(right(openRepository(clone)), then))).toBe('nothing is wrong');
    expect(wrongOf(findCommit(right(openRepository(clone)), 'origin/main')).includes('--unshallow')).toBe(false);
  });

  it('names a branch that the clone holds, and the remotes that there are', () => {
    const [top, folder] = [repository(), temporaryFolder()];
    run(top, 'branch', 'feat');
    run(folder, 'clone', '-q', '-o', 'github', `file://${top}`, 'clone');
    const repo = right(openRepository(join(folder, 'clone')));
    expect(wrongOf(findCommit(repo, 'feat'))).toBe(
      'the commit "feat" is not known: no branch or tag is called so here. Did you mean "github/feat"?',
    );
    expect(wrongOf(findCommit(repo, 'origin/elsewhere'))).toContain('is called "origin", only "github".');
  });

  it('of a shallow clone says that it is one', () => {
    const [top, folder] = [repository(), temporaryFolder()];
    run(top, 'commit', '-qm', 'second', '--allow-empty');
    run(folder, 'clone', '-q', '--depth', '1', `file://${top}`, 'clone');
    const repo = right(openRepository(join(folder, 'clone')));
    expect(repo.isShallow).toBe(true);
    expect(wrongOf(findCommit(repo, 'HEAD~1'))).toBe(
      'the commit "HEAD~1" is not known: this clone is shallow and holds only the newest commits. Fetch it first: git fetch --unshallow origin',
    );
  });
});

describe('a folder', () => {
  it('in no repository, or in a bare one, says so', () => {
    const folder = temporaryFolder();
    expect(wrongOf(openRepository(folder))).toContain('is not in a git repository');
    mkdirSync(join(folder, 'bare'));
    run(join(folder, 'bare'), 'init', '-q', '--bare');
    expect(wrongOf(openRepository(join(folder, 'bare')))).toContain('bare git repository');
  });

  it('leaves the index alone', () => {
    const top = repository();
    const before = execFileSync('stat', ['-c', '%Y%Z%i', join(top, '.git/index')], { encoding: 'utf8' });
    const repo = right(openRepository(top));
    right(changedFiles(repo, right(findCommit(repo, 'HEAD')), undefined, ['team']));
    expect(execFileSync('stat', ['-c', '%Y%Z%i', join(top, '.git/index')], { encoding: 'utf8' })).toBe(before);
  });
});

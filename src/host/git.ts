import { posix } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { type GitWrong, git, isWrong } from './run-git.ts';
import { remotesOf, unknownCommit } from './unknown-commit.ts';

export { type GitWrong, isWrong };

/** A git repository around a folder; all paths given and taken are relative to that folder, with forward slashes. */
export interface Repository {
  /** Absolute path of the folder. */
  readonly root: string;
  /** From the top of the repository to the folder: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Whether older commits were left out when it was cloned. */
  readonly isShallow: boolean;
}

/** A ref that was found, and the commit that it names. */
export interface Commit {
  readonly ref: string;
  /** Full object name. */
  readonly id: string;
}

/** A file of a commit. */
export interface GitFile {
  readonly path: string;
  /** Object name of its content. */
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
  /** `link`: a symbolic link, whose content is the path that it leads to. */
  readonly kind: 'file' | 'link';
}

/** Finds the repository that a folder lies in. */
export function openRepository(root: string): Repository | GitWrong {
  const said = git(root, ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-prefix']);
  if (isWrong(said)) return said;
  const [inside, shallow, ...prefix] = said.text.replace(/\n$/, '').split('\n');
  if (inside !== 'true')
    return { wrong: `${quote(root)} lies in a bare git repository; start in a checkout of it, or use -C.` };
  return { root, prefix: prefix.join('\n'), isShallow: shallow === 'true' };
}

/** Finds the commit of a branch, tag or other name. */
export function findCommit({ root, isShallow }: Repository, ref: string): Commit | GitWrong {
  if (ref === '' || ref.startsWith('-') || ref.includes('\0'))
    return { wrong: `${quote(ref)} is no name of a commit.` };
  const said = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!isWrong(said)) return { ref, id: said.text.trim() };
  return { wrong: unknownCommit(root, isShallow, ref) };
}

/** Every file of a commit below these folders; one that it lacks holds none. */
export function listFiles(
  repository: Repository,
  commit: Commit,
  folders: readonly string[],
): readonly GitFile[] | GitWrong {
  const below = folders.map(folder => fromTop(repository, folder));
  const outside = below.indexOf(undefined);
  if (outside >= 0) return outsideOf(folders[outside]!);
  const said = git(repository.root, [
    'ls-tree',
    '-r',
    '-z',
    '-l',
    '--full-tree',
    commit.id,
    '--',
    ...below.map(String),
  ]);
  if (isWrong(said)) return said;
  return entriesOf(said.text).flatMap((entry): readonly GitFile[] => {
    // <mode> SP <type> SP <object> SP <size> TAB <path>: https://git-scm.com/docs/git-ls-tree#_output_format
    const [, mode, type, blob = '', size, path = ''] = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(entry) ?? [];
    if (type !== 'blob') return [];
    const kind = mode === '120000' ? 'link' : 'file';
    return [{ path: fromRoot(repository, path), blob, size: Number(size), kind }];
  });
}

/** Paths of every file of a commit, anywhere in the repository. */
export function listPaths(repository: Repository, { id }: Commit): readonly string[] | GitWrong {
  const said = git(repository.root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', id]);
  if (isWrong(said)) return said;
  const { prefix } = repository;
  return entriesOf(said.text).map(path => posix.relative(prefix, path));
}

/** Contents by object name, each read once; all that are asked for exist in the repository. */
export function readBlobs({ root }: Repository, blobs: readonly string[]): ReadonlyMap<string, Buffer> | GitWrong {
  const wanted = [...new Set(blobs)];
  if (wanted.length === 0) return new Map();
  const said = git(root, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  if (isWrong(said)) return said;
  const found = new Map<string, Buffer>();
  for (let at = 0; at < said.bytes.length; ) {
    const end = said.bytes.indexOf(0x0a, at);
    const [blob = '', type, size] = said.bytes.toString('latin1', at, end).split(' ');
    if (type !== 'blob')
      return { wrong: `the object ${quote(blob)} of this repository cannot be read: ${type ?? 'no answer'}.` };
    const start = end + 1;
    found.set(blob, said.bytes.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return found;
}

/** Files below folders that differ between a commit and another one, or, where `head` is absent, the files on disk. */
export function changedFiles(
  repository: Repository,
  base: Commit,
  head: Commit | undefined,
  folders: readonly string[],
): readonly string[] | GitWrong {
  const below = folders.map(folder => fromTop(repository, folder));
  const outside = below.indexOf(undefined);
  if (outside >= 0) return outsideOf(folders[outside]!);
  const where = ['--', ...below.map(path => `:(top,literal)${path}`)];
  const { root } = repository;
  const commits = [base.id, ...(head === undefined ? [] : [head.id])];
  const differ = git(root, ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', ...commits, ...where]);
  if (isWrong(differ)) return differ;
  // Files that git does not track, ignored or not, are on disk all the same.
  const others = head === undefined ? git(root, ['ls-files', '--others', '-z', '--full-name', ...where]) : { text: '' };
  if (isWrong(others)) return others;
  const paths = [...entriesOf(differ.text), ...entriesOf(others.text)];
  return [...new Set(paths)].map(path => fromRoot(repository, path)).sort();
}

/** How many files on disk below a folder git does not track, ignored or not. */
export function countUntracked(repository: Repository, folder: string): number {
  const top = fromTop(repository, folder);
  if (top === undefined) return 0;
  const said = git(repository.root, ['ls-files', '--others', '-z', '--full-name', '--', `:(top,literal)${top}`]);
  return isWrong(said) ? 0 : entriesOf(said.text).length;
}

const entriesOf = (text: string): readonly string[] => text.split('\0').filter(entry => entry !== '');

/** A path of the folder as the top of the repository sees it; undefined where it leads out. */
export function fromTop({ prefix }: Repository, path: string): string | undefined {
  const joined = posix.normalize(`${prefix}${path}`).replace(/\/$/, '');
  return joined === '..' || joined.startsWith('../') || joined === '.' ? undefined : joined;
}

/** A path of the repository as the folder sees it. */
export const fromRoot = ({ prefix }: Repository, path: string): string =>
  path.startsWith(prefix) ? path.slice(prefix.length) : posix.relative(prefix, path);

export const outsideOf = (folder: string): GitWrong => ({
  wrong: `${quote(folder)} lies outside of the git repository, so no commit holds it.`,
});

/** The newest commit that both have in their history. */
export function mergeBase({ root, isShallow }: Repository, one: Commit, other: Commit): Commit | GitWrong {
  const said = git(root, ['merge-base', one.id, other.id]);
  if (!isWrong(said)) return { ref: other.ref, id: said.text.trim() };
  const canFetch = isShallow && remotesOf(root).length > 0;
  const fetch = canFetch ? ': this clone is shallow. Fetch the rest first: git fetch --unshallow' : '.';
  return { wrong: `no commit is known that ${one.ref} and ${other.ref} both come from${fetch}` };
}

/** A path that differs between a commit and the files on disk, anywhere in the repository. */
export interface ChangedPath {
  /** Relative to the root as all paths are; it may lead out of it. */
  readonly path: string;
  /** `other`: a file has become a link, or the like. */
  readonly change: 'added' | 'deleted' | 'modified' | 'other';
}

/** Every path of the whole repository that differs; files that git ignores are left out. */
export function changedPaths(repository: Repository, base: Commit): readonly ChangedPath[] | GitWrong {
  const { root, prefix } = repository;
  const differ = git(root, ['diff', '--name-status', '-z', '--no-renames', '--no-ext-diff', base.id]);
  if (isWrong(differ)) return differ;
  const others = git(root, ['ls-files', '--others', '--exclude-standard', '-z', '--full-name', ':/']);
  if (isWrong(others)) return others;
  const words = entriesOf(differ.text);
  const found = words.flatMap((status, i): readonly ChangedPath[] =>
    i % 2 === 0 ? [{ path: words[i + 1] ?? '', change: CHANGES[status] ?? 'other' }] : [],
  );
  const all = [...found, ...entriesOf(others.text).map((path): ChangedPath => ({ path, change: 'added' }))];
  return all.map(({ path, change }) => ({ path: posix.relative(prefix, path), change }));
}

/** https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---diff-filter */
const CHANGES: { readonly [status: string]: ChangedPath['change'] } = { A: 'added', D: 'deleted', M: 'modified' };

/** Text of a file of a commit; undefined: there is none that may be read. */
export function textInCommit(repository: Repository, commit: Commit, path: string): string | undefined {
  const files = listFiles(repository, commit, [path]);
  const [file] = isWrong(files) ? [] : files;
  if (file === undefined || file.kind !== 'file') return undefined;
  const texts = readBlobs(repository, [file.blob]);
  return isWrong(texts) ? undefined : texts.get(file.blob)?.toString('utf8');
}

import { posix } from 'node:path';
import { type Commit, fromRoot, fromTop, type GitWrong, isWrong, outsideOf, type Repository } from './git.ts';
import { git } from './run-git.ts';

/** What a commit made of a file, against its first parent. */
export interface LoggedFile {
  /** Full object name, and the time of the commit in milliseconds since 1970. */
  readonly commit: string;
  readonly time: number;
  readonly path: string;
  /** Object name of the content; absent: the file was deleted. */
  readonly blob?: string;
}

/** Above so many files all of their name are asked for: a command line has an end. */
const MOST_PATHS = 200;

/** Every change of these files, which all have one name in folders of their own, along the first parents of a commit, newest first. */
export function logRaw(
  repository: Repository,
  head: Commit,
  paths: readonly string[],
): readonly LoggedFile[] | GitWrong {
  const below = paths.map(path => fromTop(repository, path));
  const outside = below.indexOf(undefined);
  if (outside >= 0) return outsideOf(paths[outside]!);
  if (paths.length === 0) return [];
  const where =
    paths.length > MOST_PATHS
      ? [`:(top,glob)${sharedFolder(below.map(String)).replace(/[\\*?[\]]/g, '\\$&')}**/${posix.basename(paths[0]!)}`]
      : below.map(path => `:(top,literal)${path}`);
  const said = git(repository.root, [
    ...['log', '--first-parent', '-m', '--raw', '-z', '--no-renames', '--no-abbrev', '--root', '--no-show-signature'],
    ...['--format=%x01%H %ct', head.id, '--', ...where],
  ]);
  if (isWrong(said)) return said;
  return said.text.split('\x01').flatMap(commit => loggedIn(repository, commit));
}

/** The deepest folder that holds all of these paths: empty, or with a slash at its end. */
function sharedFolder([first = '', ...others]: readonly string[]): string {
  const parts = first.split('/').slice(0, -1);
  const folders = parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`);
  return folders.findLast(folder => others.every(path => path.startsWith(folder))) ?? '';
}

/** One commit of `git log --raw -z`: https://git-scm.com/docs/git-diff#_raw_output_format */
function loggedIn(repository: Repository, text: string): readonly LoggedFile[] {
  const [, commit, seconds, rest = ''] = /^([0-9a-f]+) (\d+)(.*)$/s.exec(text) ?? [];
  if (commit === undefined) return [];
  return [...rest.matchAll(/:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0/g)].map(
    ([, blob = '', path = '']): LoggedFile => ({
      ...{ commit, time: Number(seconds) * 1000, path: fromRoot(repository, path) },
      ...(/^0+$/.test(blob) ? {} : { blob }),
    }),
  );
}

/** When a folder last changed along the first parents of a commit, in milliseconds since 1970; undefined: never, or nobody can tell. */
export function lastChangeOf(repository: Repository, { id }: Commit, folder: string): number | undefined {
  const below = fromTop(repository, folder);
  if (below === undefined) return undefined;
  const words = [
    'log',
    '-1',
    '--first-parent',
    '--no-show-signature',
    '--format=%ct',
    id,
    '--',
    `:(top,literal)${below}`,
  ];
  const said = git(repository.root, words);
  return isWrong(said) || said.text.trim() === '' ? undefined : Number(said.text) * 1000;
}

import { list, nearest, quote } from '../diagnostics/wording.ts';
import { shellWord } from '../layout/shell-word.ts';
import { git, isWrong } from './run-git.ts';

/** Why a name leads to no commit, and what to type instead; a fetch only where there is a remote and it can help. */
export function unknownCommit(root: string, isShallow: boolean, ref: string): string {
  const [, start = ref, rest = ''] = /^(.*?)((?:[~^:]|@\{).*)$/s.exec(ref) ?? [];
  const name = start === '' || start === '@' ? 'HEAD' : start;
  const object = type(root, ref);
  if (isCommit(root, name)) {
    if (rest.startsWith(':') || object !== undefined) return notACommit(ref, name, object);
    return rest === '' ? `${quote(ref)} names no commit.` : tooFarBack(root, isShallow, ref, name);
  }
  if (object !== undefined) return notACommit(ref, undefined, object);
  if (name === 'HEAD') return `${quote(ref)} names no commit: the current branch has no commit yet. Commit first.`;
  return `the commit ${quote(ref)} is not known: ${unknownName(root, isShallow, name)}`;
}

/** The remotes of a repository by name. */
export const remotesOf = (root: string): readonly string[] => linesOf(root, ['remote']);

const linesOf = (root: string, words: readonly string[]): readonly string[] => {
  const said = git(root, words);
  return isWrong(said) ? [] : said.text.split('\n').filter(line => line !== '');
};

const isCommit = (root: string, ref: string): boolean =>
  linesOf(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).length > 0;

/** `tree`, `blob`, `tag` or `commit`; undefined where nothing is called so. */
const type = (root: string, ref: string): string | undefined => {
  const [id] = linesOf(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
  return id === undefined ? undefined : linesOf(root, ['cat-file', '-t', id])[0];
};

function notACommit(ref: string, name: string | undefined, object: string | undefined): string {
  const what = object === 'tree' ? 'a folder' : object === 'blob' ? 'a file' : 'a path';
  const fix = name === undefined ? 'Name a branch, a tag or a commit.' : `Name the commit alone: ${shellWord(name)}`;
  return `${quote(ref)} is ${what} of a commit, not a commit. ${fix}`;
}

function tooFarBack(root: string, isShallow: boolean, ref: string, name: string): string {
  const remote = preferred(remotesOf(root));
  if (isShallow && remote !== undefined)
    return `the commit ${quote(ref)} is not known: this clone is shallow and holds only the newest commits. Fetch it first: git fetch --unshallow ${shellWord(remote)}`;
  const before = Number(linesOf(root, ['rev-list', '--count', '--first-parent', name])[0] ?? '1') - 1;
  const oldest = before === 0 ? `${name} is the first one` : `the oldest one is ${quote(`${name}~${before}`)}`;
  return `${quote(ref)} names no commit: ${isShallow ? 'of those that this shallow clone holds, ' : ''}${oldest}.`;
}

const preferred = (remotes: readonly string[]): string | undefined =>
  remotes.includes('origin') ? 'origin' : remotes[0];

function unknownName(root: string, isShallow: boolean, name: string): string {
  const remotes = remotesOf(root);
  const known = linesOf(root, ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags']);
  const near = remotes.map(remote => `${remote}/${name}`).find(one => known.includes(one)) ?? nearest(name, known);
  const meant = near === undefined ? '' : ` Did you mean ${quote(near)}?`;
  const remote = remotes.find(one => name.startsWith(`${one}/`)) ?? preferred(remotes);
  if (remote === undefined) return `this repository has no remote${sample(known)}.${meant}`;
  const [, absent] = /^(origin|upstream)\//.exec(name) ?? [];
  if (absent !== undefined && !remotes.includes(absent))
    return `no remote of this repository is called ${quote(absent)}, only ${list(remotes)}.${meant}`;
  if (meant !== '' && known.includes(`${remote}/${name}`)) return `no branch or tag is called so here.${meant}`;
  if (!/^[\w./-]+$/.test(name)) return `no branch or tag is called so${sample(known)}.${meant}`;
  return `${isShallow ? 'this clone is shallow and' : 'this repository'} does not hold it.${meant} Fetch it first: ${fetchOf(remote, isShallow, name)}`;
}

/** A refspec with both sides: a clone of one branch follows no other one, so nothing else would give the branch a name. */
function fetchOf(remote: string, isShallow: boolean, name: string): string {
  const fetch = `git fetch ${isShallow ? '--unshallow ' : ''}${shellWord(remote)}`;
  const isId = /^[0-9a-f]{7,64}$/.test(name);
  if (isId) return `${fetch} ${shellWord(`+refs/heads/*:refs/remotes/${remote}/*`)}`;
  const isTracked = name.startsWith(`${remote}/`);
  const branch = isTracked ? name.slice(remote.length + 1) : name;
  const command = `${fetch} ${shellWord(`${branch}:refs/remotes/${remote}/${branch}`)}`;
  return isTracked ? command : `${command}, then name ${shellWord(`${remote}/${branch}`)}`;
}

/** A few of the branches and tags that are there. */
const sample = (known: readonly string[]): string =>
  known.length === 0
    ? ' and no commit yet'
    : `; it knows ${list(known.slice(0, 5))}${known.length > 5 ? ' and more' : ''}`;

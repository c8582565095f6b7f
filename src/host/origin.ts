import { isWrong, type Repository } from './git.ts';
import { git } from './run-git.ts';

/** Where a repository came from, as far as git knows it. */
export interface Origin {
  /** Address of the remote called origin, as it was written down. */
  readonly url?: string;
  /** The branch that everybody starts from. */
  readonly branch?: string;
}

/** Asks git; nothing is fetched. */
export function originOf({ root }: Repository): Origin {
  const url = answer(root, ['config', '--get', 'remote.origin.url']);
  const branch = branchOf(root);
  return { ...(url === undefined ? {} : { url }), ...(branch === undefined ? {} : { branch }) };
}

/** What origin/HEAD names, else origin/main or origin/master, else the current branch; undefined where HEAD is detached. */
function branchOf(root: string): string | undefined {
  const head = answer(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (head !== undefined) return head.replace(/^origin\//, '');
  const isThere = (branch: string) =>
    answer(root, ['rev-parse', '--verify', '--quiet', `refs/remotes/origin/${branch}`]) !== undefined;
  return ['main', 'master'].find(isThere) ?? answer(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
}

function answer(root: string, words: readonly string[]): string | undefined {
  const said = git(root, words);
  const text = isWrong(said) ? '' : said.text.replace(/\n$/, '');
  return text === '' ? undefined : text;
}

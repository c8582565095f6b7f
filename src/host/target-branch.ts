import { quote } from '../diagnostics/wording.ts';
import { shellWord } from '../layout/shell-word.ts';
import { type Commit, findCommit, type GitWrong, isWrong, type Repository } from './git.ts';
import { git } from './run-git.ts';
import { remotesOf } from './unknown-commit.ts';

/**
 * The newest commit of the branch from which agents sync: the one that is named, else the default branch of the remote (`origin`, where there is one), else,
 * without any remote, HEAD. Nothing is fetched.
 */
export function findTarget(repository: Repository, ref?: string): Commit | GitWrong {
  if (ref !== undefined) return findCommit(repository, ref);
  const remotes = remotesOf(repository.root);
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  return remote === undefined ? findCommit(repository, 'HEAD') : defaultBranch(repository, remote);
}

/** What a remote's HEAD names, as `git clone` and `git remote set-head` leave it, else `main`, else `master`. */
function defaultBranch({ root }: Repository, remote: string): Commit | GitWrong {
  const wanted = ['HEAD', 'main', 'master'].map(name => `refs/remotes/${remote}/${name}`);
  const said = git(root, ['for-each-ref', '--format=%(refname)%00%(symref)%00%(objectname)', ...wanted]);
  if (isWrong(said)) return said;
  const known = new Map(
    said.text.split('\n').map(line => {
      const [name = '', leadsTo = '', id = ''] = line.split('\0');
      return [name, { ref: (leadsTo || name).replace(/^refs\/remotes\//, ''), id }] as const;
    }),
  );
  const found = wanted.flatMap(name => known.get(name) ?? [])[0];
  return found ?? { wrong: noBranchOf(remote) };
}

const noBranchOf = (remote: string): string =>
  `the default branch of the remote ${quote(remote)} is not known here. Fetch it first: git fetch ${shellWord(remote)} && git remote set-head ${shellWord(remote)} --auto; or name a branch: --target HEAD`;

import { type GitWrong, isWrong, type Repository } from './git.ts';
import { git } from './run-git.ts';

/** Who made a commit, and what its first line says. */
export interface CommitNote {
  readonly author: string;
  readonly subject: string;
}

/** Notes on commits by their full object names, each of which exists. */
export function readCommitNotes(
  { root }: Repository,
  commits: readonly string[],
): ReadonlyMap<string, CommitNote> | GitWrong {
  if (commits.length === 0) return new Map();
  const words = ['log', '--no-walk=unsorted', '--stdin', '-z', '--no-show-signature', '--format=%H%x01%an%x01%s'];
  const said = git(root, words, `${[...new Set(commits)].join('\n')}\n`);
  if (isWrong(said)) return said;
  return new Map(
    said.text.split('\0').map(text => {
      const [commit = '', author = '', ...subject] = text.split('\x01');
      return [commit, { author, subject: subject.join('\x01') }] as const;
    }),
  );
}

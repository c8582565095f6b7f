import { Option } from 'commander';

/** What is to become of the changed files in git, as typed. */
export interface CommitFlags {
  readonly commit?: boolean;
  readonly branch?: string;
  readonly push?: boolean;
}

/** What is to become of the changed files in git. */
export interface CommitWish {
  /** Whether they are committed; else the message is only printed. */
  readonly commit: boolean;
  /** A new branch to commit on; absent: the one that is checked out. */
  readonly branch?: string;
  readonly push: boolean;
}

/** The options of every command that changes a Rollout. */
export const commitOptions = (): readonly Option[] => [
  new Option('--commit', 'commit what changed; hooks run and signing is heeded (default: print the message)'),
  new Option('--branch <name>', 'commit on a new branch of this name (implies --commit)'),
  new Option('--push', 'push the commit (implies --commit); where somebody else was faster nothing is pushed'),
];

/** What these options ask for. */
export const commitWish = ({ commit = false, branch, push = false }: CommitFlags): CommitWish => ({
  commit: commit || branch !== undefined || push,
  ...(branch === undefined ? {} : { branch }),
  push,
});

import { Option } from 'commander';
import type { CheckRequest } from './check-request.ts';

/** The options of `check`, as typed. */
export interface CheckFlags {
  readonly base?: string;
  readonly promotionOnly?: boolean;
  readonly unobserved?: boolean;
  readonly allowDeletion: readonly string[];
}

/** What can be typed behind `check`. */
export const checkOptions = (): readonly Option[] => [
  new Option('--base <ref>', "the commit to start from (default: where HEAD left the remote's default branch)"),
  new Option('--promotion-only', 'fail where anything but steps, and what follows from them, differs'),
  new Option('--unobserved', 'fail where the hop is safe only after the commit before was applied whole'),
  new Option(
    '--allow-deletion <directory>',
    'a Rollout that may be deleted while it serves: environment/namespace/name; may be repeated',
  )
    .default([], 'none')
    .argParser((directory: string, others: readonly string[]) => [...others, directory]),
];

/** What these options ask for. */
export const checkRequest = ({ base, ...flags }: CheckFlags, paths: readonly string[]): CheckRequest => ({
  ...{ paths, promotionOnly: false, unobserved: false, ...flags },
  ...(base === undefined ? {} : { base }),
});

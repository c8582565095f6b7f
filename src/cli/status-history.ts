import { type Commit, isWrong, openRepository, type Repository } from '../host/git.ts';
import { type Since, sinceWhen } from '../host/step-history.ts';
import { findTarget } from '../host/target-branch.ts';
import type { StoodSince } from '../review/standing.ts';
import { readTape, type Tape, type Untold } from '../review/tape.ts';

/** A Rollout in one environment, as it lies on disk. */
export interface OnDisk {
  readonly directory: string;
  readonly tape: Tape | Untold;
}

/** What git tells of the steps on disk. */
export interface StepHistory {
  /** In the order of what was asked. */
  readonly since: readonly StoodSince[];
  /** Absent: there is none around the folder. */
  readonly repository?: Repository;
  /** Why nobody knows since when; absent: it is known. */
  readonly unknown?: string;
}

/** Since when each step stands on the target branch, or why `target`, which the user named, is none. */
export function readStepHistory(
  all: readonly OnDisk[],
  { root, outBelowRoot, target }: { readonly root: string; readonly outBelowRoot: string; readonly target?: string },
): StepHistory | { readonly wrong: string } {
  const unknown = all.map((): StoodSince => ({ kind: 'unknown' }));
  const repository = openRepository(root);
  if (isWrong(repository)) return target === undefined ? { since: unknown, unknown: repository.wrong } : repository;
  const commit = findTarget(repository, target);
  if (isWrong(commit)) return target === undefined ? { since: unknown, repository, unknown: commit.wrong } : commit;
  if (repository.isShallow) return { since: unknown, repository, unknown: SHALLOW };
  const told = all.flatMap(({ directory, tape }) => ('untold' in tape ? [] : [{ directory, step: tape.step }]));
  const requests = told.map(({ directory, step }) => ({
    directory,
    holds: (facts: { readonly step?: string }) => facts.step === step,
  }));
  const found = sinceWhen(repository, commit, outBelowRoot, requests);
  if (isWrong(found)) return { since: unknown, repository, unknown: found.wrong };
  const byDirectory = new Map(told.map(({ directory }, index) => [directory, stoodSince(found[index]!, commit)]));
  return { repository, since: all.map(({ directory }) => byDirectory.get(directory) ?? { kind: 'unknown' }) };
}

const SHALLOW = 'this clone is shallow and holds only the newest commits. Fetch the rest: git fetch --unshallow';

function stoodSince(since: Since, { ref }: Commit): StoodSince {
  switch (since.kind) {
    case 'since':
      return { ...since, target: ref };
    case 'never':
      return {
        kind: 'pending',
        target: ref,
        ...(since.newest?.step === undefined ? {} : { there: since.newest.step }),
      };
    case 'unknown':
      return since;
    default:
      return since satisfies never;
  }
}

/** What a plan.json on disk says. */
export const onDisk = (directory: string, plan: string | undefined): OnDisk => ({
  directory,
  tape: readTape(directory, plan),
});

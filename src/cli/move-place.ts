import { fleetOf } from '../compile.ts';
import { readFleetFile } from '../host/compiler.ts';
import { findCommit, isWrong, openRepository } from '../host/git.ts';
import { openOut } from '../host/out-folder.ts';
import { findTarget } from '../host/target-branch.ts';
import { outBelowRoot } from './check-request.ts';
import type { MovePlace } from './move.ts';
import type { Settings } from './settings.ts';

/** Looks where a command runs that moves Rollouts; a text says what is missing. */
export function movePlace(settings: Settings, targetRef: string | undefined, now: number): MovePlace | string {
  const repository = openRepository(settings.root);
  if (isWrong(repository)) return repository.wrong;
  const head = findCommit(repository, 'HEAD');
  if (isWrong(head)) return 'nothing is committed yet: commit the Rollouts and the output folder first.';
  const target = findTarget(repository, targetRef);
  if (isWrong(target)) return target.wrong;
  const file = readFleetFile(settings.root);
  const fleet = file !== undefined && 'text' in file ? fleetOf(file).fleet : undefined;
  return {
    ...{ settings, repository, head, target, now },
    ...{ out: openOut(settings.root, settings.outName), name: outBelowRoot(settings) },
    ...(fleet === undefined ? {} : { fleet }),
  };
}

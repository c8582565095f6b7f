import { textInCommit } from '../host/git.ts';
import { describeCommit, isAncestor } from '../host/git-write.ts';
import type { Standing } from '../host/standings.ts';
import { planFacts } from '../plan-facts.ts';
import { moved } from '../review/move-messages.ts';
import type { MovePlace } from './move.ts';
import type { Obstacle } from './move-obstacles.ts';

/** Whether the branch from which agents sync has a Rollout in another step than this checkout. */
export function movedMeanwhile({ directory }: Standing, place: MovePlace): readonly Obstacle[] {
  const { repository, head, target, name } = place;
  // What only this checkout has is not there yet, which is another matter.
  if (head.id === target.id || isAncestor(repository, target, head)) return [];
  const file = `${name}/plan/${directory}/plan.json`;
  const [here, there] = [head, target].map(commit => planFacts(directory, textInCommit(repository, commit, file)).step);
  // What the target branch does not hold yet cannot have moved there.
  if (there === undefined || here === undefined || there === here) return [];
  const by = describeCommit(repository, target, [file]);
  return [{ refusal: 'moved', finding: moved({ path: [] }, { directory, target: target.ref, here, there, by }) }];
}

import { isWrong, listFiles, readBlobs } from '../host/git.ts';
import { describeCommit } from '../host/git-write.ts';
import type { Standing } from '../host/standings.ts';
import { planFacts } from '../plan-facts.ts';
import { moved } from '../review/move-messages.ts';
import type { MovePlace } from './move.ts';
import type { Obstacle } from './move-obstacles.ts';

/** Whether the branch from which agents sync has a Rollout in another step than this checkout. */
export function movedMeanwhile({ directory }: Standing, place: MovePlace): readonly Obstacle[] {
  const { repository, head, target, name } = place;
  if (head.id === target.id) return [];
  const file = `${name}/plan/${directory}/plan.json`;
  const [here, there] = [head, target].map(commit => {
    const files = listFiles(repository, commit, [file]);
    const [found] = isWrong(files) ? [] : files;
    const texts = found === undefined ? undefined : readBlobs(repository, [found.blob]);
    if (found === undefined || texts === undefined || isWrong(texts)) return undefined;
    return planFacts(directory, texts.get(found.blob)?.toString('utf8')).step;
  });
  // What the target branch does not hold yet cannot have moved there.
  if (there === undefined || here === undefined || there === here) return [];
  const by = describeCommit(repository, target, [file]);
  return [{ refusal: 'moved', finding: moved({ path: [] }, { directory, target: target.ref, here, there, by }) }];
}

import { type PlanFacts, planFacts } from '../plan-facts.ts';
import { readPlanText } from './committed-plan.ts';
import { outOnDisk } from './compiled-out.ts';
import type { OutFolder } from './out-folder.ts';

/** A Rollout in one environment, as its plan.json on disk tells of it. */
export interface Standing {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  readonly facts: PlanFacts;
  /** Text of the plan.json; absent: there is none. */
  readonly plan?: string;
}

/** Every Rollout of the output folder, sorted by directory; `isWanted` looks at the directory before its plan is read. */
export function standingsIn(
  out: OutFolder,
  isWanted: (directory: string) => boolean = () => true,
): readonly Standing[] {
  return outOnDisk(out)
    .directories()
    .filter(isWanted)
    .map(directory => {
      const plan = readPlanText(out, directory);
      return { directory, facts: planFacts(directory, plan), ...(plan === undefined ? {} : { plan }) };
    });
}

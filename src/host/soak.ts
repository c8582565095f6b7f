import { quote } from '../diagnostics/wording.ts';
import { hasReached, type SoakRequest, type SoakVerdict, soakOf, untold } from '../gate/soak.ts';
import { type PlanRecord, planRecord } from '../plan-record.ts';
import { outInCommit } from './compiled-out.ts';
import { type Commit, type GitWrong, isWrong, type Repository } from './git.ts';
import { sinceWhen } from './step-history.ts';

/** Where the earlier environment is looked up. */
export interface Branch {
  readonly repository: Repository;
  /** The head of the target branch. */
  readonly target: Commit;
  /** The output folder, relative to the root. */
  readonly outName: string;
}

/** Asks the first parents of the target branch what an earlier environment has shown; `now` in milliseconds since 1970. */
export function askSoak({ promotion, here, to }: Omit<SoakRequest, 'there'>, branch: Branch, now: number): SoakVerdict {
  const { after } = promotion;
  const { repository, target, outName } = branch;
  const earlier = earlierPlan(here, after, branch);
  if (isWrong(earlier)) return untold(after, 'git', withoutStop(earlier.wrong));
  const name = quote(here.rollout);
  if (earlier.length !== 1) {
    const many = earlier.length === 0 ? 'no plan' : 'plans of several Rollouts';
    const where = `${outName}/plan/${after} in ${target.ref}`;
    return untold(after, 'no-plan', `${where} holds ${many} ${earlier.length === 0 ? 'of' : 'called'} ${name}`);
  }
  const [{ directory, record: there }] = earlier as readonly [Earlier];
  const request = { promotion, here, to, there };
  const answers = sinceWhen(repository, target, outName, [{ directory, holds: hasReached(request) }]);
  return isWrong(answers) ? untold(after, 'git', withoutStop(answers.wrong)) : soakOf(request, answers[0]!, now);
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

interface Earlier {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  readonly record: PlanRecord;
}

/** The plans of the same Rollout in an environment: of the same file, else in the same namespace, else all of its name. */
function earlierPlan(
  here: PlanRecord,
  after: string,
  { repository, target, outName }: Branch,
): readonly Earlier[] | GitWrong {
  const out = outInCommit(repository, target, outName);
  if (isWrong(out)) return out;
  const named = out.directories().filter(directory => {
    const [environment, , rollout] = directory.split('/');
    return environment === after && rollout === here.rollout;
  });
  const read = out.read(named);
  if (isWrong(read)) return read;
  const plans = named.flatMap((directory): readonly Earlier[] => {
    const plan = read.get(directory)?.plan;
    return plan === undefined ? [] : [{ directory, record: planRecord(directory, plan) }];
  });
  const ofFile = plans.filter(({ record }) => record.source !== undefined && record.source === here.source);
  const besides = plans.filter(({ record }) => record.namespace === here.namespace);
  return [ofFile, besides].find(({ length }) => length === 1) ?? plans;
}

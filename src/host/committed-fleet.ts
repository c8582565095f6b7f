import { join } from 'node:path';
import { byPlace, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import {
  type CommittedPlan,
  planPathOf,
  readCommittedPlan,
  type UnreadablePlan,
  withLeftovers,
} from './committed-plan.ts';
import { planUnreadable } from './messages.ts';
import { isPlainPath, type OutFolder } from './out-folder.ts';
import { statOf } from './system-error.ts';

/** Every Rollout that has a place in out/, by directory. */
export interface CommittedFleet {
  readonly plans: ReadonlyMap<string, CommittedPlan>;
  readonly unreadable: ReadonlyMap<string, UnreadablePlan>;
}

/** Reads the plan.json of every directory, except those whose content is known because it did not change. */
export function readCommittedFleet(out: OutFolder, unchanged: ReadonlyMap<string, CommittedPlan>): CommittedFleet {
  const plans = new Map<string, CommittedPlan>();
  const unreadable = new Map<string, UnreadablePlan>();
  for (const directory of directoriesOf(out)) {
    const known = unchanged.get(directory);
    const found = known === undefined ? readCommittedPlan(out, directory) : completed(out, known);
    if (found === undefined) continue;
    if ('reason' in found) unreadable.set(directory, found);
    else plans.set(directory, found);
  }
  return { plans, unreadable };
}

const completed = (out: OutFolder, plan: CommittedPlan): CommittedPlan | undefined =>
  plan.alone === true ? plan : withLeftovers(out, plan.directory, plan);

/** One warning for each plan.json that could not be read. */
export const warnUnreadable = (out: OutFolder, fleet: CommittedFleet): readonly Diagnostic[] =>
  [...fleet.unreadable.values()]
    .map(({ directory, reason }) =>
      wholeFile(planUnreadable({ path: [] }, { reason }), `${out.name}/${planPathOf(directory)}`),
    )
    .sort(byPlace);

/** Whether a Rollout file is still there, in whatever state. */
export const sourceExists = (root: string, source: string): boolean =>
  isPlainPath(source) && statOf(join(root, source)) !== undefined;

/** `<environment>/<namespace>/<rollout>` of every folder below plan/. */
function directoriesOf(out: OutFolder): readonly string[] {
  let level = ['plan'];
  for (let depth = 0; depth < 3; depth++) level = level.flatMap(folder => foldersIn(out, folder));
  return level.map(folder => folder.slice('plan/'.length));
}

function foldersIn(out: OutFolder, path: string): readonly string[] {
  const folder = out.list(path);
  if (folder.kind !== 'folder') return [];
  return [...folder.entries]
    .filter(([, kind]) => kind === 'folder')
    .map(([name]) => `${path}/${name}`)
    .sort();
}

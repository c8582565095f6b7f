import { type CrewAnswer, type CrewTask, errorOf, startWorker, takePart } from './draft-crew.ts';
import type { Drafted, DraftRequest } from './draft-source.ts';
import type { Look } from './look.ts';
import { nameOf, type OutFolder, openOut, parentOf } from './out-folder.ts';
import { filesBelow } from './survey-out.ts';
import { isOwnTemp } from './temp-file.ts';
import { operate } from './write-out.ts';

/** How many threads draft a fleet. */
export interface Crew {
  /** Path of the shipped file, which workers run. */
  readonly self: string;
  /** Absent: one. Each more costs its own start, a warm-up of about a quarter of the work, and 100 MB. */
  readonly jobs?: number;
  /** Where compiled code is kept; absent: nowhere. */
  readonly cache?: string;
}

/** Drafts files, in their order, on this thread and on as many others as were asked for. Where one fails, nothing stays staged. */
export async function draftFleet(
  looks: readonly Look[],
  request: DraftRequest,
  out: OutFolder,
  crew: Crew | undefined,
): Promise<readonly Drafted[]> {
  const task: CrewTask = { request, outName: out.name, looks, next: new SharedArrayBuffer(4) };
  const others = crew === undefined ? [] : startWorkers(crew, task, out);
  const answers = [takePart(task, out), ...(await Promise.all(others))];
  const failure = answers.find(answer => answer.failure !== undefined)?.failure;
  if (failure === undefined) return inPlaces(answers);
  discardStaged(out, request.root);
  throw errorOf(failure);
}

function startWorkers({ self, jobs, cache }: Crew, task: CrewTask, out: OutFolder): readonly Promise<CrewAnswer>[] {
  const { looks } = task;
  const others = Math.min(jobs ?? 1, looks.length) - 1;
  if (others < 1) return [];
  // What the folders held before anyone wrote: afterwards nobody could tell what was staged from what was left behind.
  for (const folder of ['live', 'plan']) filesBelow(out, folder);
  return Array.from({ length: others }, () => startWorker(self, cache === undefined ? task : { ...task, cache }));
}

/** Removes what any thread staged, also one that cannot tell: unfinished files of ours that were not there before. */
function discardStaged(before: OutFolder, root: string): void {
  const now = openOut(root, before.name);
  const staged = ['live', 'plan'].flatMap(folder => filesBelow(now, folder)).map(item => item.path);
  const isNew = (path: string): boolean => {
    const folder = before.list(parentOf(path));
    return isOwnTemp(nameOf(path)) && !(folder.kind === 'folder' && folder.entries.has(nameOf(path)));
  };
  operate(
    now,
    staged.filter(isNew).map(path => ({ kind: 'remove', path })),
  );
}

function inPlaces(answers: readonly CrewAnswer[]): readonly Drafted[] {
  const drafted = answers.flatMap(answer => answer.drafted);
  return drafted.sort(([a], [b]) => a - b).map(([, one]) => one);
}

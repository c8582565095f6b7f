import { type PlanFacts, planFacts } from '../plan-facts.ts';
import { type Commit, type GitWrong, isWrong, type Repository, readBlobs } from './git.ts';
import { logRaw } from './git-log.ts';

/**
 * Since when the newest plans of a Rollout on a branch have all been of some kind. `never`: the newest one is not, or there is none.
 * `unknown`: older commits are missing in a shallow clone, so nobody can tell.
 */
export type Since =
  | { readonly kind: 'since'; readonly commit: string /** Milliseconds since 1970. */; readonly time: number }
  | { readonly kind: 'never' /** What the newest plan says; absent: there is none. */; readonly newest?: PlanFacts }
  | { readonly kind: 'unknown' };

/** What is asked of one Rollout. */
export interface SinceRequest {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  readonly holds: (facts: PlanFacts) => boolean;
}

/** How many plans of a Rollout are read at first: mostly the newest one made the step, and the one before tells so. Then twice as many. */
const FIRST_READ = 2;

interface Open extends SinceRequest {
  /** Newest first. */
  readonly entries: readonly Entry[];
  /** How many of the entries were read, all of which hold. */
  read: number;
}

interface Entry {
  readonly commit: string;
  readonly time: number;
  /** Absent: the plan was deleted. */
  readonly blob?: string;
}

/**
 * Answers by the first parents of a commit alone, because what counts is when something reached the branch and not when it was made. The time is that of the
 * commit which brought it: of the merge, where there is one. One answer for each request, in their order.
 */
export function sinceWhen(
  repository: Repository,
  head: Commit,
  outName: string,
  requests: readonly SinceRequest[],
): readonly Since[] | GitWrong {
  if (repository.isShallow) return requests.map(() => ({ kind: 'unknown' }));
  const entries = plansOf(repository, head, outName, requests);
  if (isWrong(entries)) return entries;
  const answers = new Map<Open, Since>();
  const all = requests.map((request): Open => ({ ...request, entries: entries.get(request.directory) ?? [], read: 0 }));
  for (let open = all; open.length > 0; open = open.filter(one => !answers.has(one))) {
    const texts = readBlobs(
      repository,
      open.flatMap(one => batchOf(one).flatMap(({ blob }) => blob ?? [])),
    );
    if (isWrong(texts)) return texts;
    for (const one of open) {
      const answer = advance(one, blob => texts.get(blob)?.toString('utf8'));
      if (answer !== undefined) answers.set(one, answer);
    }
  }
  return all.map(one => answers.get(one)!);
}

const batchOf = ({ entries, read }: Open): readonly Entry[] => entries.slice(read, read + Math.max(FIRST_READ, read));

/** Looks at the next older plans; undefined: all of them hold, and there are more. */
function advance(one: Open, textOf: (blob: string) => string | undefined): Since | undefined {
  for (const { blob } of batchOf(one)) {
    const facts = blob === undefined ? undefined : planFacts(one.directory, textOf(blob));
    if (facts === undefined || !one.holds(facts)) return answerAt(one, facts);
    one.read++;
  }
  return one.read < one.entries.length ? undefined : answerAt(one, undefined);
}

function answerAt({ entries, read }: Open, newest: PlanFacts | undefined): Since {
  const first = entries[read - 1];
  if (first === undefined) return { kind: 'never', ...(newest === undefined ? {} : { newest }) };
  return { kind: 'since', commit: first.commit, time: first.time };
}

/** Every change of the plans that are asked for, newest first. */
function plansOf(
  repository: Repository,
  head: Commit,
  outName: string,
  requests: readonly SinceRequest[],
): ReadonlyMap<string, readonly Entry[]> | GitWrong {
  const wanted = new Map(requests.map(({ directory }) => [`${outName}/plan/${directory}/plan.json`, directory]));
  const log = logRaw(repository, head, [...wanted.keys()]);
  if (isWrong(log)) return log;
  const found = new Map<string, Entry[]>();
  for (const { path, commit, time, blob } of log) {
    const directory = wanted.get(path);
    if (directory === undefined) continue;
    const entry = { commit, time, ...(blob === undefined ? {} : { blob }) };
    const known = found.get(directory);
    if (known === undefined) found.set(directory, [entry]);
    else known.push(entry);
  }
  return found;
}

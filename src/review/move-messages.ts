import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { printDuration } from '../model/duration.ts';

/** What may keep a Rollout where it is, in the words of `--allow`. */
export const REFUSALS = [
  ...(['unsafe', 'stale', 'moved', 'uncommitted', 'unobserved', 'pause', 'freeze', 'soak'] as const),
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** How a refusal is overridden, behind what mends it. */
export const overridden = (word: Refusal): string =>
  ` If it is meant, add \`--allow ${word}\`, which the commit will tell.`;

/** What to type for a Rollout, told by its directory `<environment>/<namespace>/<rollout>`. */
function command(verb: 'promote' | 'resume', directory: string, more = ''): string {
  const [environment = '', namespace, rollout] = directory.split('/');
  const where = environment === DEFAULTS.environment ? '' : ` --env ${environment}`;
  return `\`surefoot ${verb} ${namespace}/${rollout}${where}${more}\``;
}

const MOST = 5;

/** The first files of many. */
const some = (paths: readonly string[]): string =>
  paths.length <= MOST
    ? list(paths)
    : `${paths
        .slice(0, MOST - 1)
        .map(quote)
        .join(', ')} and ${paths.length - MOST + 1} more`;

/** `paths`: files that are not what the Rollout says. */
export const staleOut = rule<{ directory: string; paths: readonly string[]; synth: string }>('promote/stale-out', {
  what: p => `The output folder does not hold what this Rollout says of ${p.directory}: ${some(p.paths)}.`,
  why: 'A promotion moves what was reviewed and proved. Whatever else changed would go along unseen.',
  fix: p => `Run \`${p.synth}\`, have its change reviewed and committed, and promote then.${overridden('stale')}`,
});

export const uncommitted = rule<{ directory: string; paths: readonly string[] }>('promote/uncommitted', {
  what: p => `Files of ${p.directory} differ from the last commit: ${some(p.paths)}.`,
  why: 'The cluster runs what is committed. What is not would go along with the promotion, and nobody would have reviewed it.',
  fix: `Commit or take back these changes first.${overridden('uncommitted')}`,
});

/** `there`: where the target branch has it; absent: nowhere. */
export const moved = rule<{ directory: string; target: string; here: string; there: string; by: string }>(
  'promote/moved',
  {
    what: p =>
      `${p.directory} moved meanwhile: ${p.target} has it in ${quote(p.there)} (${p.by}), this checkout in ${quote(p.here)}.`,
    why: 'Two promotions that do not know of each other would skip a step, or take one back.',
    fix: `Run \`git pull --rebase\`, look with \`surefoot status\`, and decide again.${overridden('moved')}`,
  },
);

/** `--from` names another step than the one in which the Rollout stands. */
export const notThere = rule<{ directory: string; expected: string; here: string }>('promote/not-there', {
  what: p => `${p.directory} stands in ${quote(p.here)}, not in ${quote(p.expected)}.`,
  why: 'The promotion was decided for another step than the one that would be left now.',
  fix: p =>
    `Look with \`surefoot status\`; if ${quote(p.here)} is to be left, write \`--from ${p.here}\`.${overridden('moved')}`,
});

/** `wanted` and `evidence` are sentence fragments. */
export const notObserved = rule<{ directory: string; from: string; wanted: string; evidence: string }>(
  'promote/not-observed',
  {
    what: p =>
      `Before ${p.directory} leaves ${quote(p.from)} it must be seen that ${p.wanted}, and it is not: ${p.evidence}.`,
    why: 'The hop was proved for a cluster where this holds; otherwise requests may meet pods that are not there.',
    fix: `Wait until it is so, and promote again.${overridden('unobserved')}`,
  },
);

export const unobservable = rule<{ directory: string; from: string; wanted: string; evidence: string }>(
  'promote/unobservable',
  {
    what: p =>
      `Before ${p.directory} leaves ${quote(p.from)} it must be seen that ${p.wanted}, and nobody can tell: ${p.evidence}.`,
    why: 'What nobody has seen is no yes.',
    fix: `Give one of the observers what it needs: a Prometheus, kubectl with a context, or a clone with its whole history.${overridden('unobserved')}`,
  },
);

/** `duration` in milliseconds. */
export const pauseNotOver = rule<{ directory: string; from: string; duration: number; evidence: string }>(
  'promote/pause-not-over',
  {
    what: p => `${p.directory} is to stay in ${quote(p.from)} for ${printDuration(p.duration)}: ${p.evidence}.`,
    why: 'The pause is the time in which errors show.',
    fix: `Wait, and promote again.${overridden('pause')}`,
  },
);

export const pauseUnknown = rule<{ directory: string; from: string; duration: number; evidence: string }>(
  'promote/pause-unknown',
  {
    what: p =>
      `${p.directory} is to stay in ${quote(p.from)} for ${printDuration(p.duration)}, and nobody can tell since when it stands there: ${p.evidence}.`,
    why: 'The pause is counted from the commit that brought the step to the target branch.',
    fix: `Fetch the whole history of the target branch: \`git fetch --unshallow\`; in CI, check out with all commits.${overridden('pause')}`,
  },
);

/** A step to resume is that of the abort in which the Rollout stands. */
export const inAbort = rule<{ directory: string; step: string; resume: string; base: string }>('promote/in-abort', {
  what: p => `${p.directory} stands in ${quote(p.step)}, so there is no next step.`,
  why: 'An abort is left on purpose: back to the step, or to the state before the release.',
  fix: p =>
    `Run ${command('resume', p.directory)} to go back to ${quote(p.resume)}, or ${command('promote', p.directory, ` --to ${p.base}`)} to give the release up.`,
});

export const notInAbort = rule<{ directory: string; step: string }>('resume/not-in-abort', {
  what: p => `${p.directory} stands in ${quote(p.step)}, which is no abort.`,
  why: 'To resume is to go back from an abort to the step that was aborted.',
  fix: p => `Run ${command('promote', p.directory)} to go on.`,
});

export const noSuchState = rule<{ directory: string; state: string; known: readonly string[]; near: string }>(
  'promote/unknown-step',
  {
    what: p => `${p.directory} has no state ${quote(p.state)}.${p.near}`,
    why: 'A Rollout can stand only in a state of its plan.',
    fix: p => `Write one of ${list(p.known, 'or')}.`,
  },
);

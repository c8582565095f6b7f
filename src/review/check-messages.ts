import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import type { Edited } from '../layout/edited.ts';
import { shellWord } from '../layout/shell-word.ts';
import type { Commands } from './commands.ts';

/** A way from one step to another, for messages. */
export interface Way {
  readonly directory: string;
  readonly from: string;
  readonly to: string;
}

const wayWords = ({ directory, from, to }: Way): string =>
  from === to
    ? `The change of ${directory} in ${quote(from)}`
    : `The hop of ${directory} from ${quote(from)} to ${quote(to)}`;

const ANY_ORDER =
  'An agent may apply, and delete, the objects of one commit in any order, and stop in between; requests must not notice.';

/** `through`: states that make every hop on the way safe; absent: none do. `lacking`: live files that the base should hold. */
export const unsafeChange = rule<
  Way &
    Commands & {
      trace: string;
      through: readonly string[] | undefined;
      refused: boolean;
      lacking: readonly string[];
      isByHand: boolean;
    }
>('check/unsafe-hop', {
  what: p => `${wayWords(p)} ${p.refused ? 'cannot be applied' : 'loses requests in some order'}: ${p.trace}`,
  why: ANY_ORDER,
  fix: p => {
    if (p.isByHand)
      return `Take back what was edited: run \`${p.synth}\` and commit what it writes; change the Rollout instead.`;
    if (p.lacking.length > 0) return lackingWords(p);
    if (p.through !== undefined) return throughWords(p.through, p.to);
    if (p.refused)
      return 'Take the change back, or give the object that changes another name, such as that of a new version.';
    return 'Split the change: first create what routes are to name, then move the requests, then delete what nothing names any more, each in a pull request of its own.';
  },
});

const lackingWords = (p: Commands & { lacking: readonly string[] }): string =>
  `The commit to start from lacks ${list(p.lacking.map(path => `${p.outName}/${path}`))}, which its own plan.json lists: a \`git add\` was forgotten. Commit what is missing there first, and let that be synced; if the cluster holds it already, name a commit that does with --base.`;

const throughWords = (through: readonly string[], to: string): string => {
  const [first = '', ...others] = through;
  const later = [...others, to].map(quote).join(', then ');
  return `Go by way of ${list(through)}, which is proved: write \`step: ${first}\`, run surefoot synth and merge that; once it is synced, go on to ${later}.`;
};

export const notWhole = rule<{ directory: string; to: string; trouble: string }>('check/not-whole', {
  what: p => `${p.directory} is new, and loses requests in ${quote(p.to)} even when all of it is there: ${p.trouble}`,
  why: 'Nothing of it is in the cluster yet, so what these manifests do not hold is not there.',
  fix: 'Begin with a state that needs nothing from before: write `step: baseline`, run surefoot synth, and promote from there.',
});

export const neverApplied = rule<Way & { trace: string }>('check/never-applied', {
  what: p => `${wayWords(p)} is safe only after ${quote(p.from)} was applied whole: ${p.trace}`,
  why: 'Agents apply the newest commit. Where they skipped the one before it, the cluster still holds part of what stood earlier.',
  fix: p => `Wait until ${quote(p.from)} is synced, and run the check again without --unobserved.`,
});

export const podsChanged = rule<{ directory: string; version: string; fields: readonly string[]; joins: boolean }>(
  'check/changed-while-serving',
  {
    what: p =>
      `The pods of ${quote(p.version)} in ${p.directory} change while it ${p.joins ? 'begins to get requests' : 'serves'}: ${p.fields.join('; ')}.`,
    why: 'Other pods under the same name replace those that answer requests, without a canary and without a way back.',
    fix: p =>
      `Make it a new version with steps of its own. If it is meant, raise \`replacement\` of version ${quote(p.version)} in the Rollout and run surefoot synth.`,
  },
);

/** `now`: where the same Rollout file is compiled to today; absent: nowhere. */
export const deletedServing = rule<{
  directory: string;
  source: string;
  versions: readonly string[];
  now: string | undefined;
  isDescribed: boolean;
  synth: string;
}>('check/deleted-while-serving', {
  what: p => {
    const moved = p.now === undefined ? '' : `; ${quote(p.source)} now describes ${quote(p.now)}`;
    return `${quote(p.directory)} is deleted while ${list(p.versions)} ${p.versions.length === 1 ? 'serves' : 'serve'}${moved}.`;
  },
  why: 'Agents delete what git no longer holds, the pods that answer requests among it.',
  fix: p =>
    p.isDescribed
      ? `${quote(p.source)} still describes it: run \`${p.synth}\` and commit what it writes. To delete it, delete that file too.`
      : `If nothing calls it any more, add \`--allow-deletion ${shellWord(p.directory)}\` to the command of the check, where a reviewer sees it; else let ${quote(p.source)} describe it again and run surefoot synth.`,
});

/** `hadPlan`: whether the commit to start from holds one that can be read. */
export const planGone = rule<Commands & { directory: string; lostPlan: 'missing' | 'unreadable'; hadPlan: boolean }>(
  'check/no-plan',
  {
    what: p => {
      const wrong = p.lostPlan === 'missing' ? 'is missing' : 'cannot be read as the plan of this Rollout';
      return `${quote(`${p.outName}/plan/${p.directory}/plan.json`)} ${wrong}.`;
    },
    why: 'It lists the files that surefoot wrote, and which versions serve; without it nobody can tell what was edited by hand.',
    fix: p =>
      p.hadPlan
        ? `Take it back from the commit that holds it, as with \`git checkout ${shellWord(p.base)} -- ${shellWord(`${p.outAt}/plan/${p.directory}/plan.json`)}\`, then run \`${p.synth}\` and commit what it writes.`
        : `Run \`${p.synth}\` and commit what it writes; where no Rollout describes it, delete it: \`rm -r -- ${shellWord(`${p.outAt}/live/${p.directory}`)}\`.`,
  },
);

/** Files by their paths inside the output folder. */
export const editedByHand = rule<Edited & Commands & { directory: string }>('check/edited-by-hand', {
  what: p => {
    const named = (paths: readonly string[]) => list(paths.map(path => `${p.outName}/${path}`));
    return `The live files of ${p.directory} are not those that surefoot wrote: ${[
      ...(p.changed.length === 0 ? [] : [`${named(p.changed)} changed`]),
      ...(p.added.length === 0 ? [] : [`${named(p.added)} added`]),
      ...(p.missing.length === 0 ? [] : [`${named(p.missing)} missing`]),
    ].join(', ')}.`;
  },
  why: p =>
    p.changed.length + p.missing.length === 0
      ? 'Agents apply what lies in this folder, and no Rollout says that it should be there.'
      : 'No Rollout says so, and the next surefoot synth takes back what changed without a word.',
  fix: p => {
    const synth = `Run \`${p.synth}\` and commit what it writes; change the Rollout instead.`;
    const remove = `Run \`${p.remove(p.added)}\`, or move what was added elsewhere; surefoot deletes only what it wrote.`;
    return [
      ...(p.added.length === 0 ? [] : [remove]),
      ...(p.changed.length + p.missing.length === 0 ? [] : [synth]),
    ].join(' ');
  },
});

/** `remove`: the command that deletes the file. */
export const strayFile = rule<{ file: string; remove: string }>('check/of-no-rollout', {
  what: p => `${quote(p.file)} lies in the folder of no Rollout, and is new or differs.`,
  why: 'Agents apply every manifest below the folder that they watch, and nothing is proved of this one.',
  fix: p => `Run \`${p.remove}\`, or move the file out of the output folder.`,
});

export const notUnderstood = rule<Commands & { directory: string; problems: readonly string[] }>(
  'check/not-understood',
  {
    what: p =>
      `What was written by hand in ${p.directory} cannot be read whole: ${p.problems.map(withoutStop).join('; ')}.`,
    why: 'Of what cannot be read nothing is proved.',
    fix: p => `Delete what was added, run \`${p.synth}\` and commit what it writes; change the Rollout instead.`,
  },
);

/** Sentences are joined by semicolons here. */
const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

export const baseUnread = rule<{ ref: string; file: string; problem: string }>('check/base-unread', {
  severity: 'warning',
  what: p => `${quote(p.file)} cannot be read at ${p.ref}: ${withoutStop(p.problem)}.`,
  why: 'What it should bring to the cluster is taken as not there, so the hop is proved from the other files alone.',
  fix: 'Nothing, where this change mends the file; else look at what the cluster holds.',
});

/** `fix`: absent: a person must look. */
export const notOnlyPromotion = rule<{ path: string; why: string; fix?: string }>('check/not-only-promotion', {
  what: p => `${quote(p.path)} is more than a promotion: ${p.why}.`,
  why: 'With --promotion-only nothing but `step` in Rollouts, and what follows from it in the output folder, may change.',
  fix: p => p.fix ?? 'Let a person review this change, or leave it out of this pull request.',
});

/** Every mistake that only a proposed change shows. */
export const checkMessages = [
  unsafeChange,
  notWhole,
  neverApplied,
  podsChanged,
  deletedServing,
  editedByHand,
  strayFile,
  planGone,
  notUnderstood,
  baseUnread,
  notOnlyPromotion,
] as const;

import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import { shellWord } from '../layout/shell-word.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { driftMessages } from './drift-messages.ts';

export const sourceLink = rule<{ link: string }>('source/symlink', {
  what: p => `${quote(p.link)} is a symbolic link.`,
  why: 'A link can lead out of the repository, and git shows a reviewer only where it points, never what is read.',
  fix: 'Replace the link by the file itself.',
});
export const sourceUnreadable = rule<{ reason: string }>('source/unreadable', {
  what: p => `This file cannot be read: ${p.reason}.`,
  why: 'What cannot be read cannot be compiled; the manifests of this Rollout stay as they are.',
  fix: 'Give yourself the right to read the file, or restore it from git.',
});
export const sourceNotFile = rule<undefined>('source/not-a-file', {
  what: 'This is neither a file nor a folder.',
  why: 'Reading a pipe, a socket or a device can block for ever.',
  fix: 'Name a YAML file, a folder of YAML files, or - for standard input.',
});
export const sourceNotUtf8 = rule<undefined>('source/not-utf8', {
  what: 'This file is not UTF-8 text.',
  why: 'Letters would be replaced in silence, in names and environment variables too.',
  fix: 'Save the file as UTF-8.',
});
export const sourceName = rule<undefined>('source/unprintable-name', {
  what: 'The name of this file holds control or invisible characters.',
  why: 'Every manifest names the file it comes from in a comment, and a line break there would end the comment.',
  fix: 'Rename the file with letters, digits, dots and dashes.',
});

export const outBlocked = rule<{ path: string }>('out/blocked', {
  what: p => `${quote(p.path)} is a link, or something else that is no plain file or folder where one belongs.`,
  why: 'Writing through it could change files outside the output folder, so nothing of this Rollout is written.',
  fix: p => `Remove ${quote(p.path)} and run surefoot synth again.`,
});
export const planUnreadable = rule<{ reason: string }>('out/plan-unreadable', {
  severity: 'warning',
  what: p => `This plan.json ${p.reason}, so only the first line of a file tells whether Surefoot wrote it.`,
  why: 'It says which files and objects belong to the Rollout; without it no claim is kept, and what lost its first line is never deleted.',
  fix: 'Restore it from git, or run surefoot synth, which writes it anew where that changes no object that may serve.',
});
/** `first`: a path inside the output folder that a write would change; `missing`: there is no plan.json at all. */
export const planLost = rule<{ out: string; directory: string; first: string; missing: boolean }>('out/plan-lost', {
  what: p =>
    `This plan.json ${p.missing ? 'is missing' : 'cannot be read'}, and ${quote(`${p.out}/${p.first}`)} is not what the Rollout compiles to now.`,
  why: 'Without it nothing tells which versions serve, so an edit of one could not be found; nothing of this Rollout is written.',
  fix: p => {
    const of = (folder: string): string => shellWord(`${p.out}/${folder}/${p.directory}`);
    const restore = p.missing
      ? `\`git restore ${of('plan')}\``
      : `\`git restore ${of('plan')}\`, after a merge conflict \`git checkout --ours ${of('plan')}/plan.json\``;
    return `Restore it from git: ${restore}; then run surefoot synth. Where it was never committed, or when every edit is known to be safe, run \`rm -r ${of('live')} ${of('plan')}\` and then surefoot synth.`;
  },
});

/** `now`: the directories that the same file describes today; absent: the file is gone. */
export const rolloutGone = rule<{
  source: string;
  directory: string;
  out: string;
  now?: readonly string[];
}>('fleet/rollout-gone', {
  what: p => {
    const next = nextEnvironments(p);
    if (next.length > 0)
      return `${quote(p.source)} was compiled for the environment ${quote(environmentOf(p.directory))} and is now for ${list(next)}; both are in ${p.out}/live.`;
    return `${quote(p.source)} ${p.now === undefined ? 'is gone' : `now describes ${list(p.now)}`}, but the manifests of ${quote(p.directory)} are still in ${p.out}/live/${p.directory}.`;
  },
  why: p =>
    isMove(p)
      ? `An agent that is pointed at ${p.out}/live whole would see every object twice.`
      : 'The cluster still runs them and may still send them requests; deleting them takes the service down.',
  fix: p => {
    const next = nextEnvironments(p);
    const environment = environmentOf(p.directory);
    const restore =
      environment === DEFAULTS.environment ? '' : `; else restore ${quote(environment)} under \`environments\``;
    if (isMove(p))
      return `Commit, point the agent of each cluster at its own folder (${next.map(name => `${p.out}/live/${name}`).join(', ')}), and when it has synced run \`surefoot synth --prune\`${restore}.`;
    if (next.length > 0)
      return `If nothing needs it in ${quote(environment)} any more, run \`surefoot synth --prune\`${restore}.`;
    return `If nothing needs the service any more, run \`surefoot synth --prune\`; else restore ${p.now === undefined ? quote(p.source) : 'its metadata'}.`;
  },
});

interface Gone {
  readonly directory: string;
  readonly now?: readonly string[];
}

const environmentOf = (directory: string): string => directory.slice(0, directory.indexOf('/'));

/** The environments that the same Rollout of the same namespace is compiled for today. */
const nextEnvironments = ({ directory, now = [] }: Gone): readonly string[] => {
  const own = directory.slice(directory.indexOf('/'));
  return now.filter(one => one.slice(one.indexOf('/')) === own).map(environmentOf);
};

/** Whether it got its first environments, or lost its last: its objects are the same, in another folder. */
const isMove = (p: Gone): boolean => {
  const next = nextEnvironments(p);
  return next.length > 0 && [environmentOf(p.directory), ...next].includes(DEFAULTS.environment);
};

/** Every mistake that only the disk shows. */
export const hostMessages = [
  sourceLink,
  sourceUnreadable,
  sourceNotFile,
  sourceNotUtf8,
  sourceName,
  outBlocked,
  planUnreadable,
  planLost,
  rolloutGone,
  ...driftMessages,
] as const;

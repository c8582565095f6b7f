import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
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
  fix: 'Run surefoot synth, which writes it anew; after a merge conflict there is nothing to resolve by hand.',
});

/** `now`: the directories that the same file describes today; absent: the file is gone. */
export const rolloutGone = rule<{
  source: string;
  directory: string;
  out: string;
  now?: readonly string[];
}>('fleet/rollout-gone', {
  what: p =>
    `${quote(p.source)} ${p.now === undefined ? 'is gone' : `now describes ${list(p.now)}`}, but the manifests of ${quote(p.directory)} are still in ${p.out}/live/${p.directory}.`,
  why: 'The cluster still runs them and may still send them requests; deleting them takes the service down.',
  fix: p =>
    `If nothing needs the service any more, run \`surefoot synth --prune\`; else restore ${p.now === undefined ? quote(p.source) : 'its metadata'}.`,
});

/** Every mistake that only the disk shows. */
export const hostMessages = [
  sourceLink,
  sourceUnreadable,
  sourceNotFile,
  sourceNotUtf8,
  sourceName,
  outBlocked,
  planUnreadable,
  rolloutGone,
  ...driftMessages,
] as const;

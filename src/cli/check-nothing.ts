import { basename, dirname, join } from 'node:path/posix';
import { list, quote } from '../diagnostics/wording.ts';
import { findSources } from '../host/find-sources.ts';
import { outsElsewhere, type ProposalRequest } from '../host/proposal.ts';
import { shellWord } from '../layout/shell-word.ts';
import type { CheckRequest } from './check-request.ts';
import type { Settings } from './settings.ts';

/** What to say where neither side has a live file, so that no silence means it; undefined: one has. */
export function nothingLive(where: ProposalRequest, settings: Settings, base: string | undefined): string | undefined {
  const outs = outsElsewhere(where);
  if (outs === undefined) return undefined;
  const nothing = `neither ${where.base.ref} nor the files here hold ${quote(`${where.out.name}/live`)}, so there is nothing to check`;
  const words = ['check', ...(base === undefined ? [] : ['--base', base])];
  const commands = outs.slice(0, MOST).map(out => checkCommand(out, words, settings));
  if (commands.length === 0)
    return `${nothing}. Name the folder of the project with -C, or its output folder with --out; surefoot synth writes it.`;
  const others = outs.length > MOST ? `, or another of ${outs.length} folders` : '';
  return `${nothing}. Run: ${commands.join(', or: ')}${others}`;
}

/** More would not be read. */
const MOST = 3;

function checkCommand(out: string, words: readonly string[], { startedIn = '' }: Settings): string {
  const folder = join(startedIn, dirname(out));
  const start = folder === '.' ? [] : ['-C', folder];
  const name = basename(out) === 'out' ? [] : ['--out', basename(out)];
  return ['surefoot', ...start, ...words, ...name].map(shellWord).join(' ');
}

/** What to say where PATHs were named that hold no Rollout; undefined: each holds one. */
export async function noRolloutsIn(paths: CheckRequest['paths'], settings: Settings): Promise<string | undefined> {
  const empty: string[] = [];
  for (const path of paths) if (!(await holdsRollout(path, settings))) empty.push(path);
  if (empty.length === 0) return undefined;
  return `${list(empty)} ${empty.length === 1 ? 'holds' : 'hold'} no Rollout. Name Rollout files or folders of them, or leave the PATHs out: every Rollout is checked then.`;
}

async function holdsRollout(path: string, { root }: Settings): Promise<boolean> {
  const { sources, refused } = await findSources({ root, paths: [path], mayBeEmpty: true });
  return refused.length > 0 || sources.some(({ text }) => IS_ROLLOUT.test(text));
}

const IS_ROLLOUT = /^\s*["']?kind["']?\s*:\s*["']?Rollout\b/m;

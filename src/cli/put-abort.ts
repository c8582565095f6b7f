import { readFileSync } from 'node:fs';
import { lookAt } from '../host/look.ts';
import { openOut } from '../host/out-folder.ts';
import { readSource } from '../host/read-source.ts';
import { replaceText } from '../host/replace-text.ts';
import { type Standing, standingsIn } from '../host/standings.ts';
import { filesBelow } from '../host/survey-out.ts';
import { isSystemError } from '../host/system-error.ts';
import { operate, operationsOf, stageFiles } from '../host/write-out.ts';
import { type PlanRecord, planRecord } from '../plan-record.ts';
import { withStep } from '../release/set-step.ts';
import { setStepRoughly } from '../release/set-step-roughly.ts';
import type { StateInPlace } from '../state-in-place.ts';
import { count } from './count.ts';
import { refreshPage } from './refresh-page.ts';
import type { Settings } from './settings.ts';

/** What was done, a line each, and the files that an abort is made of, inside the output folder. */
export interface Put {
  readonly words: readonly string[];
  readonly paths: readonly string[];
}

/** Writes the live files first: they are what counts. Files that are none of the Rollout's own stay, and are told. */
export async function putAbort(
  { files }: StateInPlace,
  to: string,
  standing: Standing,
  record: PlanRecord,
  settings: Settings,
): Promise<Put> {
  const { directory, plan } = standing;
  const out = openOut(settings.root, settings.outName);
  const kept = new Set(files.map(({ path }) => path));
  const own = { ...record.files, ...planRecord(directory, plan).files };
  const others = filesBelow(out, `live/${directory}`).filter(({ path }) => !kept.has(path));
  const obsolete = others.map(({ path }) => path).filter(path => Object.hasOwn(own, path));
  const foreign = others.map(({ path }) => path).filter(path => !Object.hasOwn(own, path));
  const changed = files.filter(({ path, text }) => textAt(out.locate(path)) !== text);
  operate(out, operationsOf(stageFiles(out, changed), { obsolete, leftovers: [] }));
  const live = changed.filter(({ path }) => path.startsWith('live/')).length + obsolete.length;
  const edited = editRollout(to, standing, record, settings);
  const page = await refreshPage(standing, files, settings);
  return {
    words: [
      `${count(live, 'live file')} changed in ${settings.outName}/live/${directory}`,
      edited,
      ...page,
      ...foreign.map(path => `${settings.outName}/${path} is none of its files; it stays, and agents apply it`),
    ],
    paths: [...kept, ...obsolete, `plan/${directory}/plan.md`],
  };
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** Lets the Rollout say where it stands, in whatever condition it is. */
function editRollout(to: string, { facts }: Standing, { environment }: PlanRecord, settings: Settings): string {
  const { source } = facts;
  const look = source === undefined ? undefined : lookAt(settings.root, source);
  const read = look?.kind === 'file' ? readSource(settings.root, look.file) : undefined;
  if (look?.kind !== 'file' || read === undefined || !('text' in read))
    return `the Rollout file ${source ?? ''} cannot be read; once it is back, let its step say ${to}`;
  const all = standingsIn(openOut(settings.root, settings.outName))
    .filter(other => other.facts.source === source)
    .map(other => other.facts.environment);
  const made = withStep(read.text, environment, to, all);
  const text = 'text' in made ? made.text : setStepRoughly(read.text, environment, to, all);
  if (text === undefined)
    return `${source} could not be edited because it is broken; once it is mended, let its step say ${to}`;
  if (text !== read.text && !isReplaced(settings.root, look.file, text))
    return `${source} could not be written; let its step say ${to}`;
  return 'text' in made ? `${source} says so` : `${source} is broken, and its step says so now`;
}

/** The live files count, so a folder that may not be written must not keep them from being told and committed. */
function isReplaced(root: string, file: string, text: string): boolean {
  try {
    replaceText(root, file, text);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

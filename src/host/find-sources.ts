import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Source } from '../model/compiled.ts';
import { type Look, lookAt, lookAtEntry } from './look.ts';
import { readSource, readStandardInput } from './read-source.ts';
import { statOf } from './system-error.ts';

/** Where Rollouts are looked for when no PATH is named. */
export const DEFAULT_FOLDER = 'rollouts';

/** Which files a command is about. */
export interface SourceRequest {
  /** Absolute path of the folder that everything is relative to. */
  readonly root: string;
  /** Files, folders and `-` for standard input, as typed; empty: the default folder. */
  readonly paths: readonly string[];
  /** Whether the default folder may be absent, because its last Rollout was deleted. */
  readonly mayBeEmpty: boolean;
}

export interface FoundSources {
  /** Sorted by file, each once. */
  readonly sources: readonly Source[];
  /** One for each file that is there and may not or cannot be read. */
  readonly refused: readonly Diagnostic[];
  /** What is wrong with the PATHs themselves; where there is any, nothing was read. */
  readonly wrong: readonly string[];
}

/** The Rollout files that a command is about, not yet read. */
export interface FoundFiles {
  /** Sorted by file, each once; none is a folder. */
  readonly looks: readonly Look[];
  readonly wrong: readonly string[];
}

/** Finds the Rollout files that a command is about; standard input is none of them. */
export async function findFiles({ root, paths, mayBeEmpty }: SourceRequest): Promise<FoundFiles> {
  const nothing = paths.length === 0 && mayBeEmpty && statOf(join(root, DEFAULT_FOLDER)) === undefined;
  const named = nothing ? [] : paths.length === 0 ? [DEFAULT_FOLDER] : paths;
  const looks = named.filter(path => path !== '-').map(path => lookAt(root, path));
  const wrong = looks.flatMap(look => (look.kind === 'wrong' ? [look.message] : []));
  if (wrong.length > 0) return { looks: [], wrong: paths.length === 0 ? wrong.map(withInit) : wrong };
  const files = new Map<string, Look>();
  for (const look of looks) {
    if (look.kind === 'wrong') continue;
    for (const one of look.kind === 'folder' ? await lookInside(root, look.file) : [look]) files.set(one.file, one);
  }
  return { looks: [...files.values()].sort(byFile), wrong };
}

/** Where nobody named a PATH, a repository may hold no Rollout yet. */
const withInit = (message: string): string => `${message} \`surefoot init\` writes a first Rollout.`;

/** Finds and reads the Rollout files that a command is about. */
export async function findSources(request: SourceRequest): Promise<FoundSources> {
  const { looks, wrong } = await findFiles(request);
  if (wrong.length > 0) return { sources: [], refused: [], wrong };
  const read = looks.map(look => readLook(request.root, look));
  if (request.paths.includes('-')) read.push(await readStandardInput());
  read.sort(byFile);
  return {
    sources: read.filter(isSource),
    refused: read.filter(isDiagnostic),
    wrong,
  };
}

const byFile = (a: { readonly file: string }, b: { readonly file: string }): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
const isSource = (read: Source | Diagnostic): read is Source => 'text' in read;
const isDiagnostic = (read: Source | Diagnostic): read is Diagnostic => !isSource(read);

/** Reads what was found, or says why that may not be. */
export const readLook = (root: string, look: Look): Source | Diagnostic =>
  look.kind === 'refused' ? wholeFile(look.finding, look.file) : readSource(root, look.file);

/** Every YAML file below a folder that may be a Rollout; links among them are refused, linked folders are not entered. */
async function lookInside(root: string, folder: string): Promise<readonly Look[]> {
  const { default: glob } = await import('fast-glob');
  const entries = await glob('**/*.{yaml,yml}', {
    cwd: join(root, folder),
    followSymbolicLinks: false,
    dot: false,
    // On disks that do not tell them apart, .YAML is the same ending.
    caseSensitiveMatch: false,
    onlyFiles: false,
    objectMode: true,
    // What was compiled is no source, also where a whole repository is named.
    // Below `rollouts` a folder called `templates` holds what versions name, not Rollouts.
    ignore: ['**/node_modules/**', '**/out/live/**', '**/out/plan/**', ...templatesBelow(folder)],
  });
  return entries
    .filter(entry => !entry.dirent.isDirectory())
    .map(entry => lookAtEntry(folder === '' ? entry.path : `${folder}/${entry.path}`, entry.dirent));
}

/** Folders of templates: those anywhere below the default folder, from wherever the search begins. */
const templatesBelow = (folder: string): readonly string[] =>
  folder === DEFAULT_FOLDER || folder.startsWith(`${DEFAULT_FOLDER}/`)
    ? ['**/templates/**']
    : [`**/${DEFAULT_FOLDER}/**/templates/**`];

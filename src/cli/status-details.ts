import { createHash } from 'node:crypto';
import { readCommitNotes } from '../host/commit-notes.ts';
import { outOnDisk } from '../host/compiled-out.ts';
import { changedFiles, findCommit, isWrong, type Repository } from '../host/git.ts';
import type { OutFolder } from '../host/out-folder.ts';
import { readSource } from '../host/read-source.ts';
import { type Edited, editedFiles } from '../layout/edited.ts';
import { statePath } from '../layout/paths.ts';
import type { Stay } from '../review/fleet-status.ts';
import { abortHop } from '../review/standing.ts';
import type { Tape } from '../review/tape.ts';

/** What takes more looks at the disk and at git than a line of a table is worth. */
export interface StayDetails {
  /** Who brought the step to the target branch; absent: nobody knows. */
  readonly author?: string;
  readonly subject?: string;
  /** Files of the Rollout that are not as in HEAD, inside the output folder; absent: git cannot tell. */
  readonly uncommitted?: readonly string[];
  /** Absent: there is no plan.json to hold the files against. */
  readonly edited?: Edited;
  /** The abort of the current step; absent: it has none. */
  readonly abort?: ReadyAbort;
}

export interface ReadyAbort {
  /** Inside the output folder. */
  readonly file: string;
  /** Whether it can be copied into place: it is there, and as plan.json lists it. */
  readonly state: 'ready' | 'edited' | 'missing';
}

/** Where to look: the output folder, and its name in the repository, where there is one. */
export interface DetailsWhere {
  readonly out: OutFolder;
  readonly outBelowRoot: string;
  readonly repository?: Repository;
}

/** Details of each, in their order; every command of git runs once for all. */
export function readDetails(stays: readonly Stay[], where: DetailsWhere): readonly StayDetails[] {
  const notes = notesOf(stays, where.repository);
  const changed = changedIn(stays, where);
  return stays.map(({ directory, since, tape }) => {
    const uncommitted = changed?.filter(path => isOf(directory, path));
    return {
      ...(since.kind === 'since' ? notes.get(since.commit) : {}),
      ...(uncommitted === undefined ? {} : { uncommitted }),
      ...('untold' in tape ? {} : filesOf(directory, tape, where.out)),
    };
  });
}

function notesOf(stays: readonly Stay[], repository: Repository | undefined) {
  const commits = stays.flatMap(({ since }) => (since.kind === 'since' ? [since.commit] : []));
  const notes = repository === undefined ? new Map() : readCommitNotes(repository, commits);
  return isWrong(notes) ? new Map() : notes;
}

/** Above so many directories the whole output folder is asked for: a command line has an end. */
const MOST_DIRECTORIES = 100;

/** Paths inside the output folder that differ from HEAD; undefined: git cannot tell. */
function changedIn(stays: readonly Stay[], { repository, outBelowRoot }: DetailsWhere): readonly string[] | undefined {
  if (repository === undefined) return undefined;
  const head = findCommit(repository, 'HEAD');
  if (isWrong(head)) return undefined;
  const below = stays.length > MOST_DIRECTORIES ? [''] : stays.map(({ directory }) => `/${directory}`);
  const folders = below.flatMap(path => [`${outBelowRoot}/live${path}`, `${outBelowRoot}/plan${path}`]);
  const changed = changedFiles(repository, head, undefined, folders);
  return isWrong(changed) ? undefined : changed.map(path => path.slice(outBelowRoot.length + 1));
}

const isOf = (directory: string, path: string): boolean =>
  path.startsWith(`live/${directory}/`) || path.startsWith(`plan/${directory}/`);

function filesOf(directory: string, tape: Tape, out: OutFolder): Pick<StayDetails, 'edited' | 'abort'> {
  const abort = abortHop(tape)?.to;
  const found = outOnDisk(out).read([directory]);
  const folder = isWrong(found) ? undefined : found.get(directory);
  const inside = (file: string): string => file.slice(out.name.length + 1);
  const live = (folder?.live ?? []).map(({ file, text }) => ({ path: inside(file), text }));
  const refused = (folder?.refused ?? []).map(({ file }) => ({ path: inside(file), text: '' }));
  return {
    edited: editedFiles(directory, tape.files, [...live, ...refused]),
    ...(abort === undefined ? {} : { abort: readyAbort(statePath(directory, abort), tape, out) }),
  };
}

function readyAbort(file: string, { files }: Tape, out: OutFolder): ReadyAbort {
  const read = readSource(out.locate(''), file);
  if (!('text' in read)) return { file, state: 'missing' };
  return { file, state: files[file] === createHash('sha256').update(read.text).digest('hex') ? 'ready' : 'edited' };
}

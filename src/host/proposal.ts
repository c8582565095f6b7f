import type { Source } from '../model/compiled.ts';
import { type CompiledFolder, outInCommit, outOnDisk } from './compiled-out.ts';
import { DEFAULT_FOLDER } from './find-sources.ts';
import {
  type Commit,
  changedFiles,
  countUntracked,
  findCommit,
  type GitWrong,
  isWrong,
  listFiles,
  listPaths,
  mergeBase,
  type Repository,
  readBlobs,
} from './git.ts';
import type { OutFolder } from './out-folder.ts';
import { readSource } from './read-source.ts';
import { filesBelow } from './survey-out.ts';

/** A Rollout whose live files differ between a commit and the files on disk. */
export interface ProposedFolder {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  readonly before: CompiledFolder;
  readonly after: CompiledFolder;
  /** As the parent of the commit holds it, where that differs from the commit; absent: it is the same, or is not known. */
  readonly earlier?: CompiledFolder;
}

/** What the files on disk make of the output folder of a commit. */
export interface Proposal {
  readonly folders: readonly ProposedFolder[];
  /** Live files on disk that differ and lie in the folder of no Rollout; paths inside the output folder, sorted. */
  readonly strays: readonly string[];
  /** How many files of the output folder git does not track. */
  readonly untracked: number;
  /** Whether Rollout files differ. */
  readonly hasRollouts: boolean;
  /** Whether the parent of the commit could be looked at; it has none where it is the first one. */
  readonly knowsParent: boolean;
}

/** Where to look: `name` is the output folder relative to the root of the repository. */
export interface ProposalRequest {
  readonly repository: Repository;
  readonly base: Commit;
  readonly out: OutFolder;
  readonly name: string;
}

const NOTHING: CompiledFolder = { live: [], refused: [] };

/** Reads both sides of every Rollout whose live files differ, and of no other. */
export function readProposal({ repository, base, out, name }: ProposalRequest): Proposal | GitWrong {
  const changed = changedLive(repository, base, undefined, name);
  if (isWrong(changed)) return changed;
  const directories = directoriesOf(changed);
  const old = foldersAt(repository, base, name, directories);
  if (isWrong(old)) return old;
  const now = outOnDisk(out).read(directories);
  if (isWrong(now)) return now;
  const parent = findCommit(repository, `${base.id}~1`);
  const earlier = isWrong(parent) ? new Map() : foldersBefore(repository, parent, base, { name, directories });
  if (isWrong(earlier)) return earlier;
  const folders = directories.map((directory): ProposedFolder => {
    const found = earlier.get(directory);
    return {
      directory,
      before: old.get(directory) ?? NOTHING,
      after: now.get(directory) ?? NOTHING,
      ...(found === undefined ? {} : { earlier: found }),
    };
  });
  const rollouts = changedFiles(repository, base, undefined, [DEFAULT_FOLDER]);
  const hasRollouts = !isWrong(rollouts) && rollouts.length > 0;
  const strays = straysAmong(changed, out);
  const untracked = countUntracked(repository, name);
  return { folders, strays, untracked, hasRollouts, knowsParent: !isWrong(parent) || !repository.isShallow };
}

/** One Rollout as a commit holds it, and as it would be. */
export function proposeFolder(
  request: ProposalRequest,
  directory: string,
  after: CompiledFolder,
): ProposedFolder | GitWrong {
  const { repository, base, name } = request;
  const old = foldersAt(repository, base, name, [directory]);
  if (isWrong(old)) return old;
  const parent = findCommit(repository, `${base.id}~1`);
  const earlier = isWrong(parent)
    ? new Map<string, CompiledFolder>()
    : foldersBefore(repository, parent, base, { name, directories: [directory] });
  if (isWrong(earlier)) return earlier;
  const found = earlier.get(directory);
  return {
    ...{ directory, before: old.get(directory) ?? NOTHING, after },
    ...(found === undefined ? {} : { earlier: found }),
  };
}

function foldersBefore(
  repository: Repository,
  parent: Commit,
  base: Commit,
  { name, directories }: { readonly name: string; readonly directories: readonly string[] },
): ReadonlyMap<string, CompiledFolder> | GitWrong {
  const changed = changedLive(repository, parent, base, name);
  if (isWrong(changed)) return changed;
  const both = directoriesOf(changed).filter(directory => directories.includes(directory));
  return foldersAt(repository, parent, name, both);
}

function foldersAt(
  repository: Repository,
  commit: Commit,
  name: string,
  directories: readonly string[],
): ReadonlyMap<string, CompiledFolder> | GitWrong {
  if (directories.length === 0) return new Map();
  const out = outInCommit(repository, commit, name);
  return isWrong(out) ? out : out.read(directories);
}

/** Paths below `live` that differ. */
function changedLive(
  repository: Repository,
  from: Commit,
  to: Commit | undefined,
  name: string,
): readonly string[] | GitWrong {
  const files = changedFiles(repository, from, to, [`${name}/live`]);
  return isWrong(files) ? files : files.map(file => file.slice(`${name}/live/`.length));
}

const directoryOf = (path: string): string | undefined => /^([^/]+\/[^/]+\/[^/]+)\//.exec(path)?.[1];

const directoriesOf = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.flatMap(path => directoryOf(path) ?? []))].sort();

/** Agents apply every file below the folder that they watch. One that is gone is what its finding asks for. */
function straysAmong(paths: readonly string[], out: OutFolder): readonly string[] {
  const strays = new Set(paths.filter(path => directoryOf(path) === undefined).map(path => `live/${path}`));
  return strays.size === 0 ? [] : filesBelow(out, 'live').flatMap(({ path }) => (strays.has(path) ? [path] : []));
}

/** Where plans are, if there is nothing live to compare on either side: output folders of the commit, relative to the root. */
export function outsElsewhere({ repository, base, out, name }: ProposalRequest): readonly string[] | undefined {
  if (filesBelow(out, 'live').length > 0) return undefined;
  const paths = listPaths(repository, base);
  if (isWrong(paths) || paths.some(path => path.startsWith(`${name}/live/`))) return undefined;
  const found = paths.flatMap(path => /^(.+)\/plan\/[^/]+\/[^/]+\/[^/]+\/plan\.json$/.exec(path)?.[1] ?? []);
  return [...new Set(found)].sort();
}

/** A state's file of the output folder on disk; undefined where there is none that may be read. */
export function readState(out: OutFolder, directory: string, state: string): Source | undefined {
  const folder = isStateName(state) ? out.list(`plan/${directory}`) : undefined;
  if (folder?.kind !== 'folder' || folder.entries.get(`${state}.yaml`) !== 'file') return undefined;
  const read = readSource(out.locate(''), `plan/${directory}/${state}.yaml`);
  return 'text' in read ? { ...read, file: `${out.name}/${read.file}` } : undefined;
}

/** The same of a commit. */
export function readStateAt(
  { repository, base, name }: ProposalRequest,
  directory: string,
  state: string,
): Source | undefined {
  if (!isStateName(state)) return undefined;
  const files = listFiles(repository, base, [`${name}/plan/${directory}/${state}.yaml`]);
  const [file] = isWrong(files) ? [] : files;
  const blobs = file === undefined ? undefined : readBlobs(repository, [file.blob]);
  if (file === undefined || blobs === undefined || isWrong(blobs)) return undefined;
  return { file: file.path, text: blobs.get(file.blob)?.toString('utf8') ?? '' };
}

/** Names come from a plan.json that anybody may have edited. */
const isStateName = (state: string): boolean => /^[a-z0-9][-a-z0-9.]{0,252}$/.test(state);

/** Branches that pull requests are usually made against, the remote's own word first. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master'];

/** The commit that HEAD and the default branch of the remote both come from. */
export function findDefaultBase(repository: Repository): Commit | GitWrong {
  const head = findCommit(repository, 'HEAD');
  if (isWrong(head)) return { wrong: 'nothing is committed yet, so there is nothing to compare with.' };
  for (const branch of DEFAULT_BRANCHES) {
    const found = findCommit(repository, branch);
    if (!isWrong(found)) return mergeBase(repository, head, found);
  }
  return {
    wrong:
      'no default branch of the remote "origin" is known here. Name what the cluster runs now: surefoot check --base main',
  };
}

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Source } from '../model/compiled.ts';
import { planPathOf, readPlanText } from './committed-plan.ts';
import { type Commit, type GitFile, type GitWrong, isWrong, listFiles, type Repository, readBlobs } from './git.ts';
import { sourceLink, sourceUnreadable } from './messages.ts';
import type { OutFolder } from './out-folder.ts';
import { readSource } from './read-source.ts';
import { filesBelow } from './survey-out.ts';

/** What out/ holds of one Rollout at one moment. */
export interface CompiledFolder {
  /** Text of its plan.json; absent: there is none. */
  readonly plan?: string;
  /** The live manifests; files are named as the user names the output folder. */
  readonly live: readonly Source[];
  /** Live manifests that may not be read. */
  readonly refused: readonly Diagnostic[];
}

/** An output folder at one moment, on disk or in a commit. */
export interface CompiledOut {
  /** Lists every `<environment>/<namespace>/<rollout>`, sorted. */
  readonly directories: () => readonly string[];
  /** Reads these directories; one that is not there holds nothing. */
  readonly read: (directories: readonly string[]) => ReadonlyMap<string, CompiledFolder> | GitWrong;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;

/** The output folder as it lies on disk. */
export function outOnDisk(out: OutFolder): CompiledOut {
  const files = () => [...filesBelow(out, 'live'), ...filesBelow(out, 'plan')];
  return {
    directories: () => directoriesIn(files().map(({ path }) => path)),
    read: directories => new Map(directories.map(directory => [directory, folderOnDisk(out, directory)])),
  };
}

function folderOnDisk(out: OutFolder, directory: string): CompiledFolder {
  const plan = readPlanText(out, directory);
  const read = filesBelow(out, `live/${directory}`)
    .filter(({ path }) => MANIFEST.test(path))
    .map(({ path, isFile }) => {
      const file = `${out.name}/${path}`;
      if (!isFile) return wholeFile(sourceLink({ path: [] }, { link: file }), file);
      const source = readSource(out.locate(''), path);
      return { ...source, file };
    });
  return sorted(plan, read);
}

const sorted = (plan: string | undefined, read: readonly (Source | Diagnostic)[]): CompiledFolder => ({
  ...(plan === undefined ? {} : { plan }),
  live: read.filter((one): one is Source => !isPlace(one)),
  refused: read.filter(isPlace),
});

const isPlace = (read: Source | Diagnostic): read is Diagnostic => 'line' in read;

/** The largest file of a commit that is read, in bytes: what the reader refuses for its size must reach it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The output folder `name`, relative to the root of the repository, as a commit holds it. */
export function outInCommit(repository: Repository, commit: Commit, name: string): CompiledOut | GitWrong {
  const files = listFiles(repository, commit, [`${name}/live`, `${name}/plan`]);
  if (isWrong(files)) return files;
  const byPath = new Map(files.map(file => [file.path.slice(name.length + 1), file]));
  const folders = new Map<string, GitFile[]>();
  for (const [path, file] of byPath) {
    const directory = /^live\/([^/]+\/[^/]+\/[^/]+)\//.exec(path)?.[1];
    if (directory === undefined || !MANIFEST.test(path)) continue;
    folders.set(directory, [...(folders.get(directory) ?? []), file]);
  }
  const read: CompiledOut['read'] = directories => {
    const wanted = directories.map(directory => ({
      directory,
      plan: byPath.get(planPathOf(directory)),
      live: folders.get(directory) ?? [],
    }));
    const readable = wanted
      .flatMap(({ plan, live }) => [...(plan === undefined ? [] : [plan]), ...live])
      .filter(isReadable);
    const blobs = readBlobs(
      repository,
      readable.map(({ blob }) => blob),
    );
    if (isWrong(blobs)) return blobs;
    const textOf = (file: GitFile): string => blobs.get(file.blob)?.toString('utf8') ?? '';
    return new Map(
      wanted.map(({ directory, plan, live }) => [
        directory,
        sorted(
          plan === undefined || !isReadable(plan) ? undefined : textOf(plan),
          live.map(file => (isReadable(file) ? { file: file.path, text: textOf(file) } : refusal(file, commit))),
        ),
      ]),
    );
  };
  return { directories: () => directoriesIn([...byPath.keys()]), read };
}

const isReadable = ({ kind, size }: GitFile): boolean => kind === 'file' && size <= MOST_BYTES;

const refusal = ({ path, kind, size }: GitFile, { ref }: Commit): Diagnostic =>
  wholeFile(
    kind === 'link'
      ? sourceLink({ path: [] }, { link: path })
      : sourceUnreadable({ path: [] }, { reason: `it has ${size} bytes in ${ref}` }),
    path,
  );

const directoriesIn = (paths: readonly string[]): readonly string[] => {
  const found = paths.flatMap(path => /^(?:live|plan)\/([^/]+\/[^/]+\/[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(found)].sort();
};

import { posix, relative, resolve, sep } from 'node:path';
import { byPlace, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { type CompiledFolder, type CompiledOut, outInCommit, outOnDisk } from '../host/compiled-out.ts';
import { changedFiles, findCommit, type GitWrong, isWrong, openRepository } from '../host/git.ts';
import { openOut } from '../host/out-folder.ts';
import { planFacts } from '../plan-facts.ts';
import { type Comparison, compareFiles } from '../review/comparison.ts';
import { isEmpty } from '../review/difference.ts';
import { type Compared, committedOf, filterOf, noneCompiled } from './diff-compared.ts';
import type { DiffForm, DiffScope } from './diff-request.ts';
import type { Settings } from './settings.ts';

/** The files on disk. No ref is called so: git takes no blank in names. */
const NOW = 'the files now';

type Commits = Extract<DiffForm, { kind: 'commits' }>;

/** Both sides of a comparison by git, and the directories of which a file differs. */
interface Sides {
  readonly before: CompiledOut;
  readonly after: CompiledOut;
  readonly changed: readonly string[];
}

/** Compares out/live of a commit with that of the files on disk, or of another commit. */
export function compareCommits(form: Commits, scope: DiffScope, settings: Settings): Compared {
  const filter = filterOf(settings, scope);
  if ('wrong' in filter) return filter;
  const sides = sidesOf(form, settings);
  if (isWrong(sides)) return { wrong: [sides.wrong] };
  const { before, after, changed } = sides;
  const known = () => [...new Set([...before.directories(), ...after.directories()])].sort();
  // Named Rollouts that do not differ are known all the same.
  const wanted = filter.inEnvironment(scope.paths.length === 0 ? changed : known());
  const [old, now] = [before.read(wanted), after.read(wanted)];
  if (isWrong(old)) return { wrong: [old.wrong] };
  if (isWrong(now)) return { wrong: [now.wrong] };
  const named = wanted.filter(directory =>
    [old, now].some(side => filter.names(planFacts(directory, side.get(directory)?.plan).source)),
  );
  const none = named.length > 0 ? [] : noneCompiled(settings.root, scope, known());
  return none.length === 0 ? compareEach(form, named, old, now) : { wrong: none };
}

function compareEach(
  { base, head }: Commits,
  directories: readonly string[],
  old: ReadonlyMap<string, CompiledFolder>,
  now: ReadonlyMap<string, CompiledFolder>,
): Compared {
  const comparisons: Comparison[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const directory of directories) {
    const before = committedOf(base, directory, old.get(directory));
    const after = committedOf(head ?? NOW, directory, now.get(directory));
    const unread = [...before.diagnostics, ...after.diagnostics];
    diagnostics.push(...unread);
    if (unread.length > 0) continue;
    const compared = compareFiles(before.committed, after.committed);
    const [from, to] = [before.committed.facts.step, after.committed.facts.step];
    if (isEmpty(compared.difference) && from === to) continue;
    comparisons.push({ ...compared, before: at(base, from), after: at(head ?? NOW, to) });
  }
  const closing = comparisons.length + diagnostics.length > 0 ? [] : [nothing(base, head)];
  return { comparisons, diagnostics: diagnostics.sort(byPlace), closing };
}

const nothing = (base: string, head: string | undefined): string =>
  `out/live says the same at ${base} and ${head === undefined ? 'now' : `at ${head}`}`;

/** `canary-5 at main`, `canary-20 now`; a Rollout that is not there has no step. */
const at = (called: string, step = 'nothing'): string => (called === NOW ? `${step} now` : `${step} at ${called}`);

function sidesOf({ base, head }: Commits, { root, outName }: Settings): Sides | GitWrong {
  const repository = openRepository(root);
  if (isWrong(repository)) return repository;
  const [old, now] = [findCommit(repository, base), head === undefined ? undefined : findCommit(repository, head)];
  if (isWrong(old)) return old;
  if (now !== undefined && isWrong(now)) return now;
  const name = posix.normalize(relative(root, resolve(root, outName)).split(sep).join('/'));
  const before = outInCommit(repository, old, name);
  const after = now === undefined ? outOnDisk(openOut(root, outName)) : outInCommit(repository, now, name);
  const differ = changedFiles(repository, old, now, [`${name}/live`, `${name}/plan`]);
  if (isWrong(before)) return before;
  if (isWrong(after)) return after;
  return isWrong(differ) ? differ : { before, after, changed: changedDirectories(differ, name) };
}

const changedDirectories = (paths: readonly string[], name: string): readonly string[] => {
  const inside = paths.flatMap(path => (path.startsWith(`${name}/`) ? [path.slice(name.length + 1)] : []));
  const found = inside.flatMap(
    path => /^(?:live\/([^/]+\/[^/]+\/[^/]+)\/|plan\/([^/]+\/[^/]+\/[^/]+)\/plan\.json$)/.exec(path)?.slice(1) ?? [],
  );
  return [...new Set(found.filter(directory => directory !== undefined))].sort();
};

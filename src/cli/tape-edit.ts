import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Compiler } from '../host/compiler.ts';
import { changedFiles, findCommit, isWrong, openRepository } from '../host/git.ts';
import type { NewCommit } from '../host/git-write.ts';
import { whileLocked } from '../host/lock-around.ts';
import { lookAt } from '../host/look.ts';
import { openOut } from '../host/out-folder.ts';
import { readSource } from '../host/read-source.ts';
import type { Standing } from '../host/standings.ts';
import { synthFiles } from '../host/synth-files.ts';
import type { Compiled, Source } from '../model/compiled.ts';
import { staleBefore, uncommittedBefore } from '../release/messages.ts';
import { unifiedText } from '../review/unified.ts';
import { outBelowRoot } from './check-request.ts';
import type { CommitWish } from './commit-options.ts';
import { deliver } from './deliver.ts';
import { loadCompiler } from './load-compiler.ts';
import type { Settings } from './settings.ts';
import { synthCommand } from './synth-summary.ts';
import { findInEveryEnvironment, type TargetRequest } from './targets.ts';
import { tellReport } from './tell-report.ts';
import { type ExitCode, print, tellUsage } from './terminal.ts';
import { pathsOf, writeMove } from './write-move.ts';

/** Which Rollouts, and what becomes of the change. */
export interface TapeRequest {
  readonly targets: Pick<TargetRequest, 'names' | 'labels'>;
  /** Show what would change, write nothing. */
  readonly dryRun: boolean;
  readonly wish: CommitWish;
}

/** A Rollout as it is, and what it compiles to. */
export interface Before {
  readonly source: Source;
  readonly compiled: Compiled;
  readonly compile: Compiler;
  /** One for each environment. */
  readonly standings: readonly Standing[];
}

/** Another text that leaves what runs as it is and the message of its commit; words about a Rollout that stays; or why not. */
export type TapeEdit =
  | { readonly kind: 'edited'; readonly text: string; readonly message: string; readonly words: readonly string[] }
  | { readonly kind: 'idle'; readonly words: string }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** A command that edits tapes: its name, for help, and what it does to one Rollout. */
export interface TapeCommand {
  readonly name: 'release' | 'tidy';
  readonly edit: (before: Before) => TapeEdit;
}

/** Edits the tapes of Rollouts, each by itself, and compiles them: those that may not be edited stay as they are. */
export async function editTapes(command: TapeCommand, request: TapeRequest, settings: Settings): Promise<ExitCode> {
  const found = findInEveryEnvironment(request.targets, settings);
  if (typeof found === 'string') return tellUsage([found], command.name);
  const files = [...new Set(found.map(({ facts: { source } }) => source ?? ''))];
  const sources = new Map(files.map(file => [file, found.filter(({ facts }) => (facts.source ?? '') === file)]));
  if (command.name === 'release' && sources.size > 1)
    return tellUsage(
      [`a release is of one Rollout; these are ${sources.size}: ${[...sources.keys()].join(', ')}`],
      'release',
    );
  const run = () => editAll(command, request, settings, sources);
  const exit = request.dryRun ? await run() : await whileLocked(settings.root, settings.outName, run);
  return typeof exit === 'string' ? tellUsage([exit], command.name) : exit;
}

/** An edit that was made, or would be. */
interface Done {
  readonly before: Source;
  readonly after: Source;
  readonly commit: NewCommit;
}

async function editAll(
  { edit }: TapeCommand,
  request: TapeRequest,
  settings: Settings,
  sources: ReadonlyMap<string, readonly Standing[]>,
): Promise<ExitCode> {
  const compile = await loadCompiler(settings);
  const done: Done[] = [];
  const diagnostics: Diagnostic[] = [];
  const closing: string[] = [];
  for (const [file, standings] of sources) {
    const before = await lookBefore(file, standings, { request, settings, compile });
    const edited = 'source' in before ? edit(before) : ({ kind: 'refused', diagnostics: before } as const);
    if (edited.kind === 'refused') diagnostics.push(...edited.diagnostics);
    else if (edited.kind === 'idle') closing.push(edited.words);
    if (edited.kind !== 'edited' || !('source' in before)) continue;
    const after = { file, text: edited.text };
    const failed = request.dryRun ? [] : await writeMove({ before: before.source, after }, { settings });
    diagnostics.push(...failed);
    if (failed.length > 0) continue;
    closing.push(...edited.words);
    const directories = standings.map(({ directory }) => directory);
    const paths = [...new Set(directories.flatMap(directory => pathsOf(file, outBelowRoot(settings), directory)))];
    done.push({ before: before.source, after, commit: { message: edited.message, paths } });
  }
  const delivered = deliverAll(done, request, settings);
  if (delivered.isDone)
    print(request.dryRun ? done.map(diffOf).join('') : done.map(({ commit }) => commit.message).join('\n'));
  closing.push(...delivered.words, ...(request.dryRun && done.length > 0 ? ['nothing was written'] : []));
  const exit = tellReport({ diagnostics, findings: [], closing, facts: {} }, settings);
  return delivered.isDone ? exit : 1;
}

const diffOf = ({ before, after }: Done): string =>
  unifiedText({
    before: { name: `a/${before.file}`, text: before.text, objects: [] },
    after: { name: `b/${after.file}`, text: after.text, objects: [] },
  });

function deliverAll(done: readonly Done[], { wish, dryRun }: TapeRequest, { root }: Settings) {
  if (dryRun || done.length === 0) return { isDone: true, words: [] };
  if (!wish.commit) return { isDone: true, words: ['the message above is for: git commit --file=-'] };
  const repository = openRepository(root);
  if (isWrong(repository)) return { isDone: false, words: [repository.wrong] };
  const { kind, words } = deliver(
    repository,
    done.map(({ commit }) => commit),
    wish,
  );
  return { isDone: kind === 'done', words: [words] };
}

interface Scope {
  readonly request: TapeRequest;
  readonly settings: Settings;
  readonly compile: Compiler;
}

/** A Rollout whose output is what it says, or why it cannot be edited. */
async function lookBefore(
  file: string,
  standings: readonly Standing[],
  { request, settings, compile }: Scope,
): Promise<Before | readonly Diagnostic[]> {
  const look = lookAt(settings.root, file);
  if (look.kind === 'refused') return [wholeFile(look.finding, file)];
  const source = look.kind === 'file' ? readSource(settings.root, file) : undefined;
  if (source === undefined) return [wholeFile(gone(file, settings), file)];
  if (!('text' in source)) return [source];
  const compiled = compile(source);
  if (compiled.results === undefined) return compiled.diagnostics.filter(({ severity }) => severity === 'error');
  const stale = await staleFinding(file, settings);
  const open = request.wish.commit && !request.dryRun ? uncommittedFinding(file, standings, settings) : undefined;
  const findings = [stale, open].filter(finding => finding !== undefined);
  return findings.length > 0
    ? findings.map(finding => wholeFile(finding, file))
    : { source, compiled, compile, standings };
}

const gone = (file: string, settings: Settings): Finding =>
  staleBefore({ path: [] }, { paths: [file], synth: synthCommand({ ...settings, paths: [] }) });

async function staleFinding(file: string, settings: Settings): Promise<Finding | undefined> {
  const { root, outName } = settings;
  const out = openOut(root, outName);
  const looks = [lookAt(root, file)].filter(look => look.kind !== 'wrong');
  const { drift } = await synthFiles({
    root,
    out,
    looks,
    whole: false,
    prune: false,
    write: false,
    index: () => undefined,
  });
  const paths = [...drift.stale, ...drift.missing, ...drift.obsolete].map(path => `${outName}/${path}`);
  return paths.length === 0
    ? undefined
    : staleBefore({ path: [] }, { paths, synth: synthCommand({ ...settings, paths: [file] }) });
}

function uncommittedFinding(file: string, standings: readonly Standing[], settings: Settings): Finding | undefined {
  const repository = openRepository(settings.root);
  if (isWrong(repository)) return undefined;
  const head = findCommit(repository, 'HEAD');
  const own = [...new Set(standings.flatMap(({ directory }) => pathsOf(file, outBelowRoot(settings), directory)))];
  const changed = isWrong(head) ? head : changedFiles(repository, head, undefined, own);
  const paths = isWrong(changed) ? [changed.wrong] : changed;
  return paths.length === 0 ? undefined : uncommittedBefore({ path: [] }, { paths });
}

import { posix } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type CompiledFolder, outInCommit, outOnDisk } from '../host/compiled-out.ts';
import { DEFAULT_FOLDER } from '../host/find-sources.ts';
import { changedFiles, type GitWrong, isWrong } from '../host/git.ts';
import type { ProposalRequest } from '../host/proposal.ts';
import type { SynthReport } from '../host/synth-report.ts';
import { shellWord } from '../layout/shell-word.ts';
import { meaningOf } from '../meaning.ts';
import { FLEET_FILE } from '../model/fleet.ts';
import { planChart } from '../plan-chart.ts';
import { planRecord } from '../plan-record.ts';
import type { CommentedChange, CommentFacts, OutDrift, Traffic } from '../review/comment-facts.ts';
import { differenceOf } from '../review/difference.ts';
import type { ChangeSide } from '../review/judge-change.ts';
import { sideOf } from './check-changes.ts';
import type { JudgedChange, JudgedProposal } from './judge-proposal.ts';
import type { Settings } from './settings.ts';
import { driftRows, removeCommand, synthCommand } from './synth-summary.ts';

/** What a comment tells of a proposal that was judged, and of the output folder as it would be. */
export function commentFacts(found: JudgedProposal, out: SynthReport, settings: Settings): CommentFacts | GitWrong {
  const { where, judged, strays } = found;
  const planned = plannedChanges(where, judged);
  if (isWrong(planned)) return planned;
  const changes = [...judged.map(one => changeOf(one, where)), ...planned];
  const touched = touchedFiles(where, changes);
  const { prefix } = where.repository;
  const seen = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: posix.join(prefix, diagnostic.file),
  });
  // A whole fleet's warnings would say the same in every pull request.
  const compiled = out.diagnostics.filter(({ severity, file }) => severity === 'error' || touched.has(file));
  return {
    base: where.base,
    place: posix.join(prefix, where.name),
    outName: settings.outName,
    changes: changes
      .map(change => ({ ...change, findings: change.findings.map(seen) }))
      .sort((a, b) => (a.directory < b.directory ? -1 : 1)),
    findings: [...strays, ...compiled].map(seen),
    drift: driftOf(out, settings),
    commands: commandsFor(where, settings),
  };
}

const EMPTY: CompiledFolder = { live: [], refused: [] };

function changeOf({ folder, change, verdict, unread, found }: JudgedChange, where: ProposalRequest): CommentedChange {
  const { before, after } = change;
  const { from, to } = verdict;
  const isBothRead = before !== undefined && after !== undefined;
  return {
    ...plansOf(folder.directory, folder.before, folder.after, where),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    verdict,
    ...(before === undefined ? {} : { before: trafficOf(before) }),
    ...(after === undefined ? {} : { after: trafficOf(after) }),
    ...(isBothRead ? { difference: differenceOf(before.stand, after.stand, meaningOf) } : {}),
    findings: [...found, ...unread],
  };
}

/** The last rule takes the requests that no other one does. */
function trafficOf({ stand }: ChangeSide): Traffic {
  const rule = meaningOf(stand).rules.at(-1);
  return { split: rule?.split ?? [], mirror: rule?.mirror ?? [] };
}

/** What the plans on both sides say of a directory. */
function plansOf(
  directory: string,
  before: CompiledFolder,
  after: CompiledFolder,
  { repository, name }: ProposalRequest,
) {
  const [old, now] = [planRecord(directory, before.plan), planRecord(directory, after.plan)];
  const isCompared = old.provider !== undefined && now.provider !== undefined;
  const chart = planChart(directory, after.plan);
  const source = now.source ?? old.source;
  return {
    directory,
    states: {
      added: isCompared ? now.states.filter(state => !old.states.includes(state)) : [],
      removed: isCompared ? old.states.filter(state => !now.states.includes(state)) : [],
    },
    ...(chart === undefined ? {} : { chart }),
    ...(source === undefined ? {} : { source: posix.join(repository.prefix, source) }),
    ...(after.plan === undefined ? {} : { page: posix.join(repository.prefix, name, 'plan', directory, 'plan.md') }),
  };
}

/** Rollouts of which the plan differs and no live manifest does, as where a release was appended. */
function plannedChanges(
  where: ProposalRequest,
  judged: readonly JudgedChange[],
): readonly CommentedChange[] | GitWrong {
  const { repository, base, out, name } = where;
  const files = changedFiles(repository, base, undefined, [`${name}/plan`]);
  if (isWrong(files)) return files;
  const known = new Set(judged.map(({ folder }) => folder.directory));
  const directories = files
    .flatMap(file => /^plan\/([^/]+\/[^/]+\/[^/]+)\/plan\.json$/.exec(file.slice(name.length + 1))?.[1] ?? [])
    .filter(directory => !known.has(directory));
  if (directories.length === 0) return [];
  const committed = outInCommit(repository, base, name);
  if (isWrong(committed)) return committed;
  const [old, now] = [committed.read(directories), outOnDisk(out).read(directories)];
  if (isWrong(old)) return old;
  if (isWrong(now)) return now;
  return directories.map(directory =>
    plannedChange(directory, old.get(directory) ?? EMPTY, now.get(directory) ?? EMPTY, where),
  );
}

function plannedChange(
  directory: string,
  before: CompiledFolder,
  after: CompiledFolder,
  where: ProposalRequest,
): CommentedChange {
  const { step: from } = planRecord(directory, before.plan);
  const { step: to } = planRecord(directory, after.plan);
  const side = sideOf(directory, after, 'now');
  const traffic = side === undefined ? undefined : trafficOf(side.side);
  return {
    ...plansOf(directory, before, after, where),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(traffic === undefined ? {} : { before: traffic, after: traffic }),
    findings: [],
  };
}

/** Files that the proposal itself changes, or that what it changes is compiled from. */
function touchedFiles({ repository, base }: ProposalRequest, changes: readonly CommentedChange[]): ReadonlySet<string> {
  const files = changedFiles(repository, base, undefined, [DEFAULT_FOLDER, FLEET_FILE]);
  const sources = changes.flatMap(({ source }) =>
    source === undefined ? [] : [posix.relative(repository.prefix, source)],
  );
  return new Set([...(isWrong(files) ? [] : files), ...sources]);
}

/** A command to delete that is cut short must not be copied. */
const MOST_REMOVED = 5;

function driftOf({ drift }: SynthReport, settings: Settings): OutDrift {
  const where = { ...settings, paths: [] };
  const { extra } = drift;
  const files = driftRows(drift, where);
  return {
    files,
    mend: [
      ...(files.length === extra.length ? [] : [synthCommand(where)]),
      ...(extra.length === 0 || extra.length > MOST_REMOVED ? [] : [removeCommand(extra, where)]),
    ],
  };
}

function commandsFor({ base }: ProposalRequest, { startedIn, outName }: Settings): CommentFacts['commands'] {
  const start = startedIn === undefined ? [] : ['-C', startedIn];
  const out = outName === 'out' ? [] : ['--out', outName];
  const [check = '', diff = ''] = ['check', 'diff'].map(word =>
    ['surefoot', word, ...start, ...out, '--base', base.ref].map(shellWord).join(' '),
  );
  return { check, diff };
}

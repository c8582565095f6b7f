import { resolve } from 'node:path';
import type { FleetFile } from '../../host/compiler.ts';
import type { Crew } from '../../host/draft-fleet.ts';
import { findFiles } from '../../host/find-sources.ts';
import { whileLocked } from '../../host/lock-around.ts';
import { openOut } from '../../host/out-folder.ts';
import { identityOf } from '../../host/shipped-file.ts';
import { openIndex, type StatIndex } from '../../host/stat-index.ts';
import { synthFiles } from '../../host/synth-files.ts';
import type { SynthReport } from '../../host/synth-report.ts';
import { driftDiagnostics } from '../drift-diagnostics.ts';
import { sayNoRollouts } from '../no-rollouts.ts';
import type { Settings } from '../settings.ts';
import { sumUpDrift, sumUpSynth } from '../synth-summary.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, tellUsage } from '../terminal.ts';

export interface SynthOptions {
  readonly paths: readonly string[];
  /** Tell how out/ differs, write nothing. */
  readonly check: boolean;
  /** Delete from out/ the Rollouts that no file describes any more. */
  readonly prune: boolean;
  /** Threads that compile; absent: one. */
  readonly jobs?: number;
}

/** Makes out/ what the Rollouts say, or tells how it differs. */
export async function synth(options: SynthOptions, settings: Settings, self: string | undefined): Promise<ExitCode> {
  const { paths, prune } = options;
  if (paths.includes('-'))
    return tellUsage(['synth reads files only: out/ records which file each Rollout came from.'], 'synth');
  if (prune && paths.length > 0) return tellUsage(['--prune looks at the whole fleet; leave out the PATHs.'], 'synth');
  return options.check ? run(options, settings, self) : alone(settings, () => run(options, settings, self));
}

/** Does something while no other run writes to the output folder. */
async function alone({ root, outName }: Settings, action: () => Promise<ExitCode>): Promise<ExitCode> {
  const exit = await whileLocked(root, outName, action);
  return typeof exit === 'string' ? tellUsage([exit], 'synth') : exit;
}

/** Compiles, and writes unless it only checks. */
async function run(options: SynthOptions, settings: Settings, self: string | undefined): Promise<ExitCode> {
  const { paths, check, prune } = options;
  const { root, outName } = settings;
  const out = openOut(root, outName);
  const { looks, wrong } = await findFiles({ root, paths, mayBeEmpty: out.list('plan').kind === 'folder' });
  if (wrong.length > 0) return tellUsage(wrong, 'synth');
  const whole = paths.length === 0;
  const index = indexOf(options, settings, self);
  const crew = self === undefined ? {} : { crew: crewOf(options, settings, self) };
  const report = await synthFiles({ root, out, looks, whole, prune, write: !check, index, ...crew });
  const none = sayNoRollouts(looks.length, paths);
  return check ? tellCheck(report, { paths, none }, settings) : tellSynth(report, none, settings);
}

/** A check proves the bytes, so it believes nothing. */
function indexOf({ check }: SynthOptions, { root, outName, cache }: Settings, self: string | undefined) {
  const folder = check ? undefined : cache;
  const tool = folder === undefined || self === undefined ? undefined : identityOf(self);
  return (fleet: FleetFile): StatIndex | undefined =>
    tool === undefined || folder === undefined
      ? undefined
      : openIndex(folder, JSON.stringify([root, resolve(root, outName)]), [tool, JSON.stringify(fleet ?? null)]);
}

const crewOf = ({ jobs }: SynthOptions, { cache }: Settings, self: string): Crew => ({
  self,
  ...(jobs === undefined ? {} : { jobs }),
  ...(cache === undefined ? {} : { cache }),
});

function tellSynth(report: SynthReport, none: readonly string[], settings: Settings): ExitCode {
  const { diagnostics, outcomes, pruned } = report;
  const closing = [...none, ...sumUpSynth(report, settings)];
  const facts = { rollouts: outcomes, pruned };
  return tellReport({ diagnostics, sources: outcomes.map(one => one.source), findings: [], closing, facts }, settings);
}

function tellCheck(
  { diagnostics, drift, outcomes }: SynthReport,
  { paths, none }: { readonly paths: readonly string[]; readonly none: readonly string[] },
  settings: Settings,
): ExitCode {
  const where = { ...settings, paths };
  const findings = sumUpDrift(drift, where);
  const failed = diagnostics.some(one => one.severity === 'error');
  const agrees = failed ? [] : [`${settings.outName}/ says what the Rollouts say`];
  const closing = findings.length === 0 ? [...none, ...agrees] : none;
  const sources = outcomes.map(one => one.source);
  const differences = driftDiagnostics(drift, where);
  const exit = tellReport({ diagnostics, sources, findings, differences, closing, facts: { drift } }, settings);
  return findings.length === 0 ? exit : 1;
}

import { resolve } from 'node:path';
import { quote } from '../../diagnostics/wording.ts';
import { findSources } from '../../host/find-sources.ts';
import { LOCK, type Locked, lockOut } from '../../host/lock.ts';
import { openOut } from '../../host/out-folder.ts';
import { synth as synthesise } from '../../host/synth.ts';
import type { SynthReport } from '../../host/synth-report.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
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
}

/** Makes out/ what the Rollouts say, or tells how it differs. */
export async function synth(
  options: SynthOptions,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const { paths, prune } = options;
  if (paths.includes('-'))
    return tellUsage(['synth reads files only: out/ records which file each Rollout came from.'], 'synth');
  if (prune && paths.length > 0) return tellUsage(['--prune looks at the whole fleet; leave out the PATHs.'], 'synth');
  return options.check ? run(options, settings, compile) : alone(settings, () => run(options, settings, compile));
}

/** Does something while no other run writes to the output folder. */
async function alone({ root, outName }: Settings, action: () => Promise<ExitCode>): Promise<ExitCode> {
  const release = lockOut(resolve(root, outName));
  if (typeof release === 'object') return tellUsage([lockedOut(outName, release)], 'synth');
  try {
    return await action();
  } finally {
    release();
  }
}

const lockedOut = (outName: string, { holder }: Locked): string =>
  `another surefoot${Number.isNaN(holder) ? '' : `, process ${holder},`} has been writing to ${quote(outName)} for a minute; ` +
  `wait for it, or delete ${quote(`${outName}/${LOCK}`)} if no such process runs.`;

/** Compiles, and writes unless it only checks. */
async function run(
  { paths, check, prune }: SynthOptions,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const { root, outName } = settings;
  const out = openOut(root, outName);
  const found = await findSources({ root, paths, mayBeEmpty: out.list('plan').kind === 'folder' });
  const { sources, refused, wrong } = found;
  if (wrong.length > 0) return tellUsage(wrong, 'synth');
  const whole = paths.length === 0;
  const report = synthesise({ root, out, sources, refused, whole, prune, write: !check, compile });
  const none = sayNoRollouts(found, paths);
  return check ? tellCheck(report, { paths, none }, settings) : tellSynth(report, none, settings);
}

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
  const untouched = outcomes.filter(one => one.outcome === 'untouched').length;
  const agrees = `${settings.outName}/ says what the Rollouts say${untouched === 0 ? '' : `, as far as they have no errors`}`;
  const closing = findings.length === 0 ? [...none, agrees] : none;
  const sources = outcomes.map(one => one.source);
  const differences = driftDiagnostics(drift, where);
  const exit = tellReport({ diagnostics, sources, findings, differences, closing, facts: { drift } }, settings);
  return findings.length === 0 ? exit : 1;
}

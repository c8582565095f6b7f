import { findSources } from '../../host/find-sources.ts';
import { openOut } from '../../host/out-folder.ts';
import { synth as synthesise } from '../../host/synth.ts';
import type { SynthReport } from '../../host/synth-report.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import { driftDiagnostics } from '../drift-diagnostics.ts';
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
  const { paths, check, prune } = options;
  const { root, outName } = settings;
  if (paths.includes('-'))
    return tellUsage(['synth reads files only: out/ records which file each Rollout came from.'], 'synth');
  if (prune && paths.length > 0) return tellUsage(['--prune looks at the whole fleet; leave out the PATHs.'], 'synth');
  const out = openOut(root, outName);
  const { sources, refused, wrong } = await findSources({
    root,
    paths,
    mayBeEmpty: out.list('plan').kind === 'folder',
  });
  if (wrong.length > 0) return tellUsage(wrong, 'synth');
  const whole = paths.length === 0;
  const report = synthesise({ root, out, sources, refused, whole, prune, write: !check, compile });
  return check ? tellCheck(report, paths, settings) : tellSynth(report, settings);
}

function tellSynth(report: SynthReport, settings: Settings): ExitCode {
  const { diagnostics, outcomes, pruned } = report;
  const closing = sumUpSynth(report, settings);
  const facts = { rollouts: outcomes, pruned };
  return tellReport({ diagnostics, sources: outcomes.map(one => one.source), findings: [], closing, facts }, settings);
}

function tellCheck(
  { diagnostics, drift, outcomes }: SynthReport,
  paths: readonly string[],
  settings: Settings,
): ExitCode {
  const where = { ...settings, paths };
  const findings = sumUpDrift(drift, where);
  const untouched = outcomes.filter(one => one.outcome === 'untouched').length;
  const agrees = `${settings.outName}/ says what the Rollouts say${untouched === 0 ? '' : `, as far as they have no errors`}`;
  const closing = findings.length === 0 ? [agrees] : [];
  const sources = outcomes.map(one => one.source);
  const differences = driftDiagnostics(drift, where);
  const exit = tellReport({ diagnostics, sources, findings, differences, closing, facts: { drift } }, settings);
  return findings.length === 0 ? exit : 1;
}

// What `import … from 'surefoot'` gives: the compiler as plain data in and out. Nothing here touches the disk.
import { plain } from '../cli/paint.ts';
import { reportText } from '../cli/reporters/text.ts';
import { prepare } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Needs, Source } from '../model/compiled.ts';

export { compile } from '../compile.ts';
export type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
export type { Severity } from '../diagnostics/finding.ts';
export type {
  CommittedRollout,
  Compiled,
  CompiledRollout,
  FrozenVersion,
  Given,
  HopChanges,
  Needs,
  OutFile,
  Refusal,
  Source,
} from '../model/compiled.ts';
export type { Json, KubeObject } from '../model/kubernetes.ts';
export type { Hop, HopKind, Obligation, Plan, Running, State, StateKind, Version, Workload } from '../model/plan.ts';
export type { Rollout, RolloutSpec } from '../model/rollout.ts';
export type { Fault, Match, Rule, Share, Split } from '../model/traffic.ts';
export { manifestsOf } from './manifests.ts';

/**
 * What to find before a source can be compiled: the templates that it names, to be given as `Given.templates`.
 * Empty where the source has an error, which `compile` then tells. `fleet` is the text of surefoot.yaml; absent: there is none.
 */
export const needsOf = (source: Source, fleet?: Source): Needs => prepare(source, fleet).needs;

/** Diagnostics as the command line prints them, without colours; the empty text where there are none. */
export const formatDiagnostics = (diagnostics: readonly Diagnostic[]): string =>
  reportText({ diagnostics, findings: [], closing: [], facts: {} }, plain);

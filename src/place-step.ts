import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Finding, Path } from './diagnostics/finding.ts';
import type { Source } from './model/compiled.ts';
import { ownEntry } from './model/once.ts';
import type { Rollout } from './model/rollout.ts';
import { placeFindings } from './read/place.ts';
import { readRollout } from './read/read-rollout.ts';

/** Places findings at the `step` of a Rollout file, or at what stands nearest above it; never throws. */
export function placeAtStep(
  { file, text }: Source,
  environment: string,
  findings: readonly Finding[],
): readonly Diagnostic[] {
  const { rollout, locate } = readRollout(text);
  const path = stepPath(rollout, environment);
  return placeFindings(
    file,
    text,
    findings.map(finding => ({ ...finding, at: { path } })),
    locate,
  );
}

/** Where the step of an environment is written: its own, else that of all. */
function stepPath(rollout: Rollout | undefined, environment: string): Path {
  const own = ownEntry(rollout?.spec.environments, environment);
  return own?.step === undefined ? ['spec', 'step'] : ['spec', 'environments', environment, 'step'];
}

/** Places findings about a Rollout file where its text has what they are about; never throws. */
export const placeInSource = ({ file, text }: Source, findings: readonly Finding[]): readonly Diagnostic[] =>
  placeFindings(file, text, findings, readRollout(text).locate);

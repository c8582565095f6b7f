import type { Finding, Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { ownEntry } from '../model/once.ts';
import type { Rollout } from '../model/rollout.ts';
import { moreThanSteps } from '../promotion.ts';
import { readRollout } from '../read/read-rollout.ts';
import { inlineOf } from '../yaml/print-scalar.ts';
import { noSuchEnvironment, notEditable, whichEnvironment } from './messages.ts';
import { addEntry, otherValue, type Splice, spliced, type Written } from './splice.ts';

/** A text after an edit, or why there is none. */
export type Edited = { readonly text: string } | { readonly finding: Finding };

/**
 * The text of a Rollout whose environment stands at another step; nothing but the value, or the line that says it,
 * differs. `environment` absent: the only one. `fleet`: names of the environments of surefoot.yaml, where a Rollout
 * goes that names none itself; absent: none.
 */
export function withStep(
  text: string,
  environment: string | undefined,
  step: string,
  fleet: readonly string[] = [],
): Edited {
  const { rollout, findings, locate } = readRollout(text);
  if (rollout === undefined) return { finding: findings[0]! };
  const known = environmentsOf(rollout, fleet);
  const name = environment ?? (known.length === 1 ? known[0] : undefined);
  if (name === undefined) return { finding: whichEnvironment({ path: ['spec'], on: 'key' }, { known }) };
  if (!known.includes(name)) return { finding: noSuchEnvironment({ path: ['spec'], on: 'key' }, { name, known }) };
  const path = placeOf(rollout, name, known);
  const move = { path, name, known, step };
  const edited = spliced(text, [stepSplice({ text, locate }, rollout, move)]);
  if (isMoved(edited, rollout, move) && moreThanSteps(text, edited, known) === undefined) return { text: edited };
  const write = `${path.slice(1).join('.')}: ${inlineOf(step)}`;
  return { finding: notEditable({ path: ['spec'], on: 'key' }, { what: 'The step', write }) };
}

/** Names of the environments that a Rollout goes to; `fleet` are those of surefoot.yaml. */
export function environmentsOf({ spec }: Rollout, fleet: readonly string[] = []): readonly string[] {
  const named = spec.environments === undefined ? fleet : Object.keys(spec.environments);
  return named.length === 0 ? [DEFAULTS.environment] : named;
}

/** Where the step of an environment is written, or must be so that no other moves. */
function placeOf({ spec }: Rollout, name: string, known: readonly string[]): Path {
  const isOwn = known.length > 1 || ownEntry(spec.environments, name)?.step !== undefined;
  return isOwn ? ['spec', 'environments', name, 'step'] : ['spec', 'step'];
}

interface Move {
  readonly path: Path;
  readonly name: string;
  /** Every environment. */
  readonly known: readonly string[];
  readonly step: string;
}

function stepSplice(written: Written, { spec }: Rollout, { path, name, known, step }: Move): Splice {
  const isSpec = path.length === 2;
  const old = isSpec ? spec.step : ownEntry(spec.environments, name)?.step;
  if (old !== undefined) return otherValue(written, path, step);
  const entry = `step: ${inlineOf(step)}`;
  if (isSpec) return addEntry(written, ['spec'], entry, spec.provider === undefined ? undefined : 'provider');
  if (spec.environments !== undefined) return addEntry(written, path.slice(0, -1), entry);
  const all = known.map(one => `${inlineOf(one)}: ${one === name ? `{ ${entry} }` : '{}'}`).join(', ');
  const after = spec.step === undefined ? 'provider' : 'step';
  return addEntry(written, ['spec'], `environments: { ${all} }`, Object.hasOwn(spec, after) ? after : undefined);
}

/** Whether a text says what the Rollout said, but for one step. */
function isMoved(text: string, before: Rollout, { name, known, step }: Move): boolean {
  const { rollout } = readRollout(text);
  if (rollout === undefined || environmentsOf(rollout, known).length !== known.length) return false;
  return known.every(one => stepOf(rollout, one) === (one === name ? step : stepOf(before, one)));
}

/** Where a Rollout stands in an environment. */
export const stepOf = ({ spec }: Rollout, environment: string): string =>
  ownEntry(spec.environments, environment)?.step ?? spec.step ?? 'baseline';

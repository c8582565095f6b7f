import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { wholeFile } from '../../diagnostics/whole-file.ts';
import type { Compiled } from '../../model/compiled.ts';
import { type Plan, stateOf } from '../../model/plan.ts';
import { placeInSource } from '../../place-step.ts';
import { releaseMessage } from '../../release/commit-message.ts';
import { liveWouldChange } from '../../release/messages.ts';
import { type Release, type Released, withRelease } from '../../release/release.ts';
import { liveDifferences } from '../../release/same-live.ts';
import type { Settings } from '../settings.ts';
import { synthCommand } from '../synth-summary.ts';
import { type Before, editTapes, type TapeEdit, type TapeRequest } from '../tape-edit.ts';
import type { ExitCode } from '../terminal.ts';

/** Puts a version and its steps at the end of the tape of a Rollout. */
export const release = (asked: Release, request: TapeRequest, settings: Settings): Promise<ExitCode> =>
  editTapes({ name: 'release', edit: before => releaseIn(before, asked, settings) }, request, settings);

/** As it is asked for; where an object of every state is called like a rule, with rules that keep their names. */
function releaseIn(before: Before, asked: Release, settings: Settings): TapeEdit {
  const first = tryRelease(before, asked, settings);
  if ('released' in first) return edited(before, asked, first);
  const second = tryRelease(before, { ...asked, keepRuleNames: true }, settings);
  return 'released' in second ? edited(before, asked, second) : { kind: 'refused', diagnostics: first.diagnostics };
}

interface Tried {
  readonly released: Released;
  readonly compiled: Compiled;
}

function tryRelease(
  { source, compiled, compile }: Before,
  asked: Release,
  settings: Settings,
): Tried | { readonly diagnostics: readonly Diagnostic[] } {
  const released = withRelease(source.text, asked);
  if ('findings' in released) return { diagnostics: placeInSource(source, released.findings) };
  const after = compile({ file: source.file, text: released.text });
  if (after.results === undefined)
    return { diagnostics: after.diagnostics.filter(({ severity }) => severity === 'error') };
  const paths = liveDifferences(compiled, after);
  if (paths.length === 0) return { released, compiled: after };
  const finding = liveWouldChange({ path: [] }, { paths, synth: synthCommand({ ...settings, paths: [source.file] }) });
  return { diagnostics: [wholeFile(finding, source.file)] };
}

function edited({ compiled, standings }: Before, { version }: Release, { released, compiled: after }: Tried): TapeEdit {
  const plans = (after.results ?? []).map(({ plan }) => plan);
  const old = (compiled.results ?? []).map(({ plan }) => plan);
  const before = new Set(old[0]?.states.map(({ name }) => name));
  const states = plans[0]!.states
    .filter(({ kind, name }) => kind === 'step' && !before.has(name))
    .map(({ name }) => name);
  const { rollout } = standings[0]!.facts;
  const namespaces = [...new Set(standings.map(({ facts }) => facts.namespace))];
  return {
    kind: 'edited',
    text: released.text,
    message: releaseMessage({ rollout, namespaces }, { version, from: released.from, states }),
    words: [
      ...old.flatMap(plan => notAtEnd(plan, version)),
      `${rollout}: ${version} follows ${released.from}; nothing that runs changes until surefoot promote takes its steps`,
    ],
  };
}

/** Environments go through the tape one release after the other. */
function notAtEnd(plan: Plan, version: string): readonly string[] {
  const main = plan.states.filter(({ kind }) => kind !== 'abort');
  const current = stateOf(plan, plan.current);
  if (main.at(-1) === current) return [];
  return [
    `${plan.environment} stands in ${current.name}: the steps of ${version} come after what is left of the tape there`,
  ];
}

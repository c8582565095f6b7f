import type { At } from '../diagnostics/finding.ts';
import type { PlainRollout, Rollout } from '../model/rollout.ts';
import type { ExpandedStep } from './expand.ts';
import type { Offer } from './features.ts';
import { duplicateStep, foreignOptions, reservedStep, unknownStep, unusedRule } from './messages.ts';
import type { Report } from './report.ts';
import { unknownStable, unusedVersion } from './version-messages.ts';

/** A Rollout with its tape expanded. */
export interface Expansion {
  readonly rollout: Rollout;
  readonly stable: string;
  readonly expanded: readonly ExpandedStep[];
}

const RESERVED = /^(?:baseline|default)$|^(?:provision|scale|hold|lower|retire|abort)-/;

/** Reports names that refer to nothing, that nothing refers to, or that two things share. */
export function checkReferences({ rollout, stable, expanded }: Expansion, report: Report): void {
  const versions = Object.keys(rollout.spec.versions);
  if (!versions.includes(stable))
    report(unknownStable({ path: ['spec', 'stable'] }, { name: stable, known: versions }));
  checkStepNames(expanded, report);
  checkUnused({ rollout, stable, expanded }, report);
}

function checkStepNames(expanded: readonly ExpandedStep[], report: Report): void {
  const first = new Map<string, ExpandedStep>();
  for (const entry of expanded) {
    const { name } = entry.step;
    const before = first.get(name);
    const at = { path: nameOrigin(entry) };
    if (before === undefined) first.set(name, entry);
    else report(duplicateStep(at, { name }, [{ at: { path: nameOrigin(before) }, text: `${name} is here first.` }]));
    if (RESERVED.test(name)) report(reservedStep(at, { name }));
  }
}

const nameOrigin = ({ origin }: ExpandedStep) => (typeof origin.at(-1) === 'number' ? [...origin, 'name'] : origin);

function checkUnused({ rollout, stable, expanded }: Expansion, report: Report): void {
  const { rules = {}, versions } = rollout.spec;
  const switchedOn = new Set(
    expanded.flatMap(e => (e.step.rules ?? []).map(rule => (typeof rule === 'string' ? rule : rule.name))),
  );
  for (const name of Object.keys(rules)) {
    if (!switchedOn.has(name)) report(unusedRule({ path: ['spec', 'rules', name], on: 'key' }, { name }));
  }
  const named = new Set([stable, ...expanded.flatMap(entry => namedVersions(entry, rules))]);
  if (!Object.hasOwn(versions, stable)) return;
  for (const name of Object.keys(versions)) {
    if (!named.has(name)) report(unusedVersion({ path: ['spec', 'versions', name], on: 'key' }, { name }));
  }
}

/** Versions that must run during a step: all that it writes down, also at 0 %. */
export function namedVersions({ step }: ExpandedStep, rules: NonNullable<Rollout['spec']['rules']>): readonly string[] {
  const active = (step.rules ?? []).map(rule => (typeof rule === 'string' ? rules[rule] : rule));
  const maps = [step, ...active].flatMap(part => (part === undefined ? [] : [part.traffic, part.mirror ?? {}]));
  return [...new Set(maps.flatMap(map => Object.keys(map)))];
}

/** Reports settings of providers that the Rollout does not use. */
export function checkOptions({ spec }: PlainRollout, offers: readonly Offer[], report: Report): void {
  for (const { name } of offers) {
    if (name !== spec.provider && spec[name] !== undefined) {
      report(foreignOptions({ path: ['spec', name], on: 'key' }, { key: name, provider: spec.provider }));
    }
  }
}

/** Reports a `spec.step` that is none of the states. */
export function checkCurrent(
  states: readonly string[],
  { step }: Rollout['spec'],
  written: (at: At) => At,
  report: Report,
): void {
  if (step !== undefined && !states.includes(step)) {
    const at = { path: ['spec', 'step'] };
    const place = written(at);
    const key = ('path' in place ? place : at).path.join('.');
    report(unknownStep(at, { name: step, known: states, key }));
  }
}

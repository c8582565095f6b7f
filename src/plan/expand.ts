import type { Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { AbTestSpec, BlueGreenSpec, CanarySpec, PlainStepSpec, ShadowSpec, StepSpec } from '../model/rollout.ts';
import { shorthandToStable, unknownVersion, weightsNotRising } from './messages.ts';
import type { Report } from './report.ts';

/** Says where a part of a rule was written: a whole map, or the entry of one version. */
export type WrittenAt = (part: 'traffic' | 'mirror' | 'fault', version?: string) => Path;

/** A step in full, and where it, or the shorthand that gave it, was written. */
export interface ExpandedStep {
  readonly step: PlainStepSpec;
  readonly origin: Path;
  readonly writtenAt: WrittenAt;
  /** Where the entry of `step.rules` with this index was written. */
  readonly ruleAt: (index: number) => Path;
  /** The version whose percent alone is written; absent: the traffic is written in full, or none of it. */
  readonly weightOf?: string;
}

/** What shorthands are expanded against. */
interface TapeScope {
  readonly versions: readonly string[];
  readonly report: Report;
}

/** The parts of a rule written as keys below `origin`. */
export const keysBelow =
  (origin: Path): WrittenAt =>
  (part, version) =>
    version === undefined ? [...origin, part] : [...origin, part, version];

/** Turns the shorthands of a tape into plain steps. `stable` has all traffic before the first one. */
export function expandSteps(steps: readonly StepSpec[], stable: string, scope: TapeScope): readonly ExpandedStep[] {
  let whole = stable;
  return steps.flatMap((spec, index) => {
    const expanded = expandOne(spec, whole, ['spec', 'steps', index], scope);
    for (const { step } of expanded) whole = wholeVersion(step) ?? whole;
    return expanded;
  });
}

function expandOne(spec: StepSpec, whole: string, origin: Path, scope: TapeScope): readonly ExpandedStep[] {
  if ('canary' in spec) {
    const below: Path = [...origin, 'canary'];
    checkWeights(spec.canary.weights, [...below, 'weights'], scope.report);
    return shorthand(canarySteps(spec.canary, whole), [below, spec.canary.to, whole], scope).map((step, index) => ({
      ...step,
      writtenAt: () => [...below, 'weights', index],
      weightOf: spec.canary.to,
    }));
  }
  if ('blueGreen' in spec) {
    return shorthand(
      blueGreenSteps(spec.blueGreen, whole),
      [[...origin, 'blueGreen'], spec.blueGreen.to, whole],
      scope,
    );
  }
  if ('abTest' in spec) {
    const below: Path = [...origin, 'abTest'];
    return shorthand(abTestSteps(spec.abTest, whole), [below, spec.abTest.to, whole], scope).map(step => ({
      ...step,
      ruleAt: () => below,
    }));
  }
  if ('shadow' in spec) {
    const below: Path = [...origin, 'shadow'];
    return shorthand(shadowSteps(spec.shadow, whole), [below, spec.shadow.to, whole], scope).map(step => ({
      ...step,
      writtenAt: part => [...below, part === 'mirror' ? 'percent' : 'to'],
    }));
  }
  return [
    {
      step: spec,
      origin,
      writtenAt: keysBelow(origin),
      ruleAt: index => [...origin, 'rules', index],
    },
  ];
}

/** Reports the first weight that is 0 or below the one before it; equal ones are steps of one name. */
function checkWeights(weights: readonly number[], path: Path, report: Report): void {
  const index = weights.findIndex((weight, i) => weight === 0 || weight < (weights[i - 1] ?? 0));
  const weight = weights[index];
  if (weight === undefined) return;
  const rising = [...new Set(weights)].filter(one => one > 0).sort((a, b) => a - b);
  const from = weight === 0 ? undefined : weights[index - 1];
  report(weightsNotRising({ path: [...path, index] }, { from, weight, rising }));
}

function shorthand(
  steps: readonly PlainStepSpec[],
  [origin, to, whole]: readonly [origin: Path, to: string, whole: string],
  { versions, report }: TapeScope,
): readonly ExpandedStep[] {
  const path: Path = [...origin, 'to'];
  if (!versions.includes(to)) report(unknownVersion({ path }, { name: to, known: versions }));
  else if (to === whole) report(shorthandToStable({ path }, { shorthand: String(origin.at(-1)), version: to }));
  else
    return steps.map(step => ({
      step,
      origin,
      writtenAt: () => path,
      ruleAt: index => [...origin, 'rules', index],
    }));
  return [];
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [k in K]?: V };

/** A weight that is too fine leaves a rest that is: the two of them still total 100. */
const rest = (weight: number): number => Number((100 - weight).toPrecision(12));

function canarySteps(spec: CanarySpec, whole: string): PlainStepSpec[] {
  return spec.weights.map(weight => ({
    name: `${spec.name ?? 'canary'}-${String(weight).replace('.', '-')}`,
    traffic: weight === 100 ? { [spec.to]: 100 } : { [whole]: rest(weight), [spec.to]: weight },
    ...optional('rules', spec.rules),
    ...optional('pause', spec.pause),
  }));
}

function blueGreenSteps(spec: BlueGreenSpec, whole: string): PlainStepSpec[] {
  const prefix = spec.name === undefined ? '' : `${spec.name}-`;
  const preview: PlainStepSpec = {
    name: `${prefix}preview`,
    traffic: { [whole]: 100, [spec.to]: 0 },
    ...optional('rules', spec.rules),
    ...optional('pause', spec.pause),
  };
  const after: PlainStepSpec = {
    name: `${prefix}switch`,
    traffic: { [spec.to]: 100 },
  };
  return spec.preview === false ? [after] : [preview, after];
}

function abTestSteps(spec: AbTestSpec, whole: string): PlainStepSpec[] {
  const name = spec.name ?? 'ab-test';
  const rule = {
    name: `${name}-group`,
    match: spec.match,
    traffic: { [spec.to]: 100 },
  };
  return [
    {
      name,
      traffic: { [whole]: 100 },
      rules: [rule],
      ...optional('pause', spec.pause),
    },
  ];
}

function shadowSteps(spec: ShadowSpec, whole: string): PlainStepSpec[] {
  const mirror = { [spec.to]: spec.percent ?? DEFAULTS.shadowPercent };
  return [
    {
      name: spec.name ?? 'shadow',
      traffic: { [whole]: 100 },
      mirror,
      ...optional('pause', spec.pause),
    },
  ];
}

const wholeVersion = (step: PlainStepSpec): string | undefined =>
  Object.entries(step.traffic).find(([, percent]) => percent === 100)?.[0];

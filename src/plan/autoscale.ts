import type { Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { Autoscale, Version, Workload } from '../model/plan.ts';
import type { AutoscaleSpec, RolloutSpec } from '../model/rollout.ts';
import { wholeOf } from '../traffic/share.ts';
import { autoscaleAndReplicas, autoscaledInPool, autoscaleWithoutRequest, minAboveMax } from './autoscale-messages.ts';
import { readQuantity } from './quantity.ts';
import type { Report } from './report.ts';
import { defaultRule, lifetimes, type TapeStep } from './tape.ts';
import type { WorkloadScope } from './workload.ts';

/** The bounds of an autoscaler, held against each other and against what the pods request. */
export function planAutoscale(
  spec: AutoscaleSpec,
  { requests }: Workload['resources'],
  { layer, report }: WorkloadScope,
): Autoscale {
  const { min, max, cpu = DEFAULTS.autoscale.cpu } = spec;
  const path = layer('autoscale');
  if (min > max) report(minAboveMax({ path: [...path, 'min'] }, { min, max }));
  const request = requests['cpu'];
  if (request === undefined || readQuantity(request) === 0)
    report(autoscaleWithoutRequest({ path, on: 'key' }, undefined));
  return { min, max, cpu };
}

/** Reports each place that says how many pods run in two ways at once. */
export function checkLayers({ workload, versions }: RolloutSpec, report: Report): void {
  const layers: readonly (readonly [Path, typeof workload])[] = [
    [['spec', 'workload'], workload],
    ...Object.entries(versions).map(([name, version]) => [['spec', 'versions', name], version] as const),
  ];
  for (const [path, layer] of layers) {
    if (layer?.replicas !== undefined && layer.autoscale !== undefined)
      report(autoscaleAndReplicas({ path: [...path, 'replicas'], on: 'key' }, undefined));
  }
}

/** Names of the versions whose number of pods an autoscaler chooses. */
export const autoscaledOf = (versions: readonly Version[]): ReadonlySet<string> =>
  new Set(versions.flatMap(v => (v.kind === 'workload' && v.workload.autoscale !== undefined ? [v.name] : [])));

/** Where the split follows from pods: reports autoscaled versions that share it, or that start while others do. */
export function checkPools(
  steps: readonly TapeStep[],
  stable: string,
  versions: readonly Version[],
  report: Report,
): void {
  const autoscaled = autoscaledOf(versions);
  const { provisions } = lifetimes(steps, stable);
  const splits = steps.map(step => defaultRule(step.rules).split);
  const isShared = (index: number): boolean => index >= 0 && wholeOf(splits[index]!) === undefined;
  steps.forEach((step, index) => {
    const found = (names: readonly string[], starts: boolean): void => {
      for (const version of names.filter(name => autoscaled.has(name)))
        report(autoscaledInPool({ path: step.trafficAt }, { version, step: step.name, starts }));
    };
    if (isShared(index))
      found(
        splits[index]!.map(portion => portion.version),
        false,
      );
    else if (isShared(index - 1)) found(provisions[index]!, true);
  });
}

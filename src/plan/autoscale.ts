import type { Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { Autoscale, Version, Workload } from '../model/plan.ts';
import type { AutoscaleSpec, RolloutSpec } from '../model/rollout.ts';
import type { Split } from '../model/traffic.ts';
import { wholeOf } from '../traffic/share.ts';
import { autoscaleAndReplicas, autoscaledInPool, autoscaleWithoutRequest, minAboveMax } from './autoscale-messages.ts';
import { writtenAt } from './layers.ts';
import { readQuantity } from './quantity.ts';
import { exactStrength } from './ratio.ts';
import type { Report } from './report.ts';
import { defaultRule, lifetimes, type TapeStep } from './tape.ts';
import { versionLayers } from './templates.ts';
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

/** What is looked at for autoscaled versions that share the traffic. */
export interface PoolScope {
  readonly spec: RolloutSpec;
  readonly steps: readonly TapeStep[];
  readonly stable: string;
  readonly versions: readonly Version[];
  readonly provider: string;
}

/** Where the split follows from pods: reports autoscaled versions that share it, or that start while others do. */
export function checkPools(scope: PoolScope, report: Report): void {
  const { spec, steps, versions, provider } = scope;
  const autoscaled = autoscaledOf(versions);
  const tape = lifetimes(steps, scope.stable);
  const splits = steps.map(step => defaultRule(step.rules).split);
  const isShared = (index: number): boolean => index >= 0 && wholeOf(splits[index]!) === undefined;
  steps.forEach(({ name: step, trafficAt }, index) => {
    const starts = !isShared(index);
    const split = splits[index]!;
    const pool = starts ? (isShared(index - 1) ? tape.provisions[index]! : []) : split.map(({ version }) => version);
    const found = pool.filter(name => autoscaled.has(name));
    if (found.length === 0) return;
    const stable = tape.stable[index]!;
    const to = starts ? undefined : split.find(({ version }) => version !== stable)?.version;
    const replicas = podsFor(starts ? [] : split, stable, fewestOf(versions, starts ? found[0]! : stable));
    const notes = found.map(name => ({ at: { path: autoscaleAt(spec, name) }, text: 'autoscale is written here.' }));
    const params = { versions: found, provider, step, starts, replicas, to };
    report(autoscaledInPool({ path: trafficAt }, params, onePlaceEach(notes)));
  });
}

const autoscaleAt = (spec: RolloutSpec, version: string): Path =>
  writtenAt(versionLayers(spec, version), ['autoscale']).path;

const onePlaceEach = <N extends { readonly at: { readonly path: Path } }>(notes: readonly N[]): readonly N[] => {
  const keys = notes.map(({ at }) => at.path.join('/'));
  return notes.filter((_, i) => keys.indexOf(keys[i]!) === i);
};

const fewestOf = (versions: readonly Version[], name: string): number => {
  const version = versions.find(one => one.name === name);
  return version?.kind === 'workload' ? version.workload.replicas : 1;
};

/** The smallest number of stable pods, not below `fewest`, that reaches a split exactly. */
function podsFor(split: Split, stable: string, fewest: number): number {
  const exact = split.some(({ version }) => version === stable) ? exactStrength(split, stable) : 1;
  return Math.ceil(fewest / exact) * exact;
}

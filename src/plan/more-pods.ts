import type { At } from '../diagnostics/finding.ts';
import type { State, TemplateVersion, Version } from '../model/plan.ts';
import type { RolloutSpec, WorkloadSpec } from '../model/rollout.ts';
import { groupKind, type ScopedObject } from '../model/template.ts';
import type { MorePods } from './capacity-messages.ts';
import type { Lack, Lacking } from './lacks.ts';
import { merged, writtenAt } from './layers.ts';
import { baseOf, greatestCommonDivisor } from './ratio.ts';
import { defaultRule } from './tape.ts';
import { atOf, nameOf } from './template-objects.ts';
import { versionLayers } from './templates.ts';

/** What a person writes so that the version has enough pods in every state that lacks them, and every split stays as it is. */
export function morePods(version: Version, { worst, lacks, strength }: Lacking, { spec, pools }: Places): MorePods {
  if (worst.pool) {
    const { version: base, own, all } = poolOf(worst.state);
    const pods = roundUp(own * Math.ceil(strength / all), base, pools);
    return { kind: 'pool', pods, under: `spec.versions.${base}` };
  }
  const under = `spec.versions.${version.name}`;
  const autoscale = version.kind === 'workload' ? version.workload.autoscale : undefined;
  const isGradual = spec.surge === 'gradual' && autoscale === undefined;
  const needed = lacks.filter(lack => !lack.pool).map(lack => (isGradual ? lack.whole : lack.needed));
  const pods = roundUp(Math.max(...needed), version.name, pools);
  if (autoscale !== undefined)
    return { kind: 'autoscale', pods, max: Math.max(pods, autoscale.max), cpu: autoscale.cpu, under };
  if (version.kind === 'template' && version.template.autoscaled)
    return { kind: 'minReplicas', pods, under: `${nameOf(scalerOf(version))} of ${version.template.file}` };
  return { kind: 'replicas', pods, under };
}

/** Pods of a split that follows from them, in lowest terms: of the version that the others are counted by, and of all. */
function poolOf({ rules, running, stable }: State) {
  const { split } = defaultRule(rules);
  const version = baseOf(split, stable);
  const counts = new Map(running.map(one => [one.version, one.replicas]));
  const pods = split.map(portion => counts.get(portion.version) ?? 0);
  const divisor = pods.reduce(greatestCommonDivisor, 0);
  const all = pods.reduce((a, b) => a + b, 0) / divisor;
  return { version, own: counts.get(version)! / divisor, all };
}

/** The next number of pods with which every split that is counted by a version stays a whole number of pods. */
function roundUp(pods: number, version: string, pools: readonly State[]): number {
  const units = pools.map(poolOf).flatMap(pool => (pool.version === version ? [pool.own] : []));
  const unit = units.reduce((a, b) => (a * b) / greatestCommonDivisor(a, b), 1);
  return Math.ceil(pods / unit) * unit;
}

/** Where the number of pods of a version is written; in a pool, that of the version that the others are counted by. */
export function placeOfPods(version: Version, { state, pool }: Lack, { spec, versions }: Places): At {
  const base = pool ? baseOf(defaultRule(state.rules).split, state.stable) : version.name;
  const counted = versions.find(({ name }) => name === base) ?? version;
  if (counted.kind === 'template' && counted.template.autoscaled)
    return atOf(counted.template, scalerOf(counted), ['spec', 'minReplicas']);
  const layers = versionLayers(spec, base);
  const { replicas, autoscale } = (merged(layers) ?? {}) as WorkloadSpec;
  if (autoscale !== undefined) return { path: writtenAt(layers, ['autoscale', 'min']).path };
  if (replicas !== undefined) return { path: writtenAt(layers, ['replicas']).path };
  return { path: counted.origin, on: 'key' };
}

/** What tells where numbers of pods are written, and what follows from them. */
export interface Places {
  readonly spec: RolloutSpec;
  readonly versions: readonly Version[];
  /** States whose split follows from numbers of pods. */
  readonly pools: readonly State[];
}

const scalerOf = ({ template }: TemplateVersion): ScopedObject =>
  template.objects.find(({ object }) => groupKind(object) === 'autoscaling/HorizontalPodAutoscaler')!;

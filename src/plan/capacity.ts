import type { Finding, Note } from '../diagnostics/finding.ts';
import { capacityOf, podsFor, strengthOf } from '../model/capacity.ts';
import type { State, Version } from '../model/plan.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import { WHOLE } from '../model/traffic.ts';
import { capacityShort, weakerVersion } from './capacity-messages.ts';
import { type CapacityScope, isPool, type Lack, type Lacking, lacksOf, worstOf } from './lacks.ts';
import { writtenAt } from './layers.ts';
import { morePods, type Places, placeOfPods } from './more-pods.ts';
import type { Report } from './report.ts';
import { versionLayers } from './templates.ts';

/**
 * Holds the pods of each version in each state against the requests that it gets there: by its capacity where both
 * numbers are known, else by what the stable version needs. A provider that owns the workloads adds pods by itself.
 */
export function checkCapacity(scope: CapacityScope, report: Report): void {
  if (scope.offer.ownsWorkloads) return;
  for (const version of scope.versions) {
    const { rpsPerPod, peakRps } = capacityOf(version) ?? {};
    const strength = strengthOf(version);
    if (strength === undefined) continue;
    const finding =
      rpsPerPod === undefined || peakRps === undefined
        ? judgeByStable(version, scope)
        : judgeByRps(version, { rpsPerPod, peakRps, strength }, scope);
    if (finding !== undefined) report(finding);
  }
}

interface Known {
  readonly rpsPerPod: number;
  readonly peakRps: number;
  readonly strength: number;
}

function judgeByRps(version: Version, known: Known, scope: CapacityScope): Finding | undefined {
  const { strength, rpsPerPod, peakRps } = known;
  const lacks = lacksOf(version, scope, (state, { share, copies }) => {
    const load = share + copies;
    const whole = podsFor(Math.max(WHOLE, load), strength);
    return { needed: podsFor(load, strength), whole, pool: isPool(state, scope) };
  });
  const worst = worstOf(lacks);
  if (worst === undefined) return undefined;
  const { copies } = worst;
  const most = mostOf(worst, known, scope.spec);
  const told = toldOf(version, { worst, lacks, strength }, scope);
  const notes = [...stepNotes(worst, scope), ...capacityNotes(version, scope)];
  return capacityShort(
    placeOfPods(version, worst, placesOf(scope)),
    { ...told, copies, rpsPerPod, peakRps, most },
    notes,
  );
}

function judgeByStable(version: Version, scope: CapacityScope): Finding | undefined {
  const lacks = lacksOf(version, scope, (state, { share }) => {
    const wanted = strengthBeside(version, state, scope);
    if (wanted === undefined || isPool(state, scope)) return undefined;
    return { needed: podsFor(share, wanted), whole: podsFor(WHOLE, wanted), pool: false };
  });
  const worst = worstOf(lacks);
  const home = scope.versions.find(({ name }) => name === worst?.state.stable);
  const strength = home === undefined ? undefined : strengthOf(home);
  if (worst === undefined || home === undefined || strength === undefined) return undefined;
  const byRps = capacityOf(version)?.rpsPerPod !== undefined;
  const told = toldOf(version, { worst, lacks, strength }, scope);
  const at = placeOfPods(version, worst, placesOf(scope));
  return weakerVersion(at, { ...told, home: home.name, strength, byRps }, stepNotes(worst, scope));
}

const placesOf = (scope: CapacityScope): Places => ({
  spec: scope.spec,
  versions: scope.versions,
  pools: scope.states.filter(state => isPool(state, scope)),
});

/** Pods of a version that carry everything if they carry what those of the stable version do; undefined where that is not known. */
function strengthBeside(version: Version, { stable }: State, { versions }: CapacityScope): number | undefined {
  const home = versions.find(({ name }) => name === stable);
  const strength = home === undefined || home === version ? undefined : strengthOf(home);
  const own = capacityOf(version)?.rpsPerPod;
  if (home === undefined || strength === undefined || own === undefined) return strength;
  const other = capacityOf(home)?.rpsPerPod;
  return other === undefined ? undefined : (strength * other) / own;
}

function toldOf(version: Version, lacking: Lacking, scope: CapacityScope) {
  const { worst, lacks } = lacking;
  return {
    version: version.name,
    state: worst.state.name,
    also: lacks.filter(lack => lack !== worst).map(lack => lack.state.name),
    share: worst.share,
    pods: worst.pods,
    needed: worst.needed,
    more: morePods(version, lacking, placesOf(scope)),
  };
}

/** The largest share, in whole percents where there is one, that the pods of a state carry. */
function mostOf({ share, copies, pods, pool }: Lack, { strength }: Known, { surge }: RolloutSpec): number | undefined {
  if (share === WHOLE || copies > 0 || pool || surge === 'gradual') return undefined;
  const most = Math.floor((pods / strength) * WHOLE + 1e-6);
  return most >= 100 ? most - (most % 100) : most > 0 ? most : undefined;
}

const stepNotes = ({ state }: Lack, { steps }: CapacityScope): readonly Note[] =>
  steps
    .filter(({ name }) => state.kind === 'step' && name === state.name)
    .map(({ trafficAt }) => ({ at: { path: trafficAt }, text: 'its share is written here.' }));

/** Where the two numbers stand, which may be in two files. */
function capacityNotes({ name }: Version, { spec }: CapacityScope): readonly Note[] {
  const [rps, peak] = ['rpsPerPod', 'peakRps'].map(key => writtenAt(versionLayers(spec, name), ['capacity', key]).path);
  const text = (key: string): string => `${key} is written here.`;
  return [
    { at: { path: rps! }, text: text('rpsPerPod') },
    { at: { path: peak! }, text: text('peakRps') },
  ];
}

import type { At } from '../diagnostics/finding.ts';
import { quote } from '../diagnostics/wording.ts';
import type { Probe, Version } from '../model/plan.ts';
import { isAtLeast } from '../model/version-number.ts';
import { kubernetesTooOld, kubernetesUnsupported } from './environment-messages.ts';
import type { Flat } from './environments.ts';
import type { Report } from './report.ts';

/** HorizontalPodAutoscaler autoscaling/v2 is served from here on: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const OLDEST = '1.23';

/** `preStop.sleep`: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ (PodLifecycleSleepAction, on from 1.30) */
const SLEEP = '1.30';

/** gRPC probes: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ (GRPCContainerProbe, on from 1.24) */
const GRPC_PROBE = '1.24';

/** Reports what the pods need and a cluster of this version does not know. Knative's own pods never sleep. */
export function checkCluster(flat: Flat, versions: readonly Version[], ownsWorkloads: boolean, report: Report): void {
  const { kubernetes } = flat.cluster;
  if (kubernetes === undefined) return;
  const fact = { path: ['cluster', 'kubernetes'] };
  if (!isAtLeast(kubernetes, OLDEST)) {
    report(kubernetesUnsupported(fact, { version: kubernetes, oldest: OLDEST }));
    return;
  }
  const place = { environment: flat.environment, fleetWide: isFleetWide(flat.written(fact)), kubernetes };
  const notes = [{ at: fact, text: 'the version is written here.' }];
  for (const version of versions) {
    if (version.kind !== 'workload') continue;
    const { name, origin, workload } = version;
    const at = { path: origin, on: 'key' } as const;
    if (workload.drain > 0 && !ownsWorkloads && !isAtLeast(kubernetes, SLEEP)) {
      const instead = `${noDrain(flat, name, place.fleetWide)}\n${LOST}`;
      report(kubernetesTooOld(at, { version: name, ...place, ...DRAIN, instead }, notes));
    }
    const probes = [workload.readiness, workload.liveness, workload.startup];
    if (probes.some((probe?: Probe) => probe?.ask.kind === 'grpc') && !isAtLeast(kubernetes, GRPC_PROBE))
      report(kubernetesTooOld(at, { version: name, ...place, ...PROBE }, notes));
  }
}

const isFleetWide = (at: At): boolean => 'path' in at && at.path[0] === 'cluster';

const DRAIN = { feature: 'pauses before it stops (drain, 15s where nothing is written)', since: SLEEP } as const;

const LOST =
  'Requests can then be lost when a pod stops, unless the application itself goes on answering for about 15s after SIGTERM.';

const PROBE = {
  feature: 'is probed over gRPC',
  since: GRPC_PROBE,
  instead: 'Probe it in another way: write `tcp: true` in place of `grpc: true`.',
} as const;

/** The line that takes the pause away; where only one environment of several needs it, for that one alone. */
function noDrain({ rollout, environment, environments, declared }: Flat, version: string, fleetWide: boolean): string {
  if (rollout.spec.versions[version]?.drain !== undefined) return `Write \`drain: 0s\` in version ${quote(version)}.`;
  const line = 'workload: { drain: 0s }';
  if (fleetWide || environments.length === 1) return `Write \`${line}\` under spec.`;
  if (declared.file === undefined) return `Write \`${line}\` under spec.environments.${environment}.`;
  // Environments that the Rollout names are all that it goes to.
  const all = environments.map(name => `${name}: {${name === environment ? ` ${line} ` : ''}}`);
  return `Write \`environments: { ${all.join(', ')} }\` under spec.`;
}

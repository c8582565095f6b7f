import type { ClusterFacts } from '../model/fleet.ts';
import type { Probe, Version } from '../model/plan.ts';
import { isAtLeast } from '../model/version-number.ts';
import { kubernetesTooOld, kubernetesUnsupported } from './environment-messages.ts';
import type { Report } from './report.ts';

/** HorizontalPodAutoscaler autoscaling/v2 is served from here on: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const OLDEST = '1.23';

/** `preStop.sleep`: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ (PodLifecycleSleepAction, on from 1.30) */
const SLEEP = '1.30';

/** gRPC probes: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ (GRPCContainerProbe, on from 1.24) */
const GRPC_PROBE = '1.24';

/** Reports what the pods need and a cluster of this version does not know. Knative's own pods never sleep. */
export function checkCluster(
  { kubernetes }: ClusterFacts,
  versions: readonly Version[],
  ownsWorkloads: boolean,
  report: Report,
): void {
  if (kubernetes === undefined) return;
  if (!isAtLeast(kubernetes, OLDEST)) {
    report(kubernetesUnsupported({ path: ['cluster', 'kubernetes'] }, { version: kubernetes, oldest: OLDEST }));
    return;
  }
  for (const version of versions) {
    if (version.kind !== 'workload') continue;
    const { drain, readiness, liveness, startup } = version.workload;
    const at = { path: version.origin, on: 'key' } as const;
    if (drain > 0 && !ownsWorkloads && !isAtLeast(kubernetes, SLEEP))
      report(kubernetesTooOld(at, { version: version.name, kubernetes, ...DRAIN }));
    const probes = [readiness, liveness, startup].filter((probe): probe is Probe => probe?.ask.kind === 'grpc');
    if (probes.length > 0 && !isAtLeast(kubernetes, GRPC_PROBE))
      report(kubernetesTooOld(at, { version: version.name, kubernetes, ...PROBE }));
  }
}

const DRAIN = {
  feature: 'pauses before it stops (drain, 15s where nothing is written)',
  since: SLEEP,
  instead: 'Write `drain: 0s` in the workload, and let the application go on answering after SIGTERM',
} as const;

const PROBE = {
  feature: 'is probed over gRPC',
  since: GRPC_PROBE,
  instead: 'Probe it in another way, such as `tcp: true`',
} as const;

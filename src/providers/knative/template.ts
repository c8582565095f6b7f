import { containerFacts, podAnnotations, podVolumes, probeFacts } from '../../model/container.ts';
import type { Json, Labels } from '../../model/kubernetes.ts';
import { versionLabels, versionName } from '../../model/labels.ts';
import type { Plan, Version, Workload } from '../../model/plan.ts';

type JsonObject = { readonly [key: string]: Json };
type WorkloadVersion = Extract<Version, { kind: 'workload' }>;

/** The pod template of one revision. Its name must change with every other part of it, so it is frozen with its version. */
export function template(plan: Plan, version: WorkloadVersion, revision: string): JsonObject {
  const annotations = {
    ...scaleBounds(plan, version.workload),
    ...podAnnotations(version.workload),
  };
  const labels = {
    ...versionLabels(plan, version.name),
    ...version.workload.labels,
  };
  return {
    metadata: {
      name: revision,
      labels,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: { ...revisionSpec(plan, version), ...podVolumes(version.workload, versionName(plan, version)) },
  };
}

/** Bounds as https://knative.dev/docs/serving/autoscaling/scale-bounds/ spells them. */
const scaleBounds = (plan: Plan, workload: Workload): Labels => ({
  ...(workload.replicasWritten ? { 'autoscaling.knative.dev/min-scale': String(workload.replicas) } : {}),
  ...(plan.options['maxScale'] === undefined
    ? {}
    : {
        'autoscaling.knative.dev/max-scale': String(plan.options['maxScale']),
      }),
});

function revisionSpec(plan: Plan, version: WorkloadVersion): JsonObject {
  const { workload, defaults } = version;
  return {
    ...defaults.pod,
    ...(workload.serviceAccount === undefined ? {} : { serviceAccountName: workload.serviceAccount }),
    containerConcurrency: plan.options['concurrency'] ?? 0,
    timeoutSeconds: (plan.route.timeout ?? 0) / 1000,
    containers: [container(plan, version)],
  };
}

function container(plan: Plan, { workload, defaults }: WorkloadVersion): JsonObject {
  const port = plan.ports[0]!;
  return {
    name: plan.rollout,
    ...containerFacts(workload),
    // h2c tells Knative to speak HTTP/2 to the container: https://knative.dev/docs/serving/services/http-protocol/
    ports: [
      {
        name: port.protocol === 'http2' ? 'h2c' : 'http1',
        containerPort: port.targetPort,
        protocol: 'TCP',
      },
    ],
    securityContext: { ...defaults.security, runAsUser: workload.runAsUser },
    readinessProbe: probeFacts(workload.readiness),
    livenessProbe: probeFacts(workload.liveness),
    ...(workload.startup === undefined ? {} : { startupProbe: probeFacts(workload.startup) }),
  };
}

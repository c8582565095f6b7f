import type { Finding } from '../../diagnostics/finding.ts';
import { printDuration } from '../../model/duration.ts';
import { versionName } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';
import { grpcPort, nameTaken, scaleBounds, servicePort, timeoutSeconds } from './messages.ts';

/** Cluster default of `max-revision-timeout-seconds` (knative/serving config-defaults). */
const LONGEST_TIMEOUT = 600_000;

/** What Knative cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkTimeout(plan),
  ...checkPort(plan),
  ...checkNames(plan),
  ...checkBounds(plan),
];

function checkTimeout({ route: { timeout = 0 } }: Plan): readonly Finding[] {
  if (timeout % 1000 === 0 && timeout <= LONGEST_TIMEOUT) return [];
  return [timeoutSeconds({ path: ['spec', 'route', 'timeout'] }, { timeout: printDuration(timeout) })];
}

function checkPort({ ports }: Plan): readonly Finding[] {
  const path = ['spec', 'ports', 0];
  return ports
    .slice(0, 1)
    .flatMap(({ name, port, protocol }) => [
      ...(name === 'http' && port === 80 ? [] : [servicePort({ path }, { name, port })]),
      ...(protocol === 'grpc' ? [grpcPort({ path }, undefined)] : []),
    ]);
}

/** A tag is served by a Service called `<tag>-<service>`, a revision by one of its own name. */
function checkNames(plan: Plan): readonly Finding[] {
  const revisions = plan.versions.map(version => versionName(plan, version));
  return plan.versions.flatMap(version => {
    const name = `${version.name}-${plan.rollout}`;
    return revisions.includes(name)
      ? [nameTaken({ path: version.origin, on: 'key' }, { version: version.name, name })]
      : [];
  });
}

function checkBounds(plan: Plan): readonly Finding[] {
  const max = plan.options['maxScale'];
  if (typeof max !== 'number') return [];
  return plan.versions.flatMap(version => {
    const min = version.kind === 'workload' && version.workload.replicasWritten ? version.workload.replicas : 0;
    return min > max ? [scaleBounds({ path: ['spec', 'knative', 'maxScale'] }, { min, max })] : [];
  });
}

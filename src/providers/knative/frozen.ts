import type { ProviderPart } from '../../model/frozen.ts';
import type { Plan, Version } from '../../model/plan.ts';

/** A revision never changes: https://github.com/knative/specs/blob/main/specs/serving/knative-api-specification-1.0.md#revision */
export const irreplaceable =
  'Knative takes no other template under the name of a revision that exists, so the next sync would fail.';

/** What a revision says besides its workload; how many pods it may have is part of it. */
export function frozen(plan: Plan, { workload }: Extract<Version, { kind: 'workload' }>): readonly ProviderPart[] {
  const option = (key: string): ProviderPart => ({
    part: key,
    value: plan.options[key] ?? null,
    at: ['spec', 'knative', key],
  });
  return [
    { part: 'provider', value: 'knative', at: ['spec', 'provider'] },
    // The names of revisions follow from it.
    { part: 'form', value: plan.options['form'] ?? 'service', at: ['spec', 'knative', 'form'] },
    { part: 'protocol', value: plan.ports[0]?.protocol ?? '', at: ['spec', 'ports', 0, 'protocol'] },
    { part: 'timeout', value: plan.route.timeout ?? 0, at: ['spec', 'route', 'timeout'] },
    option('concurrency'),
    option('maxScale'),
    ...(workload.replicasWritten ? [{ part: 'replicas', value: workload.replicas }] : []),
  ];
}

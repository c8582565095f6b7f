import type { Inert } from '../../model/provider.ts';

const LABELS = 'Labels of the object itself are for people and queries; selectors read labels of pods.';

/** Leaves of Ingresses and Services that no request depends on. */
export const inert: readonly Inert[] = [
  { path: 'Ingress metadata.labels.**', reason: LABELS },
  { path: 'Service metadata.labels.**', reason: LABELS },
  {
    path: 'Service metadata.annotations.**',
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  },
  {
    path: 'Ingress metadata.name',
    reason:
      'The load balancer gets its rules from every Ingress, whatever its name. That it keeps its name is proved hop by hop: a shift creates nothing.',
  },
];

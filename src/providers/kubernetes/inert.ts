import type { Inert } from '../../model/provider.ts';

/** Leaves of Services that no request depends on. */
export const inert: readonly Inert[] = [
  {
    path: 'Service metadata.labels.**',
    reason: 'Labels of the Service itself are for people and queries; the selector reads labels of pods.',
  },
  {
    path: 'Service metadata.annotations.**',
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  },
];

import type { Inert } from '../../model/provider.ts';

/** Leaves of Services and Routes that no request depends on. */
export const inert: readonly Inert[] = [
  {
    path: 'Service metadata.annotations.**',
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  },
  ...['Service', 'Route'].map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason:
      'Labels of the object itself are for people and queries; selectors read labels of pods, and only sharded routers choose Routes by label.',
  })),
  {
    path: 'Route metadata.name',
    reason: 'The router finds a Route by host and path. That it keeps its name is proved hop by hop.',
  },
];

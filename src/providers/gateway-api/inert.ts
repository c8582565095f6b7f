import type { Inert } from '../../model/provider.ts';

const KINDS = ['HTTPRoute', 'GRPCRoute', 'Service'];

/** Leaves of routes and Services that no request depends on. */
export const inert: readonly Inert[] = [
  ...KINDS.map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  })),
  ...KINDS.map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: 'Labels of the object itself are for people and queries; selectors read labels of pods.',
  })),
  ...['HTTPRoute', 'GRPCRoute'].flatMap(kind => [
    {
      path: `${kind} metadata.name`,
      reason:
        'Requests find a route by its parents and hosts. That it keeps its name is proved hop by hop: a shift creates nothing.',
    },
    { path: `${kind} spec.rules.*.name`, reason: 'The name of a rule shows in logs, metrics and policies only.' },
  ]),
];

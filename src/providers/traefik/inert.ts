import type { Inert } from '../../model/provider.ts';

const KINDS = ['IngressRoute', 'TraefikService', 'Service'] as const;

/** Leaves of IngressRoutes, TraefikServices and Services that no request depends on. */
export const inert: readonly Inert[] = [
  ...KINDS.map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  })),
  ...KINDS.map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: 'Labels of the object itself are for people and queries; selectors read labels of pods.',
  })),
  {
    path: 'IngressRoute metadata.name',
    reason: 'Requests find a route by its rule. That the object keeps its name is proved hop by hop.',
  },
  {
    path: 'IngressRoute spec.routes.*.priority',
    reason: 'Among the routes of a rollout only the order of the numbers counts, and the reader goes by that.',
  },
];

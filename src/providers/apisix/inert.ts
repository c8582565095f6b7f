import type { Inert } from '../../model/provider.ts';

const KINDS = ['ApisixRoute', 'ApisixUpstream', 'Service'] as const;

/** Leaves of ApisixRoutes, ApisixUpstreams and Services that no request depends on. */
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
    path: 'ApisixRoute metadata.name',
    reason: 'Requests find a route by host and path. That the object keeps its name is proved hop by hop.',
  },
  {
    path: 'ApisixRoute spec.http.*.name',
    reason: 'It only tells the routes of one object apart; the reader refuses an empty one, and one that stands twice.',
  },
  {
    path: 'ApisixRoute spec.http.*.priority',
    reason: 'Among routes of one path only the order of the numbers counts, and the reader goes by that.',
  },
];

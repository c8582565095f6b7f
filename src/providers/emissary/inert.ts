import type { Inert } from '../../model/provider.ts';

const LABELS =
  'Labels of the object itself are for people and queries; a Host that selects Mappings by labels is set up by somebody else.';

/** Leaves of Mappings and Services that no request depends on. */
export const inert: readonly Inert[] = [
  {
    path: 'Mapping metadata.annotations.**',
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  },
  ...['Mapping', 'Service'].map(kind => ({ path: `${kind} metadata.labels.**`, reason: LABELS })),
  {
    path: 'Mapping metadata.name',
    reason: 'Requests find a Mapping by host, path and conditions. That names are kept is proved hop by hop.',
  },
  { path: 'Mapping spec.stats_name', reason: 'It names the requests of a version in metrics only.' },
  {
    path: 'Mapping spec.precedence',
    reason: 'Only how it compares with other Mappings counts; another order, or another group, is noticed.',
  },
  {
    path: 'Mapping spec.resolver',
    reason:
      'It is an object of the installation under the name that the Rollout gives; nothing here tells one from another.',
  },
];

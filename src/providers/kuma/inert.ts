import type { Inert } from '../../model/provider.ts';

const KINDS = ['MeshHTTPRoute', 'MeshTimeout', 'MeshRetry'];

/** Leaves of policies and Services that no request depends on. */
export const inert: readonly Inert[] = [
  {
    path: 'Service metadata.labels.**',
    reason: 'Labels of the Service itself are for people and queries; the selector reads labels of pods.',
  },
  ...KINDS.flatMap(kind => [
    {
      path: `${kind} metadata.labels.**`,
      reason: 'Labels are for people and queries, but for the one that names the mesh, which the reader reads.',
    },
    {
      path: `${kind} metadata.name`,
      reason:
        'Kuma finds a policy by what it is about. That it keeps its name is proved hop by hop: a shift creates nothing.',
    },
  ]),
];

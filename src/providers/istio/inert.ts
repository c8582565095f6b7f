import type { Inert } from '../../model/provider.ts';

const LABELS = 'Labels of the object itself are for people and queries; selectors and subsets read labels of pods.';
const ANNOTATIONS = 'Only annotations of routing domains are orders, and the reader refuses those.';

/** Leaves of VirtualServices, DestinationRules and Services that no request depends on. */
export const inert: readonly Inert[] = [
  ...['VirtualService', 'DestinationRule', 'Service'].map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: ANNOTATIONS,
  })),
  ...['VirtualService', 'DestinationRule', 'Service'].map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: LABELS,
  })),
  {
    path: 'VirtualService metadata.name',
    reason:
      'Requests find a VirtualService by its hosts. That it keeps its name is proved hop by hop: a shift creates nothing.',
  },
  { path: 'VirtualService spec.http.*.name', reason: 'The name of a route shows in access logs and metrics only.' },
  { path: 'DestinationRule metadata.name', reason: 'Istio finds a DestinationRule by spec.host, whatever its name.' },
];

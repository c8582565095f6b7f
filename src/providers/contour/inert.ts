import type { Inert } from '../../model/provider.ts';

const LABELS = 'Labels of the object itself are for people and queries; selectors read labels of pods.';
const ANNOTATIONS =
  'Only annotations of routing domains are orders, and the reader refuses those that it does not read.';

/** Leaves of HTTPProxies and Services that no request depends on. */
export const inert: readonly Inert[] = [
  { path: 'HTTPProxy metadata.labels.**', reason: LABELS },
  { path: 'Service metadata.labels.**', reason: LABELS },
  { path: 'HTTPProxy metadata.annotations.**', reason: ANNOTATIONS },
  {
    path: 'HTTPProxy metadata.name',
    reason:
      'Requests find an HTTPProxy by its host. That it keeps its name is proved hop by hop: a shift creates nothing.',
  },
];

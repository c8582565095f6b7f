import type { Inert } from '../../model/provider.ts';

const KINDS = ['Service', 'ServiceDefaults', 'ServiceResolver', 'ServiceSplitter', 'ServiceRouter'];

/** Leaves of Services and config entries that no request depends on. */
export const inert: readonly Inert[] = [
  ...KINDS.map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  })),
  ...KINDS.map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: 'Labels of the object itself are for people and queries; selectors read labels of pods.',
  })),
];

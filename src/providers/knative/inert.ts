import type { Inert } from '../../model/provider.ts';

const POD_CONTENTS: readonly (readonly [path: string, reason: string])[] = [
  [
    'metadata.labels.**',
    'Labels of pods; Knative finds them by labels of its own. Scale bounds say how many pods, not which.',
  ],
  ['metadata.annotations.**', 'Scale bounds and the like say how many pods answer, not which.'],
  ['spec.automountServiceAccountToken', 'What the pods hold.'],
  ['spec.containerConcurrency', 'How many requests a pod takes at a time, not which.'],
  ['spec.enableServiceLinks', 'What the pods hold.'],
  ['spec.serviceAccountName', 'What the pods may do.'],
  ['spec.containers.*.args.**', 'What runs in the pods.'],
  ['spec.containers.*.env.**', 'What runs in the pods.'],
  ['spec.containers.*.image', 'What runs in the pods.'],
  ['spec.containers.*.livenessProbe.**', 'Whether a pod is ready, not where requests go.'],
  ['spec.containers.*.name', 'The name of a container shows in logs only.'],
  ['spec.containers.*.readinessProbe.**', 'Whether a pod is ready, not where requests go.'],
  ['spec.containers.*.resources.**', 'What the pods may use.'],
  ['spec.containers.*.securityContext.**', 'What the pods may do.'],
  ['spec.containers.*.startupProbe.**', 'Whether a pod is ready, not where requests go.'],
];

/** Leaves of Knative objects that no request depends on. */
export const inert: readonly Inert[] = [
  ...['Service', 'Configuration', 'Route'].map(kind => ({
    path: `${kind} metadata.annotations.**`,
    reason: 'Only annotations of routing domains are orders, and the reader refuses those.',
  })),
  ...['Service', 'Configuration', 'Route'].map(kind => ({
    path: `${kind} metadata.labels.**`,
    reason: 'For people and queries; the one that keeps a host inside the cluster is read.',
  })),
  ...['Service', 'Configuration'].flatMap(kind =>
    POD_CONTENTS.map(([path, reason]) => ({ path: `${kind} spec.template.${path}`, reason })),
  ),
  {
    path: 'Configuration spec.template.metadata.name',
    reason:
      'A Route follows the newest revision of a Configuration, whatever its name; one that Knative refuses is refused.',
  },
];

/** A field that the API server, or a webhook of its owner, refuses to change on an object that exists. */
export interface Immutable {
  /** Group and kind: `apps/Deployment`. */
  readonly kind: string;
  /** Keys from the root of the object. */
  readonly path: readonly string[];
  /** It may change together with the value at this path, and where there is none. */
  readonly unless?: readonly string[];
  /** It is frozen only where the value at this path is true. */
  readonly where?: readonly string[];
  /** A sentence that says who refuses it. */
  readonly why: string;
}

const SERVER = 'The API server refuses to change it; the object would have to be deleted and made anew.';
const field = (kind: string, ...path: readonly string[]): Immutable => ({ kind, path, why: SERVER });

/**
 * Fields of built-in kinds that cannot change:
 * https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (the ValidateUpdate functions of each group).
 */
export const IMMUTABLE: readonly Immutable[] = [
  field('apps/Deployment', 'spec', 'selector'),
  field('apps/ReplicaSet', 'spec', 'selector'),
  field('apps/DaemonSet', 'spec', 'selector'),
  field('apps/StatefulSet', 'spec', 'selector'),
  field('apps/StatefulSet', 'spec', 'serviceName'),
  field('apps/StatefulSet', 'spec', 'podManagementPolicy'),
  field('apps/StatefulSet', 'spec', 'volumeClaimTemplates'),
  field('batch/Job', 'spec', 'selector'),
  field('batch/Job', 'spec', 'template'),
  field('batch/Job', 'spec', 'completionMode'),
  field('/Service', 'spec', 'clusterIP'),
  field('/PersistentVolumeClaim', 'spec', 'storageClassName'),
  field('/PersistentVolumeClaim', 'spec', 'accessModes'),
  field('/PersistentVolumeClaim', 'spec', 'volumeName'),
  field('/PersistentVolumeClaim', 'spec', 'volumeMode'),
  field('/Secret', 'type'),
  field('rbac.authorization.k8s.io/RoleBinding', 'roleRef'),
  ...['/ConfigMap', '/Secret'].flatMap(kind =>
    ['data', 'binaryData', 'stringData'].map(key => ({
      kind,
      path: [key],
      where: ['immutable'],
      why: 'The object says that it is immutable, and the API server holds it to that.',
    })),
  ),
];

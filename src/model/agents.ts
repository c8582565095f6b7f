/**
 * What brings a commit into a cluster, as the order in which it works: phases one after the other, batches within a phase, and the operations
 * of one batch in any order.
 */
export interface Agent {
  readonly name: string;
  readonly phases: readonly Phase[];
}

/** Part of a sync: all objects that it applies, or all that it deletes. */
export interface Phase {
  readonly does: 'apply' | 'delete';
  /** Absent: all at once. */
  readonly order?: KindOrder;
}

/** How objects are sorted before they are worked on. Kinds count without their group: a Service of Knative is a `Service`. */
export interface KindOrder {
  readonly first: readonly string[];
  /** All kinds that are listed nowhere come after `first` and before these. */
  readonly last: readonly string[];
  /** How kinds that are listed nowhere are sorted among themselves. */
  readonly rest: 'by-name' | 'by-kind';
  /** Whether neighbours of one kind are worked on at once, or every object by itself. */
  readonly batch: 'kind' | 'object';
  /** Whether everything goes the other way round. Absent: no. */
  readonly reverse?: true;
}

/**
 * Applies are sorted by kind, then name, and neighbours of one kind run in parallel; custom resources all tie, so their names decide:
 * https://github.com/argoproj/argo-cd/blob/master/gitops-engine/pkg/sync/sync_tasks.go (`kindOrder`, `Less`) and, in the same folder,
 * sync_context.go (`runTasks`). Nothing waits for health inside a wave.
 */
const ARGO_APPLY: KindOrder = {
  first: [
    'Namespace',
    'NetworkPolicy',
    'ResourceQuota',
    'LimitRange',
    'PodSecurityPolicy',
    'PodDisruptionBudget',
    'ServiceAccount',
    'Secret',
    'SecretList',
    'ConfigMap',
    'StorageClass',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'CustomResourceDefinition',
    'ClusterRole',
    'ClusterRoleList',
    'ClusterRoleBinding',
    'ClusterRoleBindingList',
    'Role',
    'RoleList',
    'RoleBinding',
    'RoleBindingList',
    'Service',
    'DaemonSet',
    'Pod',
    'ReplicationController',
    'ReplicaSet',
    'Deployment',
    'HorizontalPodAutoscaler',
    'StatefulSet',
    'Job',
    'CronJob',
    'IngressClass',
    'Ingress',
    'APIService',
  ],
  last: [],
  rest: 'by-name',
  batch: 'kind',
};

/** Everything is applied one by one in this order: https://github.com/fluxcd/pkg/blob/main/ssa/sort.go (`computeKind2index`, `IsLessThan`). */
const FLUX_APPLY: KindOrder = {
  first: [
    'CustomResourceDefinition',
    'Namespace',
    'ResourceQuota',
    'StorageClass',
    'ServiceAccount',
    'PodSecurityPolicy',
    'Role',
    'ClusterRole',
    'RoleBinding',
    'ClusterRoleBinding',
    'ConfigMap',
    'Secret',
    'Service',
    'LimitRange',
    'PriorityClass',
    'Deployment',
    'StatefulSet',
    'CronJob',
    'PodDisruptionBudget',
  ],
  last: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  rest: 'by-kind',
  batch: 'object',
};

/**
 * Automated sync with pruning, one wave: all prunes first and in parallel, then the applies (`runTasks`, "prune first"):
 * https://github.com/argoproj/argo-cd/blob/master/gitops-engine/pkg/sync/sync_context.go
 */
export const ARGO_CD: Agent = {
  name: 'Argo CD',
  phases: [{ does: 'delete' }, { does: 'apply', order: ARGO_APPLY }],
};

/**
 * The sync option `PruneLast=true`: prunes get a wave of their own behind all others, which begins when every applied object is healthy, where its
 * kind has a health check: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#prune-last
 */
export const ARGO_CD_PRUNE_LAST: Agent = {
  name: 'Argo CD with PruneLast',
  phases: [{ does: 'apply', order: ARGO_APPLY }, { does: 'delete' }],
};

/**
 * One Kustomization: everything is tried on the server first, applied one by one, and what is left over deleted in the reverse order, without a wait for
 * health: https://github.com/fluxcd/kustomize-controller/blob/main/internal/controller/kustomization_controller.go (`reconcile`)
 * and https://github.com/fluxcd/pkg/blob/main/ssa/manager_apply.go, manager_delete.go.
 */
export const FLUX: Agent = {
  name: 'Flux',
  phases: [
    { does: 'apply', order: FLUX_APPLY },
    { does: 'delete', order: { ...FLUX_APPLY, reverse: true } },
  ],
};

/** Agents whose order is known. What is safe in any order is safe with every one of them. */
export const AGENTS: readonly Agent[] = [ARGO_CD, ARGO_CD_PRUNE_LAST, FLUX];

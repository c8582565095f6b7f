import { closed } from './schema.mjs';

/** @typedef {{ [definition: string]: { [field: string]: import('./schema.mjs').Schema } }} Facts */

const PORT = { type: 'integer', minimum: 1, maximum: 65535 };
/** https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports : a number, or the name of a container's port. */
const PORT_OR_NAME = {
  type: ['integer', 'string'],
  minimum: 1,
  maximum: 65535,
  maxLength: 15,
  pattern: '^[a-z0-9-]+$',
};
const PROTOCOL = { enum: ['TCP', 'UDP', 'SCTP'] };
const COUNT = { type: 'integer', minimum: 0 };
const METRIC_TARGET = { enum: ['Utilization', 'Value', 'AverageValue'] };

const APP_ARMOR = closed(
  { localhostProfile: { type: 'string' }, type: { enum: ['Localhost', 'RuntimeDefault', 'Unconfined'] } },
  ['type'],
);
const LABEL_KEYS = { type: 'array', items: { type: 'string' } };

/**
 * Fields that are newer than the declarations.
 * appArmorProfile: https://kubernetes.io/docs/tutorials/security/apparmor/ (1.30); matchLabelKeys of affinity: KEP-3633 (1.29);
 * restartPolicy: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ (1.29);
 * sleep: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/ (KEP-3960, Kubernetes 1.29; zero only since 1.33)
 * @type {Facts}
 */
export const ADDED = {
  Container: { restartPolicy: { enum: ['Always'] } },
  LifecycleHandler: { sleep: closed({ seconds: { type: 'integer', minimum: 1 } }, ['seconds']) },
  PodAffinityTerm: { matchLabelKeys: LABEL_KEYS, mismatchLabelKeys: LABEL_KEYS },
  PodSecurityContext: { appArmorProfile: APP_ARMOR },
  SecurityContext: { appArmorProfile: APP_ARMOR },
};

/**
 * Bounds and words that the declarations leave out: https://kubernetes.io/docs/reference/kubernetes-api/
 * @type {Facts}
 */
export const REPLACED = {
  ConfigMap: {
    data: {
      type: 'object',
      propertyNames: { maxLength: 253, pattern: '^[-._A-Za-z0-9]+$' },
      additionalProperties: { type: 'string' },
    },
  },
  Container: { imagePullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] } },
  ContainerPort: { containerPort: PORT, hostPort: PORT, protocol: PROTOCOL },
  DeploymentSpec: { replicas: COUNT, minReadySeconds: COUNT, revisionHistoryLimit: COUNT },
  DeploymentStrategy: { type: { enum: ['Recreate', 'RollingUpdate'] } },
  GRPCAction: { port: PORT },
  HTTPIngressPath: { pathType: { enum: ['Exact', 'ImplementationSpecific', 'Prefix'] } },
  HTTPGetAction: { port: PORT_OR_NAME, scheme: { enum: ['HTTP', 'HTTPS'] } },
  HorizontalPodAutoscalerSpec: { minReplicas: COUNT, maxReplicas: { type: 'integer', minimum: 1 } },
  MetricSpec: { type: { enum: ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'] } },
  MetricTarget: { type: METRIC_TARGET },
  PodSpec: { restartPolicy: { enum: ['Always', 'OnFailure', 'Never'] }, terminationGracePeriodSeconds: COUNT },
  SeccompProfile: { type: { enum: ['Localhost', 'RuntimeDefault', 'Unconfined'] } },
  ServiceBackendPort: { number: PORT },
  ServicePort: { port: PORT, nodePort: PORT, protocol: PROTOCOL, targetPort: PORT_OR_NAME },
  ServiceSpec: { type: { enum: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] } },
  TCPSocketAction: { port: PORT_OR_NAME },
};

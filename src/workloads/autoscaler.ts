import type { KubeObject } from '../model/kubernetes.ts';
import { versionLabels, versionName } from '../model/labels.ts';
import type { Autoscale, Plan, Version } from '../model/plan.ts';

/**
 * Chooses the number of pods of one version by the CPU that they use. How fast it does so is left to the cluster: the
 * API fills in a part of `behavior` only where another part is written, so nothing shows as drift
 * (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior).
 */
export const autoscaler = (plan: Plan, { name }: Version, { min, max, cpu }: Autoscale): KubeObject => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: versionName(plan, name), namespace: plan.namespace, labels: versionLabels(plan, name) },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: versionName(plan, name) },
    minReplicas: min,
    maxReplicas: max,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } },
    ],
  },
});

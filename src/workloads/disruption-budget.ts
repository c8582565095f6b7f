import type { KubeObject } from '../model/kubernetes.ts';
import { versionLabels, versionName, versionSelector } from '../model/labels.ts';
import type { Plan } from '../model/plan.ts';

/**
 * Lets a node be drained one pod at a time. `maxUnavailable` rather than `minAvailable`: the latter would block every
 * drain while a version runs with one pod (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
 */
export const disruptionBudget = (plan: Plan, version: string): KubeObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: versionName(plan, version), namespace: plan.namespace, labels: versionLabels(plan, version) },
  spec: { maxUnavailable: 1, selector: { matchLabels: versionSelector(plan, version) } },
});

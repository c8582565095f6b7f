import { quote } from '../diagnostics/wording.ts';
import type { KubeObject } from '../model/kubernetes.ts';
import type { Spot, Tree } from '../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf, wholeOf } from '../model/reading.ts';
import { headOf } from '../model/reading-objects.ts';
import type { RecoveredAutoscaler } from '../model/recovered.ts';

const SPEC = new Set(['scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics']);
const TARGET = new Set(['apiVersion', 'kind', 'name']);
const METRIC = new Set(['type', 'resource']);
const RESOURCE = new Set(['name', 'target']);
const AMOUNT = new Set(['type', 'averageUtilization']);

/** Reads a HorizontalPodAutoscaler: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
export function readAutoscaler(object: KubeObject, problems: string[]): readonly RecoveredAutoscaler[] {
  const head = headOf(object, problems, { apiVersions: ['autoscaling/v2'] });
  if (head === undefined) return [];
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, SPEC);
  return [
    {
      name: head.name,
      target: targetOf(into(spot, '.scaleTargetRef'), spec.scaleTargetRef),
      // The API's default.
      min: wholeOf(into(spot, '.minReplicas'), spec.minReplicas) ?? 1,
      max: wholeOf(into(spot, '.maxReplicas'), spec.maxReplicas) ?? 0,
      cpu: cpuOf(into(spot, '.metrics'), spec.metrics),
    },
  ];
}

function targetOf(spot: Spot, tree: Tree): string {
  const { apiVersion, kind, name } = fieldsOf(spot, tree, TARGET);
  const [version, of, called] = [
    textOf(into(spot, '.apiVersion'), apiVersion) ?? '',
    textOf(into(spot, '.kind'), kind) ?? '',
    textOf(into(spot, '.name'), name) ?? '',
  ];
  if (version !== 'apps/v1') strange(spot, `apiVersion ${quote(version)} is unknown`);
  return `apps/${of}/${called}`;
}

/** With several metrics the largest proposal wins, so a second one would change what the first means. */
function cpuOf(spot: Spot, tree: Tree): number {
  const items = itemsOf(spot, tree);
  if (items.length !== 1) strange(spot, `${items.length} metrics stand where one is read`);
  const at = into(spot, 0);
  const { type, resource } = fieldsOf(at, items[0], METRIC);
  const inResource = into(at, '.resource');
  const { name, target } = fieldsOf(inResource, resource, RESOURCE);
  const inTarget = into(inResource, '.target');
  const amount = fieldsOf(inTarget, target, AMOUNT);
  if (type !== 'Resource' || name !== 'cpu' || amount.type !== 'Utilization')
    strange(at, 'it does not go by the utilization of the CPU');
  return wholeOf(into(inTarget, '.averageUtilization'), amount.averageUtilization) ?? 0;
}

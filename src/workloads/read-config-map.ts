import type { KubeObject } from '../model/kubernetes.ts';
import { into, isMap, labelsOf, strange } from '../model/reading.ts';
import { headOf } from '../model/reading-objects.ts';
import type { RecoveredConfig } from '../model/recovered.ts';

/** Reads a ConfigMap: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/ */
export function readConfigMap(object: KubeObject, problems: string[]): readonly RecoveredConfig[] {
  if (!isMap(object)) return [];
  const { data, ...rest } = object;
  const head = headOf(rest as KubeObject, problems, { apiVersions: ['v1'] });
  if (head === undefined) return [];
  if (head.spec !== undefined) strange(head.spot, '"spec" is not understood here');
  return [{ name: head.name, data: labelsOf(into(head.spot, ' data'), data) }];
}

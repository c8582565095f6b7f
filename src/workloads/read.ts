import { identityOf, type Json, type KubeObject } from '../model/kubernetes.ts';
import type { Pods } from '../model/recovered.ts';

/** The pods that objects keep, read back from the objects alone; objects that keep none are passed over. */
export function readPods(objects: readonly KubeObject[]): readonly Pods[] {
  return objects.flatMap(object => {
    if (object.kind !== 'Deployment' || object.apiVersion !== 'apps/v1') return [];
    const labels = textMap(at(object, 'spec', 'template', 'metadata', 'labels'));
    const replicas = at(object, 'spec', 'replicas');
    return [
      {
        version: labels['version'] ?? '',
        replicas: typeof replicas === 'number' ? replicas : 1,
        labels,
        keeper: identityOf(object),
      },
    ];
  });
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    here = (here as { readonly [key: string]: Json })[key];
  }
  return here;
}

function textMap(value: Json | undefined): { readonly [key: string]: string } {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

import {
  at,
  carries,
  fields,
  items,
  type Labels,
  labels,
  namespace,
  number,
  remembered,
  type Tree,
  text,
} from './objects.ts';

/** Pods that a Deployment keeps. */
export interface Keeper {
  readonly namespace: string;
  readonly labels: Labels;
  readonly replicas: number;
  /** Identities of ConfigMaps, Secrets, claims and accounts without which a pod does not start. */
  readonly needs: readonly string[];
}

/** A Deployment that does not say how many pods it wants has one. */
export const keeperOf = remembered((deployment: Tree): Keeper => {
  const template = at(deployment, 'spec', 'template');
  return {
    namespace: namespace(deployment),
    labels: labels(at(template, 'metadata', 'labels')),
    replicas: number(at(deployment, 'spec', 'replicas')) ?? 1,
    needs: needsOf(at(template, 'spec'), namespace(deployment)),
  };
});

/** What a pod cannot start without: https://kubernetes.io/docs/concepts/configuration/configmap/#optional-configmaps */
export function needsOf(pod: Tree, home: string): readonly string[] {
  const found = new Set<string>();
  const need = (kind: string, source: Tree, key: string): void => {
    const named = text(at(source, key));
    if (named !== undefined && named !== '' && at(source, 'optional') !== true) found.add(`/${kind}/${home}/${named}`);
  };
  for (const volume of items(at(pod, 'volumes'))) {
    need('ConfigMap', at(volume, 'configMap'), 'name');
    need('Secret', at(volume, 'secret'), 'secretName');
    need('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'claimName');
    for (const source of items(at(volume, 'projected', 'sources'))) {
      need('ConfigMap', at(source, 'configMap'), 'name');
      need('Secret', at(source, 'secret'), 'name');
    }
  }
  for (const container of [...items(at(pod, 'initContainers')), ...items(at(pod, 'containers'))]) {
    for (const variable of items(at(container, 'env'))) {
      need('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef'), 'name');
      need('Secret', at(variable, 'valueFrom', 'secretKeyRef'), 'name');
    }
    for (const source of items(at(container, 'envFrom'))) {
      need('ConfigMap', at(source, 'configMapRef'), 'name');
      need('Secret', at(source, 'secretRef'), 'name');
    }
  }
  need('ServiceAccount', fields(pod), 'serviceAccountName');
  return [...found];
}

/** Whether a keeper's pods are among those that carry all of these labels. */
export const isAmong = (keeper: Keeper, home: string, asked: readonly Labels[]): boolean =>
  keeper.replicas > 0 && keeper.namespace === home && asked.every(some => carries(keeper.labels, some));

import type { KubeObject } from './model/kubernetes.ts';
import { VERSION_LABEL, versionLabels } from './model/labels.ts';
import type { Pods } from './model/recovered.ts';
import { readPods } from './workloads/read.ts';

/** A version as readers of routes must know it; `service` is the Service of somebody else that it names, absent: it has pods of its own. */
export interface NamedVersion {
  readonly name: string;
  readonly service?: string;
}

/** Whose pods are looked at. */
export interface PodsOwner {
  readonly namespace: string;
  readonly versions: readonly NamedVersion[];
  /** Ports that clients call. Absent: nobody knows. */
  readonly ports?: readonly number[];
  /** Versions that run. */
  readonly running: readonly string[];
}

/**
 * The pods of the objects, a stand-in for each Service of somebody else's, known by its name alone, and pods of another
 * application, so that a selector that is too wide shows.
 */
export function podsSeen(
  { namespace, versions, ports, running }: PodsOwner,
  workloads: readonly KubeObject[],
): readonly Pods[] {
  const foreign = versions.flatMap(({ name, service }) => {
    if (service === undefined) return [];
    const labels = { 'surefoot.dev/service': service };
    const keeper = `/Service/${namespace}/${service}`;
    return [{ version: name, replicas: 0, labels, keeper, ...(ports === undefined ? {} : { ports }) }];
  });
  return [...readPods(workloads), ...foreign, ...running.flatMap(version => strangers(namespace, version))];
}

/** No Rollout and no Service can bear this name, because of its `_`: readers never take it for the root. */
const ANOTHER_APPLICATION = 'another_application';

function strangers(namespace: string, version: string): readonly Pods[] {
  const keeper = `apps/Deployment/${namespace}/another-application-${version}`;
  return [{ [VERSION_LABEL]: version }, versionLabels({ rollout: ANOTHER_APPLICATION }, version)].map(labels => ({
    version: 'another application',
    replicas: 1,
    labels,
    keeper,
  }));
}

import type { Stand } from '../check-hop.ts';
import { type KubeObject, kubeIdentity, type Labels } from '../model/kubernetes.ts';
import { podsSeen } from '../pods-seen.ts';

/** Names of the objects, in the namespace of the stand, that tell how a version is. */
export interface Places {
  readonly namespace: string;
  /** Deployments that keep its pods. */
  readonly deployments: readonly string[];
  /** Services that lead to it and to no other version. */
  readonly services: readonly string[];
  /** What Knative keeps it in. */
  readonly revisions: readonly string[];
  readonly configurations: readonly string[];
}

/** Where a version is found while a stand is whole. Names that no cluster would take are left out: they go to programs. */
export function placesOf({ rollout, namespace, versions, objects }: Stand, version: string): Places | undefined {
  if (!isName(namespace)) return undefined;
  const pods = podsSeen({ namespace, versions: [], running: [] }, objects);
  const own = pods.filter(one => one.version === version);
  const foreign = versions.flatMap(({ name, service }) => (name === version && service !== undefined ? [service] : []));
  const leading = objects.filter(object =>
    leadsTo(object, { own: own.map(labelsOf), others: pods.filter(one => !own.includes(one)).map(labelsOf) }),
  );
  const name = `${rollout}-${version}`;
  const keeps = (kind: string, called: string): boolean =>
    objects.some(one => isOf(one, 'serving.knative.dev', kind) && one.metadata.name === called);
  const configurations = keeps('Configuration', name) ? [name] : [];
  return {
    namespace,
    deployments: own
      .flatMap(({ keeper }) => nameBelow(kubeIdentity('apps', 'Deployment', namespace, ''), keeper))
      .filter(isName),
    services: [...foreign, ...leading.map(({ metadata }) => metadata.name)].filter(isName),
    // Revisions that are not the newest stand in no file.
    revisions: (configurations.length === 0 && keeps('Service', rollout) ? [name] : []).filter(isName),
    configurations: configurations.filter(isName),
  };
}

const nameBelow = (start: string, identity: string): readonly string[] =>
  identity.startsWith(start) ? [identity.slice(start.length)] : [];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const isName = (text: string): boolean => /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(text);

const labelsOf = ({ labels }: { readonly labels: Labels }): Labels => labels;

const isOf = ({ apiVersion, kind: its }: KubeObject, group: string, kind: string): boolean =>
  its === kind && (group === '' ? !apiVersion.includes('/') : apiVersion.startsWith(`${group}/`));

function leadsTo(
  object: KubeObject,
  { own, others }: { readonly own: readonly Labels[]; readonly others: readonly Labels[] },
): boolean {
  if (!isOf(object, '', 'Service')) return false;
  const { selector } = (object['spec'] ?? {}) as { readonly selector?: Labels };
  if (typeof selector !== 'object' || selector === null || Object.keys(selector).length === 0) return false;
  const selects = (labels: Labels): boolean => Object.entries(selector).every(([key, value]) => labels[key] === value);
  return own.some(selects) && !others.some(selects);
}

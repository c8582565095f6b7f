import { canonical, type FrozenPart, type ProviderPart } from '../model/frozen.ts';
import type { Json } from '../model/kubernetes.ts';
import { entry } from '../model/once.ts';
import type { Plan, Port, Version, Workload } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import { type PatchedPods, templateParts } from './frozen-template.ts';
import { writtenAt } from './layers.ts';
import { versionLayers } from './templates.ts';
import { planWorkload } from './workload.ts';

type WorkloadVersion = Extract<Version, { kind: 'workload' }>;

/** Keys of a workload that say how many pods run or must run, not what they are. */
const HOW_MANY: readonly string[] = ['replicas', 'replicasWritten', 'capacity'];

/** Keys of which only the presence is frozen: who counts the pods may not change under load, between which bounds may. */
const PRESENCE: readonly string[] = ['autoscale'];

/** What is asked of a provider to tell what it writes into pods itself. */
export type PodKeeper = Pick<Provider, 'name' | 'frozen'>;

/** What each version is made of. What the version's own set of defaults says of a version without settings is left out. */
export function frozenParts(
  plan: Plan,
  spec: RolloutSpec,
  provider: PodKeeper,
  podsOf: PatchedPods,
): (version: Version) => readonly FrozenPart[] {
  const plain = new Map<WorkloadVersion['defaults'], Workload>();
  const plainOf = ({ defaults }: WorkloadVersion): Workload =>
    entry(plain, defaults, () => {
      const scope = {
        ports: plan.ports,
        defaults: defaults.workload,
        layer: () => [],
        report: () => {},
        rollout: plan.rollout,
        isOfFleet: () => false,
      };
      return planWorkload({}, scope);
    });
  const ownParts = (version: WorkloadVersion): readonly ProviderPart[] => [
    ...workloadParts(version, plainOf(version)),
    { part: 'ports', value: openPorts(plan.ports), at: ['spec', 'ports'] },
  ];
  return version => {
    if (version.kind === 'service') {
      return [{ part: 'service', value: version.service, at: [...version.origin, 'service'] }];
    }
    const layers = versionLayers(spec, version.name);
    const parts: readonly ProviderPart[] =
      version.kind === 'template'
        ? templateParts(version, podsOf)
        : [...ownParts(version), ...(provider.frozen?.(plan, version) ?? [])];
    const placed = parts.map(one => ({ at: writtenAt(layers, [one.part]).path, ...one }));
    return placed.sort((a, b) => (a.part < b.part ? -1 : 1));
  };
}

/** Generic over the keys, so that a new one is frozen unless it is listed as one that is not. */
function workloadParts({ workload }: WorkloadVersion, plain: Workload): readonly ProviderPart[] {
  const defaults = new Map<string, unknown>(Object.entries(plain));
  return Object.entries(workload)
    .filter(([key]) => !HOW_MANY.includes(key))
    .map(([key, value]) => [key, PRESENCE.includes(key) ? true : (value as Json)] as const)
    .filter(([key, value]) => canonical(value) !== canonical((defaults.get(key) ?? null) as Json))
    .map(([part, value]) => ({ part, value }));
}

/** What of the ports stands in the pods: the number that clients call does not. */
const openPorts = (ports: readonly Port[]): Json =>
  ports
    .filter((port, index) => ports.findIndex(other => other.targetPort === port.targetPort) === index)
    .map(({ name, targetPort }) => ({ name, targetPort }));

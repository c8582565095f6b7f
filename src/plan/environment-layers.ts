import type { At, Path } from '../diagnostics/finding.ts';
import type { Fleet } from '../model/fleet.ts';
import type { LayerSpec } from '../model/layer.ts';
import type { Rollout } from '../model/rollout.ts';
import { type Layer, writtenAt } from './layers.ts';

/** surefoot.yaml as it was read. */
export interface FleetFile {
  readonly file: string;
  readonly fleet: Fleet;
}

/** A Rollout in one of its environments; `file` is undefined where there is no surefoot.yaml. */
export interface Home {
  readonly rollout: Rollout;
  readonly environment: string;
  readonly file: FleetFile | undefined;
}

/** What surefoot.yaml, the Rollout and its environment say of its spec and namespace, the nearest last. */
export function layersOf({ rollout, environment, file }: Home): readonly Layer[] {
  const { environments, ...own } = rollout.spec;
  const { namespace } = rollout.metadata;
  const ofFleet = (value: LayerSpec | undefined, at: Path): readonly Layer[] =>
    value === undefined || file === undefined ? [] : [{ value: onlyLayer(value), at, file: file.file }];
  return [
    ...ofFleet(file?.fleet.defaults, ['defaults']),
    ...ofFleet(file?.fleet.environments?.[environment], ['environments', environment]),
    { value: namespace === undefined ? undefined : { namespace }, at: ['metadata'] },
    { value: own, at: ['spec'] },
    { value: environments?.[environment], at: ['spec', 'environments', environment] },
  ];
}

/** What an environment is, and when it may be changed, is no part of any Rollout. */
const onlyLayer = (layer: LayerSpec): unknown =>
  Object.fromEntries(Object.entries(layer).filter(([key]) => !OF_FLEET.includes(key)));

const OF_FLEET = ['cluster', 'prometheus', 'agent', 'freezes', 'promotion'];

/** What surefoot.yaml says about the cluster, the nearest last. */
export function factsOf({ environment, file }: Home): readonly Layer[] {
  if (file === undefined) return [];
  const own = file.fleet.environments?.[environment]?.cluster;
  return [
    { value: file.fleet.cluster, at: ['cluster'], file: file.file },
    { value: own, at: ['environments', environment, 'cluster'], file: file.file },
  ];
}

/** Where the environment is declared. */
export function declaredAt({ rollout: { spec }, environment, file }: Home): At {
  if (spec.environments !== undefined) return { path: ['spec', 'environments', environment], on: 'key' };
  return file === undefined ? { path: [] } : { path: ['environments', environment], on: 'key', file: file.file };
}

/** Where a place of the plain Rollout, or of the facts about its cluster, was written. */
export function writtenIn(layers: readonly Layer[], facts: readonly Layer[], at: At): At {
  if (!('path' in at) || at.file !== undefined) return at;
  const [head, ...rest] = at.path;
  if (head === 'cluster') return { ...at, ...writtenAt(facts, rest) };
  if (head === 'metadata' && rest[0] === 'namespace') return { ...at, ...writtenAt(layers, ['namespace']) };
  if (head !== 'spec') return at;
  return { ...at, ...writtenAt(layers, rest) };
}

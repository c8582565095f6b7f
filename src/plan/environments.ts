import type { At, Finding, Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { ClusterFacts, Fleet, PrometheusSpec } from '../model/fleet.ts';
import type { LayerSpec } from '../model/layer.ts';
import type { PlainRollout, Rollout, RolloutSpec } from '../model/rollout.ts';
import {
  type Choice,
  hostTooLong,
  LONGEST_HOST,
  LONGEST_PART,
  namespaceHidden,
  noProvider,
  unknownEnvironment,
} from './environment-messages.ts';
import { type Layer, merged, writtenAt } from './layers.ts';

/** A Rollout as one environment sees it, complete by itself. */
export interface Flat {
  readonly environment: string;
  /** Every environment that the Rollout goes to, this one among them. */
  readonly environments: readonly string[];
  readonly rollout: PlainRollout;
  readonly cluster: ClusterFacts;
  readonly prometheus?: PrometheusSpec;
  /** Where the environment is declared. */
  readonly declared: At;
  /** Where a value of the plain Rollout was written: in the Rollout, in one of its environments, or in surefoot.yaml. */
  readonly written: (at: At) => At;
}

/** The plain Rollouts that a Rollout stands for, and what is wrong with its environments. */
export interface Flattened {
  readonly flats: readonly Flat[];
  readonly findings: readonly Finding[];
}

/** surefoot.yaml as it was read. */
export interface FleetFile {
  readonly file: string;
  readonly fleet: Fleet;
}

/**
 * Merges what surefoot.yaml, the Rollout and its environments say, nearest last: the fleet's defaults, the fleet's
 * environment, `spec`, `spec.environments.<name>`. Versions are nearer still; they are merged where they are planned.
 */
export function flatten(rollout: Rollout, fleet?: FleetFile, choices: readonly Choice[] = []): Flattened {
  const { environments } = rollout.spec;
  const known = Object.keys(fleet?.fleet.environments ?? {});
  const named = environments === undefined ? known : Object.keys(environments);
  const findings = named
    .filter(name => known.length > 0 && !known.includes(name))
    .map(name => unknownEnvironment({ path: ['spec', 'environments', name], on: 'key' }, { name, known }));
  if (findings.length > 0) return { flats: [], findings };
  const scope = { rollout, file: fleet, named, choices };
  const all = (named.length === 0 ? [DEFAULTS.environment] : named).map(name => flatOf(name, scope));
  const flats = all.flatMap(flat => ('flat' in flat ? [flat.flat] : []));
  const used = new Set(flats.map(({ rollout: { spec } }) => spec.provider));
  return {
    flats: flats.map(flat => withoutForeign(flat, rollout, used)),
    findings: all.flatMap(flat => flat.findings),
  };
}

interface OneFlat {
  readonly flat: Flat;
  readonly findings: readonly Finding[];
}

interface FlatScope {
  readonly rollout: Rollout;
  readonly file: FleetFile | undefined;
  /** Environments that are declared; none: there is only the one that nobody named. */
  readonly named: readonly string[];
  readonly choices: readonly Choice[];
}

function flatOf(environment: string, scope: FlatScope): OneFlat | { findings: readonly Finding[] } {
  const { rollout, file, named, choices } = scope;
  const { environments: _, ...own } = rollout.spec;
  const ofFleet = file?.fleet.environments?.[environment];
  const layers = layersOf({ own, namespace: rollout.metadata.namespace, environment, rollout, file });
  const { namespace, ...spec } = merged(layers) as RolloutSpec & { namespace?: string };
  const { provider } = spec;
  if (provider === undefined) {
    const where = { environment: named.length === 0 ? undefined : environment, choices };
    return { findings: [noProvider({ path: ['spec'], on: 'key' }, where)] };
  }
  const metadata = { ...rollout.metadata, ...(namespace === undefined ? {} : { namespace }) };
  const cluster = (merged(factsOf(environment, file)) ?? {}) as ClusterFacts;
  const prometheus = ofFleet?.prometheus ?? file?.fleet.prometheus;
  const plain = nameHosts({ ...rollout, metadata, spec: { ...spec, provider } }, environment);
  const flat: Flat = {
    environment,
    environments: named.length === 0 ? [environment] : named,
    rollout: plain,
    cluster,
    ...(prometheus === undefined ? {} : { prometheus }),
    declared: declaredAt(rollout, environment, file),
    written: at => writtenIn(layers, factsOf(environment, file), at),
  };
  return { flat, findings: [...longHosts(flat), ...hiddenNamespace(rollout, environment, file)] };
}

function declaredAt({ spec }: Rollout, environment: string, file?: FleetFile): At {
  if (spec.environments !== undefined) return { path: ['spec', 'environments', environment], on: 'key' };
  return file === undefined ? { path: [] } : { path: ['environments', environment], on: 'key', file: file.file };
}

interface LayerScope {
  readonly own: RolloutSpec;
  readonly namespace: string | undefined;
  readonly environment: string;
  readonly rollout: Rollout;
  readonly file: FleetFile | undefined;
}

function layersOf({ own, namespace, environment, rollout, file }: LayerScope): readonly Layer[] {
  const ofFleet = (value: LayerSpec | undefined, at: Path): readonly Layer[] =>
    value === undefined || file === undefined ? [] : [{ value: onlyLayer(value), at, file: file.file }];
  const nearest = rollout.spec.environments?.[environment];
  return [
    ...ofFleet(file?.fleet.defaults, ['defaults']),
    ...ofFleet(file?.fleet.environments?.[environment], ['environments', environment]),
    { value: namespace === undefined ? undefined : { namespace }, at: ['metadata'] },
    { value: own, at: ['spec'] },
    { value: nearest, at: ['spec', 'environments', environment] },
  ];
}

/** Where each fact about the cluster was written. */
const factsOf = (environment: string, file?: FleetFile): readonly Layer[] =>
  file === undefined
    ? []
    : [
        { value: file.fleet.cluster, at: ['cluster'], file: file.file },
        {
          value: file.fleet.environments?.[environment]?.cluster,
          at: ['environments', environment, 'cluster'],
          file: file.file,
        },
      ];

/** Facts and addresses of an environment are no part of any Rollout. */
const onlyLayer = ({ cluster: _, prometheus: __, ...layer }: LayerSpec): unknown => layer;

function writtenIn(layers: readonly Layer[], facts: readonly Layer[], at: At): At {
  if (!('path' in at) || at.file !== undefined) return at;
  const [head, ...rest] = at.path;
  if (head === 'cluster') return { ...at, ...writtenAt(facts, rest) };
  if (head === 'metadata' && rest[0] === 'namespace') return { ...at, ...writtenAt(layers, ['namespace']) };
  if (head !== 'spec') return at;
  return { ...at, ...writtenAt(layers, rest) };
}

/** Puts names in place of `{name}`, `{namespace}` and `{environment}` in hosts; only surefoot.yaml can write them. */
function nameHosts(rollout: PlainRollout, environment: string): PlainRollout {
  const { hosts } = rollout.spec.route ?? {};
  if (!hosts?.some(host => host.includes('{'))) return rollout;
  const words: { readonly [word: string]: string } = {
    name: rollout.metadata.name,
    namespace: rollout.metadata.namespace ?? DEFAULTS.namespace,
    environment,
  };
  const named = hosts.map(host => host.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole));
  return { ...rollout, spec: { ...rollout.spec, route: { ...rollout.spec.route, hosts: [...new Set(named)] } } };
}

/** Tells that a namespace of surefoot.yaml reaches nobody, because the Rollout's own is nearer. */
function hiddenNamespace({ metadata, spec }: Rollout, environment: string, file?: FleetFile): readonly Finding[] {
  const namespace = file?.fleet.environments?.[environment]?.namespace;
  const own = metadata.namespace;
  const isHidden = own !== undefined && spec.environments?.[environment]?.namespace === undefined;
  if (file === undefined || namespace === undefined || !isHidden || own === namespace) return [];
  const at = { path: ['metadata', 'namespace'] };
  const note = {
    at: { path: ['environments', environment, 'namespace'], file: file.file },
    text: 'it is written here.',
  };
  return [namespaceHidden(at, { environment, namespace, own }, [note])];
}

/** Reports host names of which a part, or all, is too long. */
const longHosts = ({ rollout, written }: Flat): readonly Finding[] =>
  (rollout.spec.route?.hosts ?? []).flatMap((host, index) => {
    const part = host.split('.').find(one => one.length > LONGEST_PART);
    if (part === undefined && host.length <= LONGEST_HOST) return [];
    const at = written({ path: ['spec', 'route', 'hosts', index] });
    const shorter = [rollout.metadata.name, ...host.split('.').slice(1).slice(-2)].join('.');
    return [hostTooLong(at, { host, part, instead: at.file === undefined ? undefined : shorter })];
  });

/** Drops settings of providers that another environment uses, and those that surefoot.yaml has for all who need them. */
function withoutForeign(flat: Flat, { spec: own }: Rollout, used: ReadonlySet<string>): Flat {
  const { spec } = flat.rollout;
  const written = { ...own, ...own.environments?.[flat.environment] };
  const foreign = Object.keys(spec).filter(
    key => key !== spec.provider && !COMMON.includes(key) && (used.has(key) || !Object.hasOwn(written, key)),
  );
  if (foreign.length === 0) return flat;
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !foreign.includes(key)));
  return { ...flat, rollout: { ...flat.rollout, spec: kept as typeof spec } };
}

/** Keys of a spec that are no provider's. */
const COMMON: readonly string[] = [
  ...['provider', 'step', 'stable', 'surge', 'ports', 'workload', 'versions', 'route', 'rules', 'steps'],
];

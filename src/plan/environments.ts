import type { At, Finding } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { ClusterFacts, PrometheusSpec } from '../model/fleet.ts';
import type { PlainRollout, Rollout, RolloutSpec } from '../model/rollout.ts';
import { declaredAt, type FleetFile, factsOf, type Home, layersOf, writtenIn } from './environment-layers.ts';
import { type Choice, namespaceHidden, noProvider, unknownEnvironment } from './environment-messages.ts';
import { longHosts, nameHosts } from './hosts.ts';
import { merged } from './layers.ts';

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

/**
 * Merges what surefoot.yaml, the Rollout and its environments say, nearest last: the fleet's defaults, the fleet's
 * environment, `spec`, `spec.environments.<name>`. Versions are nearer still; they are merged where they are planned.
 * `choices` are all providers.
 */
export function flatten(rollout: Rollout, choices: readonly Choice[], fleet?: FleetFile): Flattened {
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
    flats: flats.map(flat => withoutForeign(flat, { rollout, choices, used })),
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
  const home: Home = { rollout, environment, file };
  const layers = layersOf(home);
  const facts = factsOf(home);
  const { namespace, ...spec } = merged(layers) as RolloutSpec & { namespace?: string };
  const { provider } = spec;
  if (provider === undefined) {
    const where = { environment: named.length === 0 ? undefined : environment, choices };
    return { findings: [noProvider({ path: ['spec'], on: 'key' }, where)] };
  }
  const metadata = { ...rollout.metadata, ...(namespace === undefined ? {} : { namespace }) };
  const prometheus = file?.fleet.environments?.[environment]?.prometheus ?? file?.fleet.prometheus;
  const plain = nameHosts({ ...rollout, metadata, spec: { ...spec, provider } }, environment);
  const written = (at: At): At => writtenIn(layers, facts, at);
  const flat: Flat = {
    environment,
    environments: named.length === 0 ? [environment] : named,
    rollout: plain,
    cluster: (merged(facts) ?? {}) as ClusterFacts,
    ...(prometheus === undefined ? {} : { prometheus }),
    declared: declaredAt(home),
    written,
  };
  return { flat, findings: [...longHosts(plain, written), ...hiddenNamespace(home)] };
}

/** Tells that a namespace of surefoot.yaml reaches nobody, because the Rollout's own is nearer. */
function hiddenNamespace({ rollout: { metadata, spec }, environment, file }: Home): readonly Finding[] {
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

interface Neighbours {
  readonly rollout: Rollout;
  readonly choices: readonly Choice[];
  /** Providers of all environments of the Rollout. */
  readonly used: ReadonlySet<string>;
}

/** Drops settings of providers that another environment uses, and those that surefoot.yaml has for all who need them. */
function withoutForeign(flat: Flat, { rollout: { spec: own }, choices, used }: Neighbours): Flat {
  const { spec } = flat.rollout;
  const written = { ...own, ...own.environments?.[flat.environment] };
  const foreign = choices
    .map(({ name }) => name)
    .filter(name => name !== spec.provider && Object.hasOwn(spec, name))
    .filter(name => used.has(name) || !Object.hasOwn(written, name));
  if (foreign.length === 0) return flat;
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !foreign.includes(key)));
  return { ...flat, rollout: { ...flat.rollout, spec: kept as typeof spec } };
}

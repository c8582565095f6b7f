import type { VersionFacts } from './check-hop.ts';
import type { Hop, Obligation } from './model/plan.ts';
import { type PlanFacts, type PlannedVersion, planFacts } from './plan-facts.ts';

/** What a plan.json records for somebody who judges the manifests beside it. */
export interface PlanRecord extends PlanFacts {
  readonly versions: readonly (VersionFacts & PlannedVersion)[];
  /** Versions that get requests or copies, or that an abort returns to. */
  readonly serving: readonly string[];
  /** Names, in the order of the tape, aborts last. */
  readonly states: readonly string[];
  /** Those of the states that are aborts. */
  readonly aborts: readonly string[];
  /** By name of a state: the versions that run in it, in the order in which they were provisioned. */
  readonly running: ReadonlyMap<string, readonly string[]>;
  /** By name of a state: how long to stay there, in milliseconds; absent: until somebody promotes. */
  readonly pauses: ReadonlyMap<string, number>;
  readonly hops: readonly Pick<Hop, 'from' | 'to' | 'obligations'>[];
  /** SHA-256 by path inside the output folder, of every file of the rollout but plan.json itself. */
  readonly files: { readonly [path: string]: string };
}

/** Reads the plan.json of a directory; what it does not say, or an older surefoot did not write, is empty. Never throws. */
export function planRecord(directory: string, text: string | undefined): PlanRecord {
  const facts = planFacts(directory, text);
  const plan = facts.provider === undefined || text === undefined ? {} : (JSON.parse(text) as Unknown);
  const versions = mapOf(plan['versions']);
  const states = listOf(plan['states']).map(mapOf).flatMap(stateOf);
  return {
    ...facts,
    versions: facts.versions.map(version => ({ ...version, ...countsOf(mapOf(versions[version.name])) })),
    serving: listOf(plan['serving']).filter(isText),
    states: states.map(({ name }) => name),
    aborts: states.filter(({ kind }) => kind === 'abort').map(({ name }) => name),
    running: new Map(states.map(({ name, running }) => [name, running])),
    pauses: new Map(states.flatMap(({ name, pause }) => (pause === undefined ? [] : [[name, pause] as const]))),
    hops: listOf(plan['hops']).map(mapOf).flatMap(hopOf),
    files: Object.fromEntries(
      Object.entries(mapOf(plan['files'])).filter((entry): entry is [string, string] => isText(entry[1])),
    ),
  };
}

const countsOf = ({ strength, replacement }: Unknown) => ({
  ...(typeof strength === 'number' && strength > 0 ? { strength } : {}),
  ...(typeof replacement === 'number' ? { replacement } : {}),
});

const stateOf = ({ name, kind, pause, running }: Unknown) =>
  isText(name)
    ? [{ name, kind, pause: typeof pause === 'number' ? pause : undefined, running: versionsIn(running) }]
    : [];

const versionsIn = (running: unknown): readonly string[] =>
  listOf(running)
    .map(one => mapOf(one)['version'])
    .filter(isText);

const hopOf = ({ from, to, obligations }: Unknown): PlanRecord['hops'] =>
  isText(from) && isText(to) ? [{ from, to, obligations: listOf(obligations).filter(isObligation) }] : [];

/** Whether a value of a plan.json is an obligation. */
export function isObligation(value: unknown): value is Obligation {
  const { kind, version, replicas, state, duration } = mapOf(value);
  switch (kind) {
    case 'available':
      return isText(version) && typeof replicas === 'number';
    case 'reachable':
    case 'idle':
      return isText(version);
    case 'synced':
      return isText(state);
    case 'paused':
      return typeof duration === 'number';
    default:
      return false;
  }
}

interface Unknown {
  readonly [key: string]: unknown;
}

const mapOf = (value: unknown): Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unknown) : {};

const isText = (value: unknown): value is string => typeof value === 'string';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

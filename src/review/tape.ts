import type { HopChanges } from '../model/compiled.ts';
import type { Hop, HopKind, Obligation, Running, StateKind } from '../model/plan.ts';
import type { Risk } from '../model/risk.ts';
import type { Fault, Portion, Split } from '../model/traffic.ts';
import { isObligation } from '../plan-record.ts';

/** A plan.json as somebody reads it who wants to know where a Rollout stands. */
export interface Tape {
  readonly provider: string;
  /** Where the Rollout stands; always one of the states. */
  readonly step: string;
  /** Without aborts, in their order. */
  readonly states: readonly TapeState[];
  readonly aborts: readonly TapeState[];
  readonly hops: readonly TapeHop[];
  /** SHA-256 by path inside the output folder. */
  readonly files: { readonly [path: string]: string };
}

export interface TapeState {
  readonly name: string;
  readonly kind: StateKind;
  readonly running: readonly Running[];
  /** The last one is the default; empty where the plan tells none. */
  readonly rules: readonly TapeRule[];
  /** Milliseconds to stay; absent: until somebody promotes. */
  readonly pause?: number;
}

export interface TapeRule {
  readonly name: string;
  readonly split: Split;
  readonly mirror: Split;
  readonly fault?: Fault;
}

export interface TapeHop extends Hop {
  readonly changes: HopChanges;
  readonly risks: readonly Risk[];
}

/** Why a plan.json tells nothing; goes on from "plan.json". */
export interface Untold {
  readonly untold: string;
}

/** Reads the text of the plan.json of a directory; parts of a hop or state that it does not say are empty. Never throws. */
export function readTape(directory: string, text: string | undefined): Tape | Untold {
  if (text === undefined) return { untold: 'is missing, or no file that may be read' };
  const plan = parse(text);
  if (plan === undefined) return { untold: 'is not JSON' };
  if (mapOf(plan)['directory'] !== directory) return { untold: 'is about another directory' };
  const { provider, step, states, hops, files } = mapOf(plan);
  if (!isText(provider) || !isText(step)) return { untold: 'lacks provider or step' };
  const all = listOf(states).map(mapOf).flatMap(stateOf);
  if (!all.some(({ name }) => name === step)) return { untold: `lacks the state ${step}, where it stands` };
  return {
    provider,
    step,
    states: all.filter(({ kind }) => kind !== 'abort'),
    aborts: all.filter(({ kind }) => kind === 'abort'),
    hops: listOf(hops).map(mapOf).flatMap(hopOf),
    files: Object.fromEntries(Object.entries(mapOf(files)).filter((e): e is [string, string] => isText(e[1]))),
  };
}

const KINDS: { readonly [kind in StateKind]: true } = {
  ...{ baseline: true, provision: true, scale: true, lower: true, step: true, retire: true, abort: true },
};

const HOPS: { readonly [kind in HopKind]: true } = {
  ...{ provision: true, scale: true, shift: true, retire: true, abort: true, resume: true },
};

const isOneOf = <T extends string>(known: { readonly [kind in T]: true }, value: unknown): value is T =>
  isText(value) && Object.hasOwn(known, value);

function stateOf({ name, kind, running, rules, pause }: Unknown): readonly TapeState[] {
  if (!isText(name) || !isOneOf(KINDS, kind)) return [];
  return [
    {
      ...{ name, kind },
      running: listOf(running).filter(isRunning),
      rules: listOf(rules).map(mapOf).flatMap(ruleOf),
      ...(isNumber(pause) ? { pause } : {}),
    },
  ];
}

function ruleOf({ name, split, mirror, fault }: Unknown): readonly TapeRule[] {
  if (!isText(name)) return [];
  const known = faultOf(mapOf(fault));
  return [{ name, split: splitOf(split), mirror: splitOf(mirror), ...(known === undefined ? {} : { fault: known }) }];
}

const splitOf = (value: unknown): Split => listOf(value).filter(isPortion);

function faultOf({ delay, abort }: Unknown): Fault | undefined {
  const { duration, share } = mapOf(delay);
  const { status, share: failing } = mapOf(abort);
  const fault: Fault = {
    ...(isNumber(duration) && isNumber(share) ? { delay: { duration, share } } : {}),
    ...(isNumber(status) && isNumber(failing) ? { abort: { status, share: failing } } : {}),
  };
  return Object.keys(fault).length === 0 ? undefined : fault;
}

function hopOf({ from, to, kind, obligations, changes, risks }: Unknown): readonly TapeHop[] {
  if (!isText(from) || !isText(to) || !isOneOf(HOPS, kind)) return [];
  const { created, updated, deleted } = mapOf(changes);
  return [
    {
      ...{ from, to, kind },
      obligations: listOf(obligations).filter((one): one is Obligation => isObligation(one)),
      changes: { created: textsOf(created), updated: textsOf(updated), deleted: textsOf(deleted) },
      risks: listOf(risks).filter(isRisk),
    },
  ];
}

const isRunning = (value: unknown): value is Running =>
  isText(mapOf(value)['version']) && isNumber(mapOf(value)['replicas']);

const isPortion = (value: unknown): value is Portion =>
  isText(mapOf(value)['version']) && isNumber(mapOf(value)['share']);

function isRisk(value: unknown): value is Risk {
  const { kind, host, versions, version, min, max, doors } = mapOf(value);
  switch (kind) {
    case 'bypass':
      return isText(host) && isTexts(versions);
    case 'held':
      return isTexts(versions);
    case 'wanders':
    case 'between':
      return isText(version) && isNumber(min) && isNumber(max);
    case 'connections':
      return true;
    case 'collected':
      return isTexts(doors);
    default:
      return false;
  }
}

interface Unknown {
  readonly [key: string]: unknown;
}

const mapOf = (value: unknown): Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unknown) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isText = (value: unknown): value is string => typeof value === 'string';

const isNumber = (value: unknown): value is number => typeof value === 'number';

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const textsOf = (value: unknown): readonly string[] => listOf(value).filter(isText);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

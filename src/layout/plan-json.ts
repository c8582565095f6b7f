import { createHash } from 'node:crypto';
import type { FrozenVersion, HopChanges, OutFile } from '../model/compiled.ts';
import type { HopProof } from '../model/hop-proof.ts';
import { entry } from '../model/once.ts';
import { type Plan, servingIn, stateOf } from '../model/plan.ts';
import type { Risk } from '../model/risk.ts';

/** What is known of the hops and states of a plan; hops in the order of the plan's. */
export interface Proved {
  readonly changes: readonly HopChanges[];
  readonly proofs: readonly HopProof[];
  readonly risks: readonly (readonly Risk[])[];
  /** By name of a state: those that an empty cluster needs before it; absent: none. */
  readonly needsFirst: ReadonlyMap<string, readonly string[]>;
}

/** What plan.json records beside the plan itself. */
export interface Record extends Proved {
  readonly source: string;
  readonly directory: string;
  /** Identities of the objects of all states, and hosts as `hostClaims` gives them. */
  readonly claims: readonly string[];
  /** What each version is made of, by name. */
  readonly versions: { readonly [version: string]: FrozenVersion };
  /** The rollout's other files. */
  readonly files: readonly OutFile[];
}

/** The plan as data for machines, with every file of the rollout and its SHA-256, so that a tool knows which are its own. */
export function planJson(plan: Plan, record: Record): string {
  const abort = plan.states.find(state => state.name === `abort-${plan.current}`)?.name;
  const current = stateOf(plan, plan.current);
  const document = {
    apiVersion: 'surefoot.dev/v1',
    kind: 'Plan',
    source: record.source,
    directory: record.directory,
    rollout: plan.rollout,
    namespace: plan.namespace,
    ...(plan.labels === undefined ? {} : { labels: plan.labels }),
    environment: plan.environment,
    provider: plan.provider,
    step: plan.current,
    ...(plan.prometheus === undefined ? {} : { prometheus: plan.prometheus }),
    ...(abort === undefined ? {} : { abort }),
    running: current.running.map(({ version }) => version),
    serving: servingIn(current),
    versions: record.versions,
    states: plan.states.map(({ origin: _, rules, ...state }) => ({
      ...state,
      rules: rules.map(({ origin: __, ...rule }) => rule),
      ...needsOf(record, state.name),
    })),
    hops: plan.hops.map((hop, index) => ({ ...hop, ...provedOf(record, index) })),
    objects: record.claims,
    files: hashesOf(record.files),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const needsOf = ({ needsFirst }: Proved, state: string) => {
  const needed = needsFirst.get(state);
  return needed === undefined ? {} : { needsFirst: needed };
};

/**
 * What a hop changes, how it was proved, and what remains. The order holds for the way forth and back. A hop that starts `whole` is safe only once its first
 * state is synced, which is among its obligations; any other also starts from a mixture of that state and the one before.
 */
function provedOf({ changes, proofs, risks }: Proved, index: number) {
  const { created, updated, deleted } = changes[index]!;
  const { atOnce, unobserved } = proofs[index]!;
  const operations = created.length + updated.length + deleted.length;
  const order = atOnce ? 'at-once' : 'any';
  return {
    changes: changes[index],
    proof: { order, operations, ...(unobserved === undefined ? {} : { start: 'whole' }) },
    ...(risks[index]!.length === 0 ? {} : { risks: risks[index] }),
  };
}

/** Equal texts are hashed once: many states are the same but for their names. */
function hashesOf(files: readonly OutFile[]): { readonly [path: string]: string } {
  const known = new Map<string, string>();
  return Object.fromEntries(files.map(({ path, text }) => [path, entry(known, text, () => sha256(text))]));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

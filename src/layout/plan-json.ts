import { createHash } from 'node:crypto';
import type { FrozenVersion, HopChanges, OutFile } from '../model/compiled.ts';
import { entry } from '../model/once.ts';
import { type Plan, servingIn, stateOf } from '../model/plan.ts';

/** What plan.json records beside the plan itself. */
export interface Record {
  readonly source: string;
  readonly directory: string;
  /** Identities of the objects of all states, and hosts as `hostClaims` gives them. */
  readonly claims: readonly string[];
  readonly changes: readonly HopChanges[];
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
    })),
    hops: plan.hops.map((hop, index) => ({
      ...hop,
      changes: record.changes[index],
    })),
    objects: record.claims,
    files: hashesOf(record.files),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Equal texts are hashed once: many states are the same but for their names. */
function hashesOf(files: readonly OutFile[]): { readonly [path: string]: string } {
  const known = new Map<string, string>();
  return Object.fromEntries(files.map(({ path, text }) => [path, entry(known, text, () => sha256(text))]));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

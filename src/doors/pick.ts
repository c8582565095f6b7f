import { didYouMean, list, quote } from '../diagnostics/wording.ts';
import type { CompiledRollout } from '../model/compiled.ts';
import type { KubeObject } from '../model/kubernetes.ts';
import { type State, stateOf } from '../model/plan.ts';
import { manifestsOf } from './manifests.ts';

/** One state of one environment, with its objects. */
export interface Picked {
  readonly plan: CompiledRollout['plan'];
  readonly state: State;
  readonly objects: readonly KubeObject[];
}

/** Which environment and state are wanted; absent: the only environment, and the state in which the cluster should stand. */
export interface Wish {
  readonly environment?: string | undefined;
  readonly state?: string | undefined;
}

/** Picks a state of a compiled Rollout; a text says why there is none such. */
export function pick(results: readonly CompiledRollout[], wish: Wish): Picked | string {
  const result = pickEnvironment(results, wish.environment);
  if (typeof result === 'string') return result;
  const { plan } = result;
  const name = wish.state ?? plan.current;
  const objects = manifestsOf(result, name);
  if (objects === undefined) return unknown('state', name, namesOf(plan.states));
  return { plan, state: stateOf(plan, name), objects };
}

function pickEnvironment(results: readonly CompiledRollout[], wanted: string | undefined): CompiledRollout | string {
  const names = results.map(({ plan }) => plan.environment);
  if (wanted === undefined && results.length === 1) return results[0]!;
  if (wanted === undefined) return `It goes to ${list(names)}; say which one with "environment".`;
  return results[names.indexOf(wanted)] ?? unknown('environment', wanted, names);
}

const unknown = (noun: string, name: string, known: readonly string[]): string =>
  `It has no ${noun} ${quote(name)}, only ${list(known)}.${didYouMean(name, known)}`;

const namesOf = (states: readonly State[]): readonly string[] => states.map(({ name }) => name);

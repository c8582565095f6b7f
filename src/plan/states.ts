import type { Running, State, StateKind } from '../model/plan.ts';
import { type Rule, WHOLE } from '../model/traffic.ts';
import { wholeOf } from '../traffic/share.ts';
import { holdApart } from './hold-apart.ts';
import { routeMatches } from './matches.ts';
import type { PodCounts, Sizing } from './sizing.ts';
import { lifetimes, type TapeStep } from './tape.ts';

/** What states are built from. */
export interface Tape {
  readonly steps: readonly TapeStep[];
  readonly stable: string;
  readonly routePath: string;
  readonly full: PodCounts;
  readonly sizing: Sizing;
  /** Whether each version has an object of its own that says its weight. */
  readonly heldByVersions: boolean;
}

/** States of the tape in order, then the abort state of each that has one. */
export interface States {
  readonly main: readonly State[];
  readonly aborts: readonly State[];
}

/** Walks the tape: a state before, during and after each step, each of them complete. */
export function buildStates(tape: Tape): States {
  const { steps, sizing } = tape;
  const { stable, provisions, retires } = lifetimes(steps, tape.stable);
  const shared = sharing(tape);
  let pods: PodCounts = new Map([[tape.stable, tape.full.get(tape.stable) ?? 0]]);
  let rules = shared.toOne(tape.stable);
  const main: State[] = [
    shared.state('baseline', 'baseline', {
      pods,
      rules,
      stable: tape.stable,
      step: undefined,
    }),
  ];
  const push = (name: string, kind: StateKind, index: number, home: string): void => {
    main.push(
      shared.state(name, kind, {
        pods,
        rules: sizing.effective(rules, pods),
        stable: home,
        step: steps[index],
      }),
    );
  };
  steps.forEach((step, index) => {
    const home = stable[index]!;
    for (const version of provisions[index]!) {
      pods = new Map([...pods, [version, sizing.provision(version, index, rules)]]);
      push(`provision-${version}`, 'provision', index, home);
    }
    const ready = sizing.before(index, pods, rules);
    if (!samePods(ready, pods)) {
      pods = ready;
      push(`scale-${step.name}`, 'scale', index, home);
    }
    pods = sizing.during(index, pods);
    rules = step.rules;
    push(step.name, 'step', index, home);
    for (const version of retires[index]!) {
      pods = new Map([...pods].filter(([name]) => name !== version));
      push(`retire-${version}`, 'retire', index, wholeOf(rules.at(-1)!.split) ?? home);
    }
  });
  const held = tape.heldByVersions ? holdApart(main, shared.once) : main;
  return { main: held, aborts: held.flatMap(state => shared.abort(state)) };
}

const samePods = (a: PodCounts, b: PodCounts): boolean => [...a].every(([version, count]) => b.get(version) === count);

interface Contents {
  readonly pods: PodCounts;
  readonly rules: readonly Rule[];
  readonly stable: string;
  readonly step: TapeStep | undefined;
}

/** Makes states whose equal parts are one object, so that everything behind may compare by identity. */
function sharing(tape: Tape) {
  const interned = new Map<string, unknown>();
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value, (name, part) => (name === 'origin' ? undefined : part));
    if (!interned.has(key)) interned.set(key, value);
    return interned.get(key) as T;
  };
  const matches = routeMatches(tape.routePath);
  const toOne = (version: string): readonly Rule[] =>
    once([
      {
        name: 'default',
        matches,
        split: [{ version, share: WHOLE }],
        mirror: [],
        origin: ['spec'],
      },
    ]);
  const running = (pods: PodCounts): readonly Running[] =>
    once([...pods].map(([version, replicas]) => ({ version, replicas })));
  const state = (name: string, kind: StateKind, { pods, rules, stable, step }: Contents): State => ({
    name,
    kind,
    running: running(pods),
    rules: once(rules),
    stable,
    ...(kind === 'step' && step?.pause !== undefined ? { pause: step.pause } : {}),
    origin: step?.origin ?? ['spec'],
  });
  const abort = (from: State): State[] => {
    if (!from.running.some(r => r.version === from.stable) || isAtHome(from)) return [];
    return [
      {
        name: `abort-${from.name}`,
        kind: 'abort',
        running: from.running,
        rules: toOne(from.stable),
        stable: from.stable,
        ...(from.rest === undefined ? {} : { rest: from.rest }),
        origin: from.origin,
      },
    ];
  };
  return { once, toOne, state, abort };
}

/** Whether every request already goes to the stable version and nothing else happens to it. */
function isAtHome(state: State): boolean {
  const [rule] = state.rules;
  return (
    state.rules.length === 1 &&
    wholeOf(rule!.split) === state.stable &&
    rule!.mirror.length === 0 &&
    rule!.fault === undefined
  );
}

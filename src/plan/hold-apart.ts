import { naturally } from '../model/order.ts';
import type { State } from '../model/plan.ts';
import { type Rule, type Share, type Split, WHOLE } from '../model/traffic.ts';
import { defaultRule } from './tape.ts';

/** Makes equal lists of rules one. */
type Once = (rules: readonly Rule[]) => readonly Rule[];

/**
 * Says in each state of the tape which version takes what the others leave, where each version has an object of its own, and adds the states
 * without which some order would leave requests to nobody or give more than all of them away:
 *
 * - `hold-<step>`: the version that took the rest, and no longer is the stable one, gets a weight of 0; the new stable one has 100 % by number.
 * - `lower-<step>`: weights that go down do so first; or the new stable version, alone with a weight, begins to take the rest.
 */
export function holdApart(states: readonly State[], once: Once): readonly State[] {
  const held: State[] = [];
  for (const state of states) {
    const before = held.at(-1);
    if (before === undefined) held.push({ ...state, rest: state.stable });
    else held.push(...added(before, state, once));
  }
  return held;
}

/** A state behind the one before it, and what must come between. */
function added(before: State, state: State, once: Once): readonly State[] {
  const home = state.stable;
  if (state.kind === 'scale') return [withRest(state, before.rest)];
  if (before.rest === home) {
    const lower = loweredTo(before, state);
    const between =
      lower === undefined ? [] : [withRest(shift(before, state, 'lower', once(withSplit(before.rules, lower))), home)];
    return [...between, withRest(state, home)];
  }
  // One object at a time: the stable version has 100 % and nobody else anything, so no request notices.
  const next = before.rest === undefined ? home : undefined;
  if (sameSplit(before, state)) return [withRest(state, next)];
  const lower = withRest(shift(before, state, 'lower', before.rules), home);
  const hold = next === undefined ? [shift(before, state, 'hold', before.rules)] : [];
  return [...hold, lower, withRest(state, home)];
}

const withRest = (state: State, rest: string | undefined): State => (rest === undefined ? state : { ...state, rest });

const shift = ({ running }: State, { name, stable, origin }: State, word: string, rules: readonly Rule[]): State => ({
  name: `${word}-${name}`,
  kind: 'lower',
  running,
  rules,
  stable,
  origin,
});

const splitOf = ({ rules }: State): Split => defaultRule(rules).split;
const shareOf = (split: Split, version: string): Share => split.find(one => one.version === version)?.share ?? 0;

const sameSplit = (a: State, b: State): boolean => JSON.stringify(splitOf(a)) === JSON.stringify(splitOf(b));

/** The split that has the lesser of both weights of each version but the stable one; undefined where none must be lowered first. */
function loweredTo(before: State, state: State): Split | undefined {
  const [a, b] = [splitOf(before), splitOf(state)];
  const others = [...new Set([...a, ...b].map(one => one.version))].filter(version => version !== state.stable);
  const most = others.reduce((sum, version) => sum + Math.max(shareOf(a, version), shareOf(b, version)), 0);
  if (most <= WHOLE) return undefined;
  const least = new Map(others.map(version => [version, Math.min(shareOf(a, version), shareOf(b, version))]));
  least.set(state.stable, WHOLE - [...least.values()].reduce((sum, share) => sum + share, 0));
  const split = [...least].map(([version, share]) => ({ version, share })).filter(({ share }) => share > 0);
  return split.sort((x, y) => naturally(x.version, y.version));
}

const withSplit = (rules: readonly Rule[], split: Split): readonly Rule[] => [
  ...rules.slice(0, -1),
  { ...defaultRule(rules), split },
];

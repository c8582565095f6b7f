import type { Capabilities } from '../model/capabilities.ts';
import type { Hop, HopKind, State } from '../model/plan.ts';
import { obligations } from '../traffic/obligations.ts';
import { wholeOf } from '../traffic/share.ts';
import type { States } from './states.ts';

/** Every hop that promotion and abort can take, in the order of the states. */
export function buildHops({ main, aborts }: States, offer: Capabilities): readonly Hop[] {
  const forward = main.slice(1).map((to, index) => makeHop(main[index]!, to, offer));
  return [...forward, ...aborts.flatMap(abort => abortHops(abort, main, offer))];
}

function makeHop(from: State, to: State, offer: Capabilities): Hop {
  return {
    from: from.name,
    to: to.name,
    kind: kindOf(from, to),
    obligations: obligations(from, to, offer),
  };
}

function kindOf(from: State, to: State): HopKind {
  switch (to.kind) {
    case 'provision':
    case 'scale':
    case 'retire':
    case 'abort':
      return to.kind;
    case 'baseline':
      return 'retire';
    case 'lower':
      return 'shift';
    case 'step':
      if (from.kind === 'abort') return 'resume';
      return from.running === to.running ? 'shift' : 'scale';
    default:
      return to.kind satisfies never;
  }
}

/** To the abort, back again, and from the abort to the last state in which the stable version stood alone. */
function abortHops(abort: State, main: readonly State[], offer: Capabilities): readonly Hop[] {
  const index = main.findIndex(state => `abort-${state.name}` === abort.name);
  const from = main[index]!;
  const alone = main
    .slice(0, index)
    .findLast(
      state =>
        state.running.length === 1 && wholeOf(state.rules.at(-1)!.split) === abort.stable && state.rules.length === 1,
    );
  const resume: Hop = {
    from: abort.name,
    to: from.name,
    kind: 'resume',
    obligations: obligations(abort, from, offer),
  };
  const hops: Hop[] = [{ from: from.name, to: abort.name, kind: 'abort', obligations: [] }, resume];
  if (alone !== undefined && alone.running !== abort.running) {
    hops.push({
      from: abort.name,
      to: alone.name,
      kind: 'retire',
      obligations: obligations(abort, alone, offer),
    });
  }
  return hops;
}

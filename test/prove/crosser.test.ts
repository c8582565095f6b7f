import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crosser } from '../../src/crosser.ts';
import { strengthsOf } from '../../src/prove/strengths.ts';
import { broken } from './hop-of-objects.ts';
import { foreignOf, type Tape, tapes } from './random-hops.ts';

/** What is known of a tape is looked up, and most orders are never looked at: that must not show. */
it('what is found between states of a plan is what a look at every order finds', () => {
  const all = tapes(40).map(tape => ({ tape, cross: crosser(walkOf(tape)).cross }));
  let [safe, unsafe] = [0, 0];
  const states = fc.array(fc.nat(), { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(fc.nat(all.length - 1), states, (index, chosen) => {
      const { tape, cross } = all[index]!;
      const at = chosen.map(one => one % tape.states.length);
      const names = at.map(one => tape.plan.states[one]!.name);
      const [from, to] = [names.slice(0, -1), names.at(-1)!];
      const found = cross({ from, to, past: [names[0]!] }).broken;
      const { ownsWorkloads } = tape.provider.capabilities;
      const wanted = broken({
        provider: tape.provider,
        rollout: tape.plan.rollout,
        namespace: tape.plan.namespace,
        starts: at.slice(0, -1).map(one => tape.states[one]!),
        end: tape.states[at.at(-1)!]!,
        ever: tape.states.flat(),
        foreign: foreignOf(tape),
        strengths: ownsWorkloads ? {} : Object.fromEntries(strengthsOf(tape.plan)),
      });
      expect(found?.operations).toEqual(wanted?.operations);
      expect(found?.trouble).toEqual(wanted?.trouble);
      if (found === undefined) safe += 1;
      else unsafe += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(safe, unsafe)).toBeGreaterThan(300);
});

const walkOf = ({ plan, provider, states }: Tape) => ({
  plan,
  provider,
  objectsOf: (name: string) => states[plan.states.findIndex(state => state.name === name)]!,
  reread: <T>(object: T): T => object,
});

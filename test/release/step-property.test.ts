import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rollout } from '../../src/model/rollout.ts';
import { moreThanSteps } from '../../src/promotion.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { environmentsOf, stepOf, withStep } from '../../src/release/set-step.ts';
import { anyRollout } from '../properties/random-rollout.ts';
import { anyStyle, textIn } from './random-text.ts';

const STEPS = ['canary-20', 'complete', 'baseline', '1e3', 'on', 'retire-v1'];
const step = fc.constantFrom(...STEPS);
const environment = fc.constantFrom<{ readonly [key: string]: unknown }>(
  {},
  { step: 'canary-20' },
  { namespace: 'far' },
  { namespace: 'far', step: 'complete', workload: { replicas: 7 } },
);
const environments = fc.option(
  fc.dictionary(fc.constantFrom('dev', 'staging', 'prod', 'on', '1'), environment, {
    minKeys: 1,
    noNullPrototype: true,
  }),
  { nil: undefined },
);

interface Case {
  readonly rollout: Rollout;
  readonly order: readonly number[];
}

/** A Rollout with its environments and keys in any order. */
const rollouts = fc
  .record({
    rollout: anyRollout,
    step: fc.option(step, { nil: undefined }),
    environments,
    order: fc.array(fc.nat(99), { minLength: 20, maxLength: 20 }),
  })
  .map(({ rollout, order, ...more }): Case => {
    const { step: _, ...spec } = rollout.spec;
    const entries = Object.entries({ ...spec, ...more }).filter(([, value]) => value !== undefined);
    const mixed = entries.map((entry, i) => ({ entry, at: order[i]! })).sort((a, b) => a.at - b.at);
    return { order, rollout: { ...rollout, spec: Object.fromEntries(mixed.map(one => one.entry)) as Rollout['spec'] } };
  });

const fleets = fc.subarray(['dev', 'prod', 'on']);

it('a step moves by one line, and nothing else says anything else', () => {
  let edited = 0;
  fc.assert(
    fc.property(rollouts, anyStyle, step, fleets, fc.nat(99), ({ rollout }, style, to, fleet, choice) => {
      const text = textIn(style, rollout);
      const known = environmentsOf(rollout, fleet);
      const name = known[choice % known.length]!;
      const result = withStep(text, name, to, fleet);
      if (!('text' in result)) throw new Error(`${result.finding.what}\n${text}`);
      const again = readRollout(result.text).rollout!;
      expect(moreThanSteps(text, result.text, fleet)).toBeUndefined();
      expect(environmentsOf(again, fleet)).toEqual(known);
      for (const one of known) expect(stepOf(again, one)).toBe(one === name ? to : stepOf(rollout, one));
      expect(linesChanged(text, result.text)).toBeLessThanOrEqual(1);
      edited += result.text === text ? 0 : 1;
    }),
    { numRuns: 60 },
  );
  expect(edited).toBeGreaterThan(30);
});

/** How many lines differ, where at most one was put in. */
function linesChanged(before: string, after: string): number {
  const [old, now] = [before.split('\n').map(trimmed), after.split('\n').map(trimmed)];
  const first = old.findIndex((line, i) => line !== now[i]);
  const from = first < 0 ? old.length : first;
  const isPutIn = now.length === old.length + 1;
  if (!isPutIn && now.length !== old.length) return Number.POSITIVE_INFINITY;
  const rest = now.slice(from + 1);
  return old.slice(isPutIn ? from : from + 1).every((line, i) => line === rest[i]) ? 1 : 2;
}

/** The last line may have got a line break. */
const trimmed = (line: string): string => line.replace(/\r$/, '');

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match } from '../../src/model/traffic.ts';
import { type Decision, decideAlike } from '../../src/traffic/decisions.ts';
import { ruleFor } from '../../src/traffic/evaluate.ts';
import { anyMatch, anyRequest, requestNear } from './random-match.ts';

const ALL: Match = { headers: [], cookies: [], query: [] };
const header = (name: string): Match => ({ ...ALL, headers: [{ name, text: { kind: 'exact', value: '1' } }] });
const both = (a: string, b: string): Match => ({ ...ALL, headers: [...header(a).headers, ...header(b).headers] });
const line = (outcome: string, ...matches: readonly Match[]): Decision => ({ matches, outcome });

describe('two lists decide alike', () => {
  it.each<[string, readonly Decision[], readonly Decision[]]>([
    ['where they are the same', [line('v2', header('a')), line('v1')], [line('v2', header('a')), line('v1')]],
    [
      'in two rules for two matches',
      [line('v2', header('a'), header('b')), line('v1')],
      [line('v2', header('b')), line('v2', header('a')), line('v1')],
    ],
    [
      'in the other order, where what both take is decided first',
      [line('v2', header('a')), line('v3', header('b')), line('v1')],
      [line('v2', both('a', 'b')), line('v3', header('b')), line('v2', header('a')), line('v1')],
    ],
    ['with a line that nothing reaches', [line('v1')], [line('v1'), line('v2', header('a'))]],
  ])('%s', (_, a, b) => {
    expect(decideAlike(a, b)).toBe(true);
    expect(decideAlike(b, a)).toBe(true);
  });

  it.each<[string, readonly Decision[], readonly Decision[]]>([
    [
      'in another order',
      [line('v2', header('a')), line('v3', header('b')), line('v1')],
      [line('v3', header('b')), line('v2', header('a')), line('v1')],
    ],
    ['with another outcome', [line('v1')], [line('v2')]],
    ['with a rule less', [line('v2', header('a')), line('v1')], [line('v1')]],
    ['with no end', [line('v2', header('a')), line('v1')], [line('v2', header('a'))]],
    ['with requests more', [line('v2', header('a'))], [line('v2', header('a')), line('v1')]],
  ])('not %s', (_, a, b) => {
    expect(decideAlike(a, b)).toBe(false);
    expect(decideAlike(b, a)).toBe(false);
  });

  const decisions = fc.array(
    fc.record({
      matches: fc.array(anyMatch, { maxLength: 2 }),
      outcome: fc.constantFrom('v1', 'v2'),
    }),
    { minLength: 1, maxLength: 4 },
  );
  /** The same decisions, a little rearranged, so that some pairs are alike. */
  const pair = decisions.chain(a =>
    fc.tuple(
      fc.constant(a),
      fc.oneof(fc.shuffledSubarray(a), fc.shuffledSubarray(a, { minLength: a.length }), decisions),
    ),
  );

  it('only where no request is decided otherwise', () => {
    let alike = 0;
    fc.assert(
      fc.property(
        pair.chain(([a, b]) => {
          const near = [...a, ...b].flatMap(({ matches }) => matches).map(requestNear);
          return fc.tuple(
            fc.constant(a),
            fc.constant(b),
            fc.array(fc.oneof(anyRequest, ...near), { minLength: 12, maxLength: 12 }),
          );
        }),
        ([a, b, requests]) => {
          if (!decideAlike(a, b)) return;
          alike += 1;
          for (const request of requests) expect(ruleFor(b, request)?.outcome).toBe(ruleFor(a, request)?.outcome);
        },
      ),
      { numRuns: 4000 },
    );
    expect(alike).toBeGreaterThan(300);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HistoryFacts, historyTestimony, roughly } from '../../src/gate/history-testimony.ts';
import type { Obligation } from '../../src/model/plan.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 5, 1, 13, 28);

const factsAt = (age: number, more: Partial<HistoryFacts> = {}): HistoryFacts => ({
  since: { kind: 'since', time: NOW - age },
  ...{ step: 'canary-10', branch: 'origin/main', pollInterval: 5 * MINUTE, now: NOW },
  clock: time => new Date(time).toISOString(),
  ...more,
});

const PAUSE: Obligation = { kind: 'paused', duration: HOUR };
const OTHERS: readonly Obligation[] = [
  { kind: 'available', version: 'v2', replicas: 4 },
  { kind: 'reachable', version: 'v2' },
  { kind: 'idle', version: 'v1' },
  { kind: 'synced', state: 'canary-10' },
];

describe('a pause', () => {
  it.each([
    [0, 'unseen', '1h of 1h left, until 14:28 UTC'],
    [37 * MINUTE, 'unseen', '23m of 1h left, until 13:51 UTC'],
    [37 * MINUTE + 1, 'unseen', '23m of 1h left, until 13:51 UTC'],
    [HOUR - 30_000, 'unseen', '30s of 1h left, until 13:29 UTC'],
    [HOUR - 1, 'unseen', '1s of 1h left, until 13:29 UTC'],
    [HOUR, 'seen', 'the step is on origin/main since 1h, and the pause was 1h'],
    [26 * HOUR, 'seen', 'the step is on origin/main since 1d2h, and the pause was 1h'],
    [-2 * HOUR, 'unseen', '3h of 1h left, until 16:28 UTC'],
  ])('of one hour after %i ms is %s', (age, verdict, evidence) => {
    expect(historyTestimony(PAUSE, factsAt(age))).toEqual({ kind: 'told', verdict, evidence });
  });

  it('that ends on another day says which', () => {
    const said = historyTestimony({ kind: 'paused', duration: 24 * HOUR }, factsAt(HOUR));
    expect(said).toMatchObject({ verdict: 'unseen', evidence: '23h of 1d left, until 2026-06-02 12:28 UTC' });
  });
});

describe('everything else', () => {
  it.each(OTHERS)('is seen after the poll interval, though nobody looked: $kind', obligation => {
    const told = (age: number) => historyTestimony(obligation, factsAt(age));
    const nobody = 'nobody looked at the cluster';
    expect(told(5 * MINUTE - 1)).toEqual({
      kind: 'told',
      verdict: 'unseen',
      evidence: `the step is on origin/main since 4m, shorter than the poll interval of 5m; ${nobody}`,
    });
    expect(told(12 * MINUTE)).toEqual({
      kind: 'told',
      verdict: 'seen',
      evidence: `the step is on origin/main since 12m, longer than the poll interval of 5m; ${nobody}`,
    });
    expect(told(-MINUTE)).toMatchObject({ verdict: 'unseen' });
  });
});

describe.each([PAUSE, ...OTHERS])('$kind', obligation => {
  it('is unseen where the branch holds another step, or none', () => {
    const other = historyTestimony(obligation, factsAt(0, { since: { kind: 'never', newest: { step: 'canary-20' } } }));
    expect(other).toEqual({
      kind: 'told',
      verdict: 'unseen',
      evidence: 'origin/main holds the step "canary-20", not "canary-10"',
    });
    const none = historyTestimony(obligation, factsAt(0, { since: { kind: 'never' } }));
    expect(none).toEqual({ kind: 'told', verdict: 'unseen', evidence: 'origin/main holds no step, not "canary-10"' });
  });

  it('is told by nobody in a shallow clone', () => {
    const said = historyTestimony(obligation, factsAt(0, { since: { kind: 'unknown' } }));
    expect(said.kind).toBe('failed');
    expect('why' in said && said.why).toContain('git fetch --unshallow');
  });
});

it('never says that more is over than is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * HOUR }), fc.integer({ min: 1, max: 10 * HOUR }), (age, duration) => {
      const said = historyTestimony({ kind: 'paused', duration }, factsAt(age));
      expect(said).toMatchObject({ kind: 'told', verdict: age >= duration ? 'seen' : 'unseen' });
    }),
  );
});

it.each([
  [59_001, '1m'],
  [61_000, '2m'],
  [HOUR, '1h'],
  [500, '1s'],
])('%i ms are roughly %s', (milliseconds, words) => expect(roughly(milliseconds)).toBe(words));

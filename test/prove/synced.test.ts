import { expect, it } from 'vitest';
import type { HopProof } from '../../src/model/hop-proof.ts';
import type { Hop, Plan } from '../../src/model/plan.ts';
import { unsafeHops, withSynced } from '../../src/prove-hops.ts';

const hop = (kind: Hop['kind'], from: string, to: string): Hop => ({
  from,
  to,
  kind,
  obligations: kind === 'abort' ? [] : [{ kind: 'idle', version: 'v1' }],
});
const SAFE: HopProof = { atOnce: false };
const LEANING: HopProof = {
  atOnce: false,
  unobserved: {
    start: [{ object: 'apps/Deployment/shop/cart-v2', state: 'baseline' }],
    operations: [{ verb: 'update', object: '/Service/shop/cart' }],
    trouble: { kind: 'unanswered', host: 'cart' },
  },
};
const names = ['baseline', 'canary', 'abort-canary'];
const plan = { states: names.map(name => ({ name, origin: ['spec', name] })) } as unknown as Plan;

it('a hop that leans on its first state being whole obliges to see it synced, before all else', () => {
  const [first, second] = [hop('retire', 'canary', 'baseline'), hop('shift', 'baseline', 'canary')];
  expect(withSynced([first, second], [LEANING, SAFE])).toEqual([
    {
      ...first,
      obligations: [
        { kind: 'synced', state: 'canary' },
        { kind: 'idle', version: 'v1' },
      ],
    },
    second,
  ]);
});

it('hops that lean on nothing stay as they are', () => {
  const hops = [hop('shift', 'baseline', 'canary')];
  expect(withSynced(hops, [SAFE])).toBe(hops);
});

it('an abort must never wait: one that leans on its first state is unsafe, and told with where it starts', () => {
  const abort = hop('abort', 'canary', 'abort-canary');
  expect(withSynced([abort], [LEANING])).toEqual([abort]);
  const findings = unsafeHops({ ...plan, hops: [abort] }, [LEANING]);
  expect(findings.map(({ code }) => code)).toEqual(['hop/unsafe']);
  expect(findings[0]!.what).toContain('where Deployment/cart-v2 is still as in baseline, after');
});

it('any other hop that leans on its first state is no mistake', () => {
  expect(unsafeHops({ ...plan, hops: [hop('shift', 'baseline', 'canary')] }, [LEANING])).toEqual([]);
});

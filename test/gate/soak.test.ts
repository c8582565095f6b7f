import { describe, expect, it } from 'vitest';
import { hasReached, type SoakRequest, soakOf } from '../../src/gate/soak.ts';
import { planRecord } from '../../src/plan-record.ts';
import { release, type Said } from './released.ts';

const HOUR = 3_600_000;
const DAY_SOAK = { after: 'staging', soak: '24h' };

/** What is asked where prod shall go to a step and staging stands as `said`. */
function asked(to: string, said: Said, promotion: SoakRequest['promotion'] = DAY_SOAK): SoakRequest {
  return { promotion, here: release({ prod: to }).prod, to, there: release(said).staging };
}

/** Staging has stood so for these hours. */
const verdict = (request: SoakRequest, hours: number | 'never' | 'unknown') =>
  soakOf(
    request,
    typeof hours === 'number' ? { kind: 'since', time: 0 } : { kind: hours },
    typeof hours === 'number' ? hours * HOUR : 0,
  );

const TAPE = ['baseline', 'provision-v2', 'canary-25', 'canary-50', 'complete', 'retire-v1'];
const ABORTS = ['abort-canary-25', 'abort-canary-50', 'abort-complete'];

describe('a step that another environment must have shown', () => {
  it.each(TAPE)('%s is reached there from this step on, and in no abort', to => {
    const plans = [...TAPE, ...ABORTS].map(staging => [staging, asked(to, { staging })] as const);
    const reached = plans.filter(([, request]) => hasReached(request)(request.there)).map(([staging]) => staging);
    expect(reached).toEqual(TAPE.slice(TAPE.indexOf(to)));
    for (const [staging, request] of plans) {
      const { verdict: said, reason } = verdict(request, 24);
      const shouldBe = ABORTS.includes(staging) ? 'aborted' : reached.includes(staging) ? 'soaked' : 'not-there';
      expect([staging, reason]).toEqual([staging, shouldBe]);
      expect(said).toBe(shouldBe === 'soaked' ? 'seen' : 'unseen');
    }
  });

  it.each([
    ['no time at all', 24, DAY_SOAK, 'seen', undefined],
    ['a millisecond', 24 - 1 / HOUR, DAY_SOAK, 'unseen', 1],
    ['a whole day', 0, DAY_SOAK, 'unseen', 24 * HOUR],
    ['no more than what is asked, where a clock is behind', -5, DAY_SOAK, 'unseen', 24 * HOUR],
    ['nothing, where none is asked', 0, { after: 'staging' }, 'seen', undefined],
  ] as const)('lacks %s', (_, hours, promotion, said, left) => {
    const answer = verdict(asked('canary-25', { staging: 'canary-50' }, promotion), hours);
    expect([answer.verdict, answer.left, answer.after]).toEqual([said, left, 'staging']);
  });

  it('tells what was found', () => {
    const evidence = (said: Said, hours: number | 'never' | 'unknown' = 30.51) =>
      verdict(asked('canary-50', said), hours).evidence;
    expect(evidence({ staging: 'complete' })).toBe('"staging" has stood at "canary-50" or beyond for 1d6h30m');
    expect(evidence({ staging: 'complete' }, 3)).toBe(
      '"staging" has stood at "canary-50" or beyond for 3h, not for 24h',
    );
    expect(evidence({ staging: 'complete' }, 0.001)).toContain('for less than 1m, not for 24h');
    expect(evidence({ staging: 'canary-25' })).toBe('"staging" stands at "canary-25", which comes before "canary-50"');
    expect(evidence({ staging: 'abort-canary-50' })).toBe('"staging" stands at "abort-canary-50", an abort');
    expect(evidence({ staging: 'complete' }, 'unknown')).toBe('the history of "staging" is not in this shallow clone');
  });

  it('is neither shown nor missed where the history is not there', () => {
    const answer = verdict(asked('canary-50', { staging: 'complete' }), 'unknown');
    expect([answer.verdict, answer.reason]).toEqual(['unknown', 'shallow']);
    expect(verdict(asked('canary-50', { staging: 'canary-25' }), 'unknown').verdict, 'this needs no history').toBe(
      'unseen',
    );
  });
});

describe('versions of an earlier environment', () => {
  it('must run the same images in that step', () => {
    const { prod } = release({ prod: 'canary-25', v2: '3' });
    const { staging } = release({ staging: 'complete', v2: '2' });
    const request = { promotion: DAY_SOAK, here: prod, to: 'canary-25', there: staging };
    const answer = verdict(request, 48);
    expect([answer.verdict, answer.reason]).toEqual(['unseen', 'other-images']);
    expect(answer.evidence).toMatch(/^"v2" is "registry.*shop:2@.*" in "staging", and "registry.*shop:3@.*" here$/);
    expect(hasReached(request)(staging)).toBe(false);
    expect(verdict({ ...request, to: 'baseline' }, 48).verdict, 'v2 does not run in this one').toBe('seen');
  });

  it('must be declared there, and say what they run', () => {
    const request = asked('canary-25', { staging: 'complete' });
    const withVersions = (versions: typeof request.there.versions) => ({
      ...request,
      there: { ...request.there, versions },
    });
    const [v1, v2] = request.there.versions;
    expect(verdict(withVersions([v1!]), 48)).toMatchObject({ verdict: 'unseen', reason: 'other-images' });
    expect(verdict(withVersions([v1!, { name: 'v2' }]), 48)).toMatchObject({
      verdict: 'unknown',
      reason: 'unknown-images',
    });
    expect(verdict(withVersions([v1!, v2!, { name: 'v3' }]), 48).verdict, 'nobody asks for v3').toBe('seen');
  });
});

describe('plans of unlike environments', () => {
  it('pass a state that only one of them has with the last one before it that both have', () => {
    const here = { promotion: DAY_SOAK, to: 'scale-canary-50' };
    const { staging, prod } = release({ staging: 'canary-25', prod: 'baseline' });
    const states = prod.states.flatMap(name => (name === 'canary-50' ? ['scale-canary-50', name] : [name]));
    const more = { ...prod, states, running: new Map([...prod.running, ['scale-canary-50', ['v1', 'v2']]]) };
    expect(verdict({ ...here, here: more, there: staging }, 48).verdict).toBe('seen');
    const earlier = release({ staging: 'provision-v2' }).staging;
    expect(verdict({ ...here, here: more, there: earlier }, 48)).toMatchObject({
      verdict: 'unseen',
      reason: 'not-there',
    });
    const foreign = { ...staging, states: ['other'], step: 'other' };
    expect(verdict({ ...here, here: more, there: foreign }, 48)).toMatchObject({
      ...{ verdict: 'unseen', reason: 'not-there' },
      evidence: '"staging" has no step in common with the way to "scale-canary-50"',
    });
  });

  it('say nothing where they cannot be read', () => {
    const request = asked('canary-25', { staging: 'complete' });
    const there = planRecord(`staging/shop-staging/shop`, '{');
    expect(verdict({ ...request, there }, 48)).toMatchObject({ verdict: 'unknown', reason: 'no-plan' });
  });
});

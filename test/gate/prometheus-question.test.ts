import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrometheusAnswer } from '../../src/gate/prometheus-answer.ts';
import { prometheusQuestion } from '../../src/gate/prometheus-question.ts';
import type { Obligation } from '../../src/model/plan.ts';
import { standOf } from './stands.ts';

type Answer = number | undefined;

/** What is made of answers to a question about v1 of a Rollout on Istio. */
function judged(obligation: Obligation, answers: readonly Answer[]): string {
  const question = prometheusQuestion(obligation, standOf('istio'), 300_000);
  if (!('queries' in question)) return question.kind;
  expect(question.queries).toHaveLength(answers.length);
  const said = question.judge(answers);
  return said.kind === 'told' ? said.verdict : said.kind;
}

describe('what numbers mean', () => {
  it.each<[Obligation, readonly Answer[], string]>([
    [{ kind: 'available', version: 'v1', replicas: 2 }, [2], 'seen'],
    [{ kind: 'available', version: 'v1', replicas: 2 }, [3], 'seen'],
    [{ kind: 'available', version: 'v1', replicas: 2 }, [1], 'unseen'],
    [{ kind: 'available', version: 'v1', replicas: 2 }, [0], 'unseen'],
    [{ kind: 'available', version: 'v1', replicas: 2 }, [undefined], 'silent'],
    [{ kind: 'reachable', version: 'v1' }, [1], 'seen'],
    [{ kind: 'reachable', version: 'v1' }, [0], 'unseen'],
    [{ kind: 'reachable', version: 'v1' }, [undefined], 'silent'],
    // The rate, and how many series appeared.
    [{ kind: 'idle', version: 'v1' }, [0, undefined], 'seen'],
    [{ kind: 'idle', version: 'v1' }, [0, 0], 'seen'],
    [{ kind: 'idle', version: 'v1' }, [0.001, undefined], 'unseen'],
    [{ kind: 'idle', version: 'v1' }, [0, 1], 'unseen'],
    [{ kind: 'idle', version: 'v1' }, [undefined, 1], 'unseen'],
    [{ kind: 'idle', version: 'v1' }, [undefined, undefined], 'silent'],
    [{ kind: 'synced', state: 'canary-10' }, [], 'absent'],
    [{ kind: 'paused', duration: 1 }, [], 'absent'],
  ])('%j with %j: %s', (obligation, answers, expected) => expect(judged(obligation, answers)).toBe(expected));
});

const answer = (result: unknown, more: object = {}): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more });
const sample = (value: unknown) => ({ metric: {}, value: [1717243200.5, value] });

describe('an answer of Prometheus', () => {
  it.each<[string, unknown]>([
    [answer([sample('3')]), { value: 3 }],
    [answer([sample('0')]), { value: 0 }],
    [answer([sample('1e-3')]), { value: 0.001 }],
    [answer([sample('-1')]), { value: -1 }],
    [answer([sample('3')], { infos: ['a hint'], warnings: [] }), { value: 3 }],
    [answer([]), {}],
    [answer([sample('NaN')]), {}],
    [answer([sample('+Inf')]), {}],
    [answer([sample(3)]), {}],
    [answer([{}]), {}],
    [answer([null]), {}],
  ])('%s', (text, expected) => expect(readPrometheusAnswer(text)).toEqual(expected));

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '<html>',
    answer({}),
    answer([sample('3')], { status: 'error' }),
    answer([sample('3'), sample('3')]),
    answer([sample('3')], { warnings: ['a store did not answer'] }),
    JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '3'] } }),
  ])('does not count: %s', text => expect(readPrometheusAnswer(text)).toHaveProperty('wrong'));

  it('never throws', () => {
    fc.assert(fc.property(fc.json(), text => void readPrometheusAnswer(text)));
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        (result, value) => void [readPrometheusAnswer(answer(result)), readPrometheusAnswer(answer([sample(value)]))],
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, selector, spanOf } from '../../src/gate/promql.ts';

/** Reads a selector by the grammar of PromQL: names, and texts between quotes as Go has them. Throws where it is none. */
function readSelector(text: string): { readonly metric: string; readonly labels: readonly (readonly string[])[] } {
  const [, metric = '', inside = ''] = /^([a-z_]+)\{(.*)\}$/s.exec(text) ?? [];
  const labels: string[][] = [];
  const label = /([a-z_]+)(=~|!=|=)("(?:[^"\\\n]|\\(?:["\\abfnrtv]|u[0-9a-f]{4}))*")(?:,|$)/gy;
  while (label.lastIndex < inside.length) {
    const found = label.exec(inside);
    if (found === null) throw new Error(`no selector: ${text}`);
    labels.push([found[1]!, found[2]!, JSON.parse(found[3]!)]);
  }
  return { metric, labels };
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '}', '{', ',', '=', '~', '|', '.', '*', "'", '`', '\u2028', '\0', 'a'),
  }),
);

describe('a selector', () => {
  it('holds what it is given, whatever that is', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (is, isNot, matches) => {
        const text = selector('up', { one: { is }, two: { isNot }, three: { matches } });
        expect(readSelector(text)).toEqual({
          metric: 'up',
          labels: [
            ['one', '=', is],
            ['two', '!=', isNot],
            ['three', '=~', matches],
          ],
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads as people write it', () => {
    expect(selector('up', { namespace: { is: 'shop' }, job: { matches: 'a|b' } })).toBe(
      'up{namespace="shop",job=~"a|b"}',
    );
  });
});

describe('a literal of an expression', () => {
  it('matches itself and nothing else', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const expression = new RegExp(`^(?:${literal(text)})$`, 's');
        expect(expression.test(text)).toBe(true);
        expect(expression.test(other)).toBe(text === other);
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([
  [300_000, '300s'],
  [1, '1s'],
  [0, '1s'],
  [90_500, '91s'],
])('%i ms are %s', (milliseconds, span) => expect(spanOf(milliseconds)).toBe(span));

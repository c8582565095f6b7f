import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { shortestPollInterval } from '../../src/poll-interval.ts';
import { readPollIntervals } from '../../src/read/poll-intervals.ts';
import { text } from '../yaml/data.ts';

describe('how soon agents see a commit', () => {
  test.each([
    ['', { environments: {} }],
    ['agent: { pollInterval: 3m }', { all: '3m', environments: {} }],
    ['environments: { prod: { agent: { pollInterval: 1m } }, dev: {} }', { environments: { prod: '1m' } }],
    // What has another shape is for `validate` to judge.
    ['agent: 3m\nenvironments: [prod]', { environments: {} }],
    ['agent: { pollInterval: 180 }', { environments: {} }],
    ['- agent', { environments: {} }],
    ['a: [', undefined],
    ['a: &x 1\nb: *x', undefined],
    ['['.repeat(1000), undefined],
    [`# ${'x'.repeat(300_000)}`, undefined],
  ])('%#', (fleet, expected) => expect(readPollIntervals(fleet)).toEqual(expected));

  test.each([
    [['prod'], 60_000],
    [['dev'], 180_000],
    [['dev', 'prod'], 60_000],
    [['toString'], 180_000],
  ])('is the shortest of %j', (environments, milliseconds) => {
    const fleet = 'agent: { pollInterval: 3m }\nenvironments: { prod: { agent: { pollInterval: 1m } } }';
    expect(shortestPollInterval(fleet, environments)).toEqual({ milliseconds });
  });

  it('is no matter to environments that nobody asks about', () => {
    expect(shortestPollInterval('environments: { prod: { agent: { pollInterval: often } } }', ['dev'])).toEqual({});
  });

  it('is read from any text', () => {
    const piece = fc.oneof(
      text(),
      fc.constantFrom('agent:', 'pollInterval: 3m', 'environments:', '\n', '  ', '{ ', ' }'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        expect(() => shortestPollInterval(pieces.join(''), ['prod'])).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, absent, failed, observationOf, silent, told } from '../../src/gate/testimony.ts';
import { OBSERVERS } from '../../src/model/observation.ts';

const OBLIGATION = { kind: 'idle', version: 'v1' } as const;

const WORDS = {
  absent: absent('absent'),
  silent: silent('silent'),
  failed: failed('failed'),
  yes: told(true, 'yes'),
  no: told(false, 'no'),
};
type Word = keyof typeof WORDS;

const sayings = (words: readonly Word[]): Asked => words.map((word, i) => [OBSERVERS[i]!, WORDS[word]]);

describe('the first observer that can tell decides', () => {
  it.each<[readonly Word[], string, string | undefined, string]>([
    [['yes'], 'seen', 'prometheus', 'yes'],
    [['no', 'yes'], 'unseen', 'prometheus', 'no'],
    [['yes', 'no', 'no'], 'seen', 'prometheus', 'yes'],
    [['silent', 'yes'], 'seen', 'kubectl', 'yes; silent'],
    [['absent', 'no'], 'unseen', 'kubectl', 'no'],
    [['absent', 'silent', 'yes'], 'seen', 'history', 'yes; silent'],
    [['failed', 'yes', 'yes'], 'unknown', undefined, 'failed'],
    [['silent', 'failed', 'yes'], 'unknown', undefined, 'failed; silent'],
    [['absent', 'failed', 'yes'], 'unknown', undefined, 'failed'],
    [['silent', 'absent', 'failed'], 'unknown', undefined, 'failed; silent'],
    [['silent', 'absent'], 'unknown', undefined, 'silent; absent'],
    [['absent', 'absent', 'absent'], 'unknown', undefined, 'absent; absent; absent'],
    [[], 'unknown', undefined, 'nobody was asked'],
  ])('%j: %s by %s', (words, verdict, by, evidence) => {
    const expected = { obligation: OBLIGATION, verdict, ...(by === undefined ? {} : { by }), evidence };
    expect(observationOf(OBLIGATION, sayings(words))).toEqual(expected);
  });

  it('never says yes where one that failed was asked before', () => {
    const words = fc.array(fc.constantFrom<Word>('absent', 'silent', 'failed', 'yes', 'no'), { maxLength: 3 });
    fc.assert(
      fc.property(words, given => {
        const { verdict, evidence } = observationOf(OBLIGATION, sayings(given));
        const [decides] = given.filter(word => word !== 'absent' && word !== 'silent');
        expect(verdict).toBe(decides === 'yes' ? 'seen' : decides === 'no' ? 'unseen' : 'unknown');
        expect(evidence).not.toBe('');
      }),
    );
  });
});

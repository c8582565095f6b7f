import { expect, test } from 'vitest';
import { coloured, paintFor, plain } from '../../src/cli/paint.ts';

test.each([
  ['a person looks', {}, { isTerminal: true }, true],
  ['a program reads', {}, { isTerminal: false }, false],
  ['NO_COLOR', { NO_COLOR: '1' }, { isTerminal: true }, false],
  ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, { isTerminal: true }, true],
  ['a dumb terminal', { TERM: 'dumb' }, { isTerminal: true }, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, { isTerminal: false }, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, { isTerminal: true }, false],
  ['FORCE_COLOR over NO_COLOR, as in Node', { FORCE_COLOR: '1', NO_COLOR: '1' }, { isTerminal: false }, true],
  ['--color over NO_COLOR', { NO_COLOR: '1' }, { isTerminal: false, flag: true }, true],
  ['--no-color over FORCE_COLOR', { FORCE_COLOR: '1' }, { isTerminal: true, flag: false }, false],
])('%s', (_why, env, wishes, expected) => {
  expect(paintFor({ env, ...wishes })).toBe(expected ? coloured : plain);
});

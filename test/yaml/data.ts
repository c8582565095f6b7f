import fc from 'fast-check';
import type { Json } from '../../src/model/kubernetes.ts';
import { TRAPS } from './traps.ts';

/** The parts that plain texts, numbers, indicators and lines are made of: a few in a row make traps that no list has. */
const PIECES = [
  ...'a on y e x o 0 1 7 _ . , - + --- ... inf nan null T Z é 😀'.split(' '),
  ...': # " \' \\ [ ] { } | > ? & * ! % @ ` = < ~ / $ ( ^'.split(' '),
  ...[' ', '  ', '\n', '\n\n', '\t', '\r', '\u0085', '\u2028', '\ufeff', '\u00a0', '\u0000', '\u007f'],
];

/** Any string without lone surrogates, traps first of all. */
export const text = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TRAPS) },
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map(pieces => pieces.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.double({ noNaN: true }).map(String) },
  );

/** Any number that JSON can hold, but for -0, which is printed as 0. */
const number = (): fc.Arbitrary<number> =>
  fc
    .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(0.5))
    .map(value => (Object.is(value, -0) ? 0 : value));

/** Any value that JSON can hold, nested a few levels deep, empty containers included. */
export const json = (): fc.Arbitrary<Json> =>
  fc.letrec<{ value: Json; list: readonly Json[]; mapping: { readonly [key: string]: Json } }>(tie => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      { weight: 5, arbitrary: fc.oneof(text(), number(), fc.boolean(), fc.constant(null)) },
      { weight: 2, arbitrary: tie('list') },
      { weight: 3, arbitrary: tie('mapping') },
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    mapping: fc.array(fc.tuple(text(), tie('value')), { maxLength: 5 }).map(entries => Object.fromEntries(entries)),
  })).value;

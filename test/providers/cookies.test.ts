import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieOf } from '../../src/model/reading-cookies.ts';
import type { TextMatch } from '../../src/model/traffic.ts';
import { cookieRegex } from '../../src/providers/regexes.ts';
import { takesText } from '../../src/traffic/evaluate.ts';
import { regexTakes } from '../../src/traffic/regex.ts';

/** Names and values that cookies may have (RFC 6265), some of which are characters of regular expressions. */
const names = fc.constantFrom(
  'beta',
  'eta',
  'a.b',
  'axb',
  'b',
  'x-beta',
  'beta2',
  '$on',
  '1_000',
  'a*',
  '^a',
  'a+b',
  'a|b',
);
const values = fc.constantFrom(
  '',
  '1',
  '10',
  '01',
  'x=y',
  '.*',
  '(?:)',
  'a|b',
  '"q"',
  '^$',
  '[a]',
  'a\\b',
  'beta=1',
  "it's",
);

const wanted: fc.Arbitrary<TextMatch> = fc.oneof(
  values.filter(value => value !== '').map((value): TextMatch => ({ kind: 'exact', value })),
  values.filter(value => value !== '').map((value): TextMatch => ({ kind: 'prefix', value })),
  fc.constantFrom('[a-z]+', 'a|b', '[0-9]{2}', 'x=y?').map((value): TextMatch => ({ kind: 'regex', value })),
  fc.constant<TextMatch>({ kind: 'present' }),
);

/** A `cookie` header as clients send it, and as they should not: blanks left out, or too many of them. */
const header = fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength: 5 }).chain(cookies =>
  fc.tuple(
    fc.constant(new Map(cookies)),
    fc.constantFrom('; ', ';', ';  ').map(between => cookies.map(([name, value]) => `${name}=${value}`).join(between)),
  ),
);

describe('a cookie as an expression over the whole header', () => {
  it('takes a request exactly where that cookie reads so, wherever it stands among others', () => {
    let taken = 0;
    fc.assert(
      fc.property(names, wanted, header, (name, text, [cookies, sent]) => {
        const value = cookies.get(name);
        const meant = value !== undefined && takesText(text, value);
        if (meant) taken += 1;
        expect(regexTakes(cookieRegex(name, text), sent), `${cookieRegex(name, text)} on ${sent}`).toBe(meant);
      }),
      { numRuns: 5000 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('is read back as the cookie that it stands for', () => {
    fc.assert(
      fc.property(names, wanted, (name, text) => {
        expect(cookieOf(cookieRegex(name, text))).toEqual({ name, text });
      }),
    );
  });
});

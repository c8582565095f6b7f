import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match, TextMatch } from '../../src/model/traffic.ts';
import { covers, type Verdict, witness } from '../../src/traffic/covers.ts';
import { matchesRequest } from '../../src/traffic/evaluate.ts';
import { anyMatch, anyRequest, anyText, requestNear, takes, takesRequest } from './random-match.ts';

const ALL: Match = { headers: [], cookies: [], query: [] };
const header = (text: TextMatch): Match => ({ ...ALL, headers: [{ name: 'x', text }] });

const read = (text: string): TextMatch => {
  const [kind, value] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
  return text === 'present' ? { kind: 'present' } : { kind: kind as 'exact' | 'prefix' | 'regex', value };
};

/** Every text over a few characters, up to a length of four. */
const TEXTS = (function upTo(length: number): string[] {
  const shorter = length === 0 ? [''] : upTo(length - 1);
  return length === 0 ? shorter : [...new Set([...shorter, ...shorter.flatMap(t => [...'ab0/'].map(c => t + c))])];
})(4);

describe('one text covers another', () => {
  it.each<[string, string, Verdict]>([
    ['present', 'exact a', 'yes'],
    ['present', 'regex a[0-9]', 'yes'],
    ['exact a', 'exact a', 'yes'],
    ['exact a', 'exact b', 'no'],
    ['exact a', 'prefix a', 'no'],
    ['exact a', 'present', 'no'],
    ['exact a', 'regex a', 'yes'],
    ['exact a.b', 'regex a\\.b', 'yes'],
    ['exact a', 'regex (?i)a', 'no'],
    ['exact a', 'regex a|a', 'yes'],
    ['exact a.*', 'regex \\Qa.*', 'yes'],
    ['exact a$', 'regex \\Qa$', 'yes'],
    ['prefix a', 'exact ab', 'yes'],
    ['prefix ab', 'exact a', 'no'],
    ['prefix a', 'prefix ab', 'yes'],
    ['prefix ab', 'prefix a', 'no'],
    ['prefix user-', 'regex user-[0-9]+', 'yes'],
    ['prefix user-', 'regex user-(a|b).*', 'yes'],
    ['prefix ab', 'regex ab*', 'no'],
    ['prefix a', 'regex a.*|b', 'no'],
    ['prefix a', 'regex ab.*|ac', 'yes'],
    ['prefix a', 'regex ^a.*$', 'yes'],
    ['prefix a', 'regex (?i)a.*', 'no'],
    ['regex .*', 'present', 'yes'],
    ['regex .+', 'present', 'no'],
    ['regex .+', 'prefix a', 'yes'],
    ['regex .+', 'regex .+', 'yes'],
    ['regex .*', 'regex [^a]{3}', 'yes'],
    ['regex a.*', 'prefix a', 'yes'],
    ['regex a.+', 'prefix a', 'no'],
    ['regex a.+', 'prefix ab', 'yes'],
    ['regex a.*', 'regex a.+', 'yes'],
    ['regex a.+', 'regex a.*', 'no'],
    ['regex [a-z]+', 'exact jason', 'yes'],
    ['regex [a-z]+', 'exact Jason', 'no'],
    ['regex [a-z]+', 'prefix a', 'no'],
    ['regex [a-z]+', 'regex [a-z]+', 'yes'],
    ['regex jason|anna', 'regex anna|jason', 'yes'],
    ['regex jason|anna', 'exact anna', 'yes'],
    ['regex [a-z]+', 'regex [a-c]+', 'unknown'],
    ['regex [a-c]+', 'regex [a-z]+', 'no'],
    ['regex [0-9]{3}', 'regex \\d{3}', 'unknown'],
    ['regex ^\\Qa.*', 'prefix a', 'no'],
    ['exact a', 'regex ^\\Qa$', 'unknown'],
    ['regex (', 'regex b', 'no'],
  ])('%s, %s: %s', (a, b, verdict) => expect(covers(header(read(a)), header(read(b)))).toBe(verdict));

  it('as every text up to four characters bears out', () => {
    const seen = new Map<Verdict, number>();
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const verdict = covers(header(a), header(b));
        seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
        if (verdict === 'yes') expect(TEXTS.filter(text => takes(b, text) && !takes(a, text))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    for (const verdict of ['yes', 'no', 'unknown'] as const) expect(seen.get(verdict), verdict).toBeGreaterThan(20);
  });

  it('is decided wherever no regular expression is asked for', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        if (a.kind !== 'regex' && b.kind !== 'regex') expect(covers(header(a), header(b))).not.toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('one match covers another', () => {
  const cookie: Match = { ...ALL, cookies: [{ name: 'x', text: read('exact a') }] };
  const path = (text: string): Match => ({ ...ALL, path: read(text) });
  const method = (text: string): Match => ({ ...ALL, method: read(text) });

  it.each<[string, Match, Match, Verdict]>([
    ['everything, everything', ALL, ALL, 'yes'],
    ['everything, a header', ALL, header(read('exact a')), 'yes'],
    ['a header, everything', header(read('present')), ALL, 'no'],
    ['a header, a cookie of the same name', header(read('present')), cookie, 'no'],
    [
      'a header, the header and a cookie',
      header(read('prefix a')),
      { ...header(read('exact ab')), ...cookie, headers: header(read('exact ab')).headers },
      'yes',
    ],
    [
      'the header and a cookie, a header',
      { ...cookie, headers: header(read('present')).headers },
      header(read('exact a')),
      'no',
    ],
    ['every path, no path', path('regex /.*'), ALL, 'yes'],
    ['a path, no path', path('prefix /a/'), ALL, 'no'],
    ['a path, one below', path('prefix /a/'), path('exact /a/b'), 'yes'],
    ['every method, no method', method('regex .+'), ALL, 'yes'],
    ['GET, no method', method('exact GET'), ALL, 'no'],
    ['GET or POST, GET', method('regex GET|POST'), method('exact GET'), 'yes'],
    [
      'an expression, one that no example is found of',
      header(read('exact a')),
      header(read('regex q[^a]{9}z')),
      'unknown',
    ],
  ])('%s', (_, a, b, verdict) => expect(covers(a, b)).toBe(verdict));

  it('yes: no request is one of the second only', () => {
    let judged = 0;
    const cases = fc.tuple(
      anyMatch,
      anyMatch.chain(b => fc.tuple(fc.constant(b), fc.array(requestNear(b), { minLength: 5, maxLength: 10 }))),
    );
    fc.assert(
      fc.property(cases, ([a, [b, sampled]]) => {
        if (covers(a, b) !== 'yes') return;
        const taken = sampled.filter(request => takesRequest(b, request));
        expect(taken.filter(request => !takesRequest(a, request))).toEqual([]);
        judged += taken.length;
      }),
      { numRuns: 1000 },
    );
    expect(judged).toBeGreaterThan(100);
  });

  it('yes for a match and one that asks for more', () => {
    fc.assert(
      fc.property(
        anyMatch,
        fc.subarray(['headers', 'cookies', 'query', 'path', 'method'] as const),
        (match, dropped) => {
          const { path: p, method: m, ...named } = match;
          const looser: Match = {
            ...(p === undefined || dropped.includes('path') ? {} : { path: p }),
            ...(m === undefined || dropped.includes('method') ? {} : { method: m }),
            headers: dropped.includes('headers') ? [] : named.headers,
            cookies: dropped.includes('cookies') ? [] : named.cookies,
            query: dropped.includes('query') ? [] : named.query,
          };
          expect(covers(looser, match)).toBe('yes');
        },
      ),
    );
  });

  it('no: the witness is a request of the second only', () => {
    let found = 0;
    fc.assert(
      fc.property(anyMatch, anyMatch, (a, b) => {
        const request = witness(a, b);
        expect(covers(a, b) === 'no').toBe(request !== undefined);
        if (request === undefined) return;
        found++;
        expect(takesRequest(b, request)).toBe(true);
        expect(takesRequest(a, request)).toBe(false);
        expect(request.path).toMatch(/^\//);
        expect(request.method).not.toBe('');
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(200);
  });

  it('requests are evaluated as another engine does', () => {
    fc.assert(
      fc.property(anyMatch, anyRequest, (match, request) => {
        expect(matchesRequest(match, request)).toBe(takesRequest(match, request));
      }),
      { numRuns: 1000 },
    );
  });
});

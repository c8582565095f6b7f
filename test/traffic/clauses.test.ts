import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match, TextMatch } from '../../src/model/traffic.ts';
import { clauseCovers, clausesOf, matchesOf, meetOf, meetOfMatches } from '../../src/traffic/clauses.ts';
import { matchesRequest, type Request } from '../../src/traffic/evaluate.ts';
import { anyMatch, anyRequest, requestNear } from './random-match.ts';

const ALL: Match = { headers: [], cookies: [], query: [] };
const at = (path: TextMatch, user?: string): Match => ({
  ...ALL,
  path,
  headers: user === undefined ? [] : [{ name: 'user', text: { kind: 'exact', value: user } }],
});
const exact = (value: string): TextMatch => ({ kind: 'exact', value });
const prefix = (value: string): TextMatch => ({ kind: 'prefix', value });
const takes = (matches: readonly Match[], request: Request): boolean =>
  matches.some(match => matchesRequest(match, request));

describe('clauses of matches', () => {
  it('join a path with what is below it', () => {
    expect(clausesOf([at(exact('/api')), at(prefix('/api/'))])).toEqual([
      { ...ALL, path: { kind: 'segments', value: '/api' } },
    ]);
    expect(clausesOf([at(prefix('/api/')), at(exact('/api'))])).toEqual([
      { ...ALL, path: { kind: 'segments', value: '/api' } },
    ]);
  });

  it.each<[string, readonly Match[]]>([
    ['only what is below', [at(prefix('/api/'))]],
    ['only the path itself', [at(exact('/api'))]],
    ['characters', [at(exact('/api')), at(prefix('/api'))]],
    ['other headers', [at(exact('/api'), 'jason'), at(prefix('/api/'), 'eve')]],
  ])('leave alone %s', (_, matches) => {
    expect(clausesOf(matches)).toEqual(matches);
  });

  it('are every request where there are none', () => {
    expect(clausesOf([])).toEqual([ALL]);
  });

  it('take what the matches take', () => {
    fc.assert(
      fc.property(fc.array(anyMatch, { minLength: 1, maxLength: 4 }), anyRequest, (matches, request) => {
        expect(takes(clausesOf(matches).flatMap(matchesOf), request)).toBe(takes(matches, request));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the requests that two matches share', () => {
  it('are those that both take', () => {
    let said = 0;
    fc.assert(
      fc.property(
        fc
          .tuple(anyMatch, anyMatch)
          .chain(([a, b]) =>
            fc.tuple(fc.constant(a), fc.constant(b), fc.oneof(anyRequest, requestNear(a), requestNear(b))),
          ),
        ([a, b, request]) => {
          const meet = meetOfMatches(a, b);
          if (meet === 'unknown') return;
          const both = matchesRequest(a, request) && matchesRequest(b, request);
          if (both) said += 1;
          expect(meet !== 'none' && matchesRequest(meet, request)).toBe(both);
        },
      ),
      { numRuns: 5000 },
    );
    expect(said).toBeGreaterThan(100);
  });

  it.each<[string, Match, Match, ReturnType<typeof meetOf>]>([
    [
      'two headers',
      at(exact('/a'), 'x'),
      { ...ALL, query: [{ name: 'q', text: { kind: 'present' } }] },
      [{ ...at(exact('/a'), 'x'), query: [{ name: 'q', text: { kind: 'present' } }] }],
    ],
    ['no user', at(exact('/a'), 'x'), at(exact('/a'), 'y'), []],
    ['a longer path', at(prefix('/a/')), at(prefix('/a/b')), [at(prefix('/a/b'))]],
    ['two expressions', at({ kind: 'regex', value: '/[ab]+' }), at({ kind: 'regex', value: '/[bc]+' }), 'unknown'],
  ])('%s', (_, a, b, wanted) => {
    expect(meetOf(a, b)).toEqual(wanted);
  });

  it('are segments where both are', () => {
    const api = clausesOf([at(exact('/api')), at(prefix('/api/'))])[0]!;
    const user = { ...ALL, headers: [{ name: 'user', text: exact('x') }] };
    expect(meetOf(api, user)).toEqual([{ ...user, path: { kind: 'segments', value: '/api' } }]);
    expect(clauseCovers(api, meetOf(api, user)[0] as Match)).toBe(true);
    expect(clauseCovers(at(exact('/api')), api)).toBe(false);
  });
});

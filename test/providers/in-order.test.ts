import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCharacters } from '../../src/model/order.ts';
import type { Clause, Match, Precedence, Rule } from '../../src/model/traffic.ts';
import { inOrder, isPlaced } from '../../src/providers/in-order.ts';
import { matchesOf } from '../../src/traffic/clauses.ts';
import { decideAlike } from '../../src/traffic/decisions.ts';
import { ruleFor } from '../../src/traffic/evaluate.ts';
import { anyMatch, anyRequest, requestNear } from '../traffic/random-match.ts';

const ALL: Match = { headers: [], cookies: [], query: [] };
const ruleOf = (name: string, matches: readonly Match[]): Rule => ({
  name,
  matches,
  split: [{ version: name, share: 10_000 }],
  mirror: [],
  origin: [],
});

/** As most routers sort: the more particular path, then the number of conditions. */
const precedence: Precedence = (a, b) => rank(b) - rank(a);
function rank({ path, method, headers, cookies, query }: Clause): number {
  const text = path === undefined || path.kind === 'present' ? '' : path.value;
  const kind = path?.kind === 'exact' ? 1000 : path?.kind === 'regex' ? 500 : 0;
  return (
    (kind + text.length) * 100 +
    (method === undefined ? 0 : 50) +
    headers.length * 10 +
    cookies.length * 10 +
    query.length
  );
}

/** The rules as a router that sorts clauses would try them. */
const tried = (placed: readonly { readonly rule: Rule; readonly clauses: readonly Clause[] }[]) =>
  placed
    .flatMap(({ rule, clauses }) => clauses.map(clause => ({ clause, matches: matchesOf(clause), outcome: rule.name })))
    .sort((a, b) => precedence(a.clause, b.clause));

describe('rules in the order of a router that sorts them', () => {
  it('are left as they are where it sorts them as stated', () => {
    const rules = [
      ruleOf('a', [{ ...ALL, headers: [{ name: 'x', text: { kind: 'present' } }] }]),
      ruleOf('default', []),
    ];
    expect(inOrder(rules, precedence)).toEqual(
      rules.map(rule => ({ rule, clauses: rule.matches.length === 0 ? [ALL] : rule.matches })),
    );
  });

  it('take what both take where the later one would be first', () => {
    const header: Match = { ...ALL, headers: [{ name: 'x', text: { kind: 'exact', value: '1' } }] };
    const path: Match = { ...ALL, path: { kind: 'prefix', value: '/cart/' } };
    const rules = [ruleOf('a', [header]), ruleOf('b', [path]), ruleOf('default', [])];
    expect(inOrder(rules, precedence)).toEqual([
      { rule: rules[0], clauses: [header, { ...header, path: path.path }] },
      { rule: rules[1], clauses: [path] },
      { rule: rules[2], clauses: [ALL] },
    ]);
  });

  it('decide every request as stated, or are refused', () => {
    let placedOnes = 0;
    let added = 0;
    fc.assert(
      fc.property(
        fc
          .array(fc.array(anyMatch, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
          .chain(all =>
            fc.tuple(
              fc.constant(all),
              fc.array(fc.oneof(anyRequest, ...all.flat().map(requestNear)), { minLength: 10, maxLength: 10 }),
            ),
          ),
        ([all, requests]) => {
          const rules = [...all.map((matches, i) => ruleOf(`r${i}`, matches)), ruleOf('default', [])];
          const placed = inOrder(rules, precedence);
          if (!isPlaced(placed)) return;
          placedOnes += 1;
          if (placed.some(({ rule, clauses }) => clauses.length > Math.max(1, rule.matches.length))) added += 1;
          const order = tried(placed);
          for (const request of requests) expect(ruleFor(order, request)?.outcome).toBe(ruleFor(rules, request)?.name);
        },
      ),
      { numRuns: 3000 },
    );
    expect(placedOnes).toBeGreaterThan(1500);
    expect(added).toBeGreaterThan(300);
  });

  it('are told to decide alike, where no expression hides it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            anyMatch.filter(match => !JSON.stringify(match).includes('regex')),
            { minLength: 1, maxLength: 2 },
          ),
          { minLength: 1, maxLength: 3 },
        ),
        all => {
          const rules = [...all.map((matches, i) => ruleOf(`r${i}`, matches)), ruleOf('default', [])];
          const placed = inOrder(rules, precedence);
          if (!isPlaced(placed)) return;
          expect(
            decideAlike(
              rules.map(rule => ({ matches: rule.matches, outcome: rule.name })),
              tried(placed),
            ),
          ).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

it('characters beyond U+FFFF come behind all others, as their bytes do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(byCharacters(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(byCharacters('😀', '！')).toBeGreaterThan(0);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match, TextMatch } from '../../src/model/traffic.ts';
import { ruleFor } from '../../src/traffic/evaluate.ts';
import { takersOf, undecided } from '../../src/traffic/shadow.ts';
import { anyMatch, requestNear } from './random-match.ts';

const header = (value: string, kind: 'exact' | 'prefix' | 'regex' = 'exact', name = 'x'): Match => ({
  headers: [{ name, text: { kind, value } satisfies TextMatch }],
  cookies: [],
  query: [],
});
const rule = (name: string, ...matches: Match[]) => ({ name, matches });
const namesOf = (rules: readonly { readonly name: string }[] | undefined) => rules?.map(({ name }) => name);

describe('rules that take the requests of another', () => {
  const a = rule('a', header('a', 'prefix'));
  const b = rule('b', header('b', 'prefix'));

  it.each<[string, Match[], string[] | undefined]>([
    ['one of them', [header('ab')], ['a']],
    ['two of them together', [header('ba'), header('ab')], ['a', 'b']],
    ['none', [header('c')], undefined],
    ['only a part', [header('ab'), header('c')], undefined],
    ['nothing to take', [], undefined],
  ])('%s', (_, matches, names) => expect(namesOf(takersOf([a, b], matches))).toEqual(names));

  it('take every request before it reaches that rule', () => {
    let judged = 0;
    const rules = fc.array(fc.array(anyMatch, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 });
    const cases = rules.chain(lists =>
      fc.tuple(
        fc.constant(lists),
        fc.array(fc.oneof(...lists.at(-1)!.map(requestNear)), { minLength: 5, maxLength: 10 }),
      ),
    );
    fc.assert(
      fc.property(cases, ([lists, sampled]) => {
        const named = lists.map((matches, index) => ({ name: String(index), matches }));
        const last = named.at(-1)!;
        if (takersOf(named.slice(0, -1), last.matches) === undefined) return;
        judged += sampled.filter(request => ruleFor(named, request) !== undefined).length;
        for (const request of sampled) expect(ruleFor(named, request)).not.toBe(last);
      }),
      { numRuns: 1000 },
    );
    expect(judged).toBeGreaterThan(100);
  });
});

describe('pairs that cannot be decided', () => {
  const pairs = (...rules: { name: string; matches: Match[] }[]) =>
    undecided(rules).map(({ earlier, later }) => `${earlier.name} ${later.name}`);

  it.each<[string, Match, Match, boolean]>([
    ['expressions that may hold each other', header('[a-z]+', 'regex'), header('[a-c]+', 'regex'), true],
    ['expressions of which the first is narrower', header('[a-c]+', 'regex'), header('[a-z]+', 'regex'), false],
    ['the same expression', header('[a-z]+', 'regex'), header('[a-z]+', 'regex'), false],
    ['expressions that begin apart', header('a[0-9]{5}', 'regex'), header('b[0-9]{5}', 'regex'), false],
    ['expressions on two headers', header('[a-z]+', 'regex'), header('[a-c]+', 'regex', 'y'), false],
    ['a text and an expression', header('[a-z]+', 'regex'), header('a'), false],
    ['a text that another expression cannot take', header('jason'), header('q[^a]{9}z', 'regex'), false],
    ['plain texts', header('a'), header('a', 'prefix'), false],
  ])('%s: %4$s', (_, earlier, later, open) => {
    expect(pairs(rule('one', earlier), rule('two', later))).toEqual(open ? ['one two'] : []);
  });

  it('only where all other conditions hold', () => {
    const open = { ...header('[a-z]+', 'regex'), method: { kind: 'exact', value: 'GET' } } as const;
    const post = { ...header('[a-c]+', 'regex'), method: { kind: 'exact', value: 'POST' } } as const;
    expect(pairs(rule('one', open), rule('two', post))).toEqual([]);
    expect(pairs(rule('one', open), rule('two', { ...post, method: open.method }))).toEqual(['one two']);
  });

  it('not where another rule takes the requests for certain', () => {
    const [wide, narrow] = [header('[a-z]+', 'regex'), header('[a-c]+', 'regex')];
    expect(pairs(rule('one', wide), rule('two', header('.*', 'regex')), rule('three', narrow))).toEqual([]);
    expect(pairs(rule('one', wide), rule('two', narrow, header('0')), rule('three', narrow))).toEqual(['one two']);
  });
});

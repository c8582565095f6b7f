import { describe, expect, it } from 'vitest';
import type { Match, TextMatch } from '../../src/model/traffic.ts';
import { matchesRequest, type Request, ruleFor, takesText } from '../../src/traffic/evaluate.ts';

const ALL: Match = { headers: [], cookies: [], query: [] };
const GET: Request = { method: 'GET', path: '/cart', headers: {}, cookies: {}, query: {} };

describe('a text', () => {
  it.each<[TextMatch, string, boolean]>([
    [{ kind: 'exact', value: 'a' }, 'a', true],
    [{ kind: 'exact', value: 'a' }, 'A', false],
    [{ kind: 'exact', value: 'a' }, 'ab', false],
    [{ kind: 'prefix', value: 'a' }, 'a', true],
    [{ kind: 'prefix', value: 'a' }, 'ab', true],
    [{ kind: 'prefix', value: 'a' }, 'ba', false],
    [{ kind: 'regex', value: 'a|b' }, 'a', true],
    [{ kind: 'regex', value: 'a|b' }, 'ab', false],
    [{ kind: 'regex', value: 'a|ab' }, 'ab', true],
    [{ kind: 'regex', value: 'b' }, 'abc', false],
    [{ kind: 'regex', value: 'a.*' }, 'a', true],
    [{ kind: 'regex', value: 'a.' }, 'a\n', false],
    [{ kind: 'regex', value: '(' }, '(', false],
    [{ kind: 'present' }, '', true],
  ])('%j takes %j: %s', (condition, text, taken) => expect(takesText(condition, text)).toBe(taken));

  it('is read in linear time', () => {
    expect(takesText({ kind: 'regex', value: '(a*)*b' }, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('a request', () => {
  const jason: Match = { ...ALL, headers: [{ name: 'end-user', text: { kind: 'exact', value: 'jason' } }] };
  const both: Match = { ...jason, cookies: [{ name: 'beta', text: { kind: 'present' } }] };

  it.each<[Match, Partial<Request>, boolean]>([
    [ALL, {}, true],
    [{ ...ALL, method: { kind: 'exact', value: 'GET' } }, {}, true],
    [{ ...ALL, method: { kind: 'exact', value: 'POST' } }, {}, false],
    [{ ...ALL, path: { kind: 'prefix', value: '/cart/' } }, {}, false],
    [{ ...ALL, path: { kind: 'prefix', value: '/cart/' } }, { path: '/cart/1' }, true],
    [jason, {}, false],
    [jason, { headers: { 'end-user': 'jason' } }, true],
    [jason, { cookies: { 'end-user': 'jason' } }, false],
    [both, { headers: { 'end-user': 'jason' } }, false],
    [both, { cookies: { beta: '' } }, false],
    [both, { headers: { 'end-user': 'jason' }, cookies: { beta: '' } }, true],
    [{ ...ALL, query: [{ name: 'n', text: { kind: 'regex', value: '\\d+' } }] }, { query: { n: '12' } }, true],
    [{ ...ALL, query: [{ name: 'constructor', text: { kind: 'present' } }] }, {}, false],
  ])('%j, %j: %s', (match, request, taken) => expect(matchesRequest(match, { ...GET, ...request })).toBe(taken));

  it('goes to the first rule that takes it', () => {
    const rules = [
      { name: 'both', matches: [both] },
      { name: 'either', matches: [jason, { ...ALL, path: { kind: 'exact', value: '/beta' } as const }] },
      { name: 'default', matches: [] },
    ];
    const named = (request: Partial<Request>) => ruleFor(rules, { ...GET, ...request })?.name;
    expect(named({})).toBe('default');
    expect(named({ path: '/beta' })).toBe('either');
    expect(named({ headers: { 'end-user': 'jason' } })).toBe('either');
    expect(named({ headers: { 'end-user': 'jason' }, cookies: { beta: '1' } })).toBe('both');
    expect(ruleFor(rules.slice(0, 2), GET)).toBeUndefined();
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { CompiledRollout, Source } from '../../src/model/compiled.ts';
import type { Match, NamedMatch, Rule, Split, TextMatch } from '../../src/model/traffic.ts';
import type { Answer, AnswerPortion } from '../../src/review/answer.ts';
import { answersOf } from '../../src/review/trace.ts';
import type { Request } from '../../src/traffic/evaluate.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from '../properties/random-rollout.ts';

const resultOf = (source: Source): CompiledRollout => {
  const { results = [], diagnostics } = compile(source, { templates: TEMPLATES });
  expect(diagnostics.filter(d => d.severity === 'error')).toEqual([]);
  return results[0]!;
};

const living = (name: string): CompiledRollout => {
  const file = `rollouts/${name}.yaml`;
  return resultOf({ file, text: readFileSync(join(import.meta.dirname, '../..', file), 'utf8') });
};

const request = (more: Partial<Request> = {}): Request => ({
  method: 'GET',
  path: '/',
  headers: {},
  cookies: {},
  query: {},
  ...more,
});

/** Words of the random rules, what almost reads like them, and words of nobody. */
const value = fc.constantFrom('jason', 'jas', 'a', 'ab', 'a b', 'on', 'x=y', '123', 'a-canary-b', 'null', '', 'zebra');
const texts = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 });
const requests: fc.Arbitrary<Request> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.constantFrom('/', '/cart', '/cart/items', '/cartx', '/api', '/api/', '/api/cart/items', '/apis', '/v2/x'),
  headers: texts('end-user', 'x-canary', 'on', '1_000'),
  cookies: texts('beta', 'a.b', 'y'),
  query: texts('debug', 'n'),
});

/** An evaluation of its own, with the engine of JavaScript: the random rules hold nothing that the two read differently. */
const reads = (condition: TextMatch, text: string): boolean => {
  if (condition.kind === 'present') return true;
  if (condition.kind === 'regex') return new RegExp(`^(?:${condition.value})$`).test(text);
  return condition.kind === 'exact' ? text === condition.value : text.indexOf(condition.value) === 0;
};
const takes = (match: Match, { method, path, headers, cookies, query }: Request): boolean => {
  const lists: readonly (readonly [readonly NamedMatch[], { readonly [name: string]: string }])[] = [
    [match.path === undefined ? [] : [{ name: 'path', text: match.path }], { path }],
    [match.method === undefined ? [] : [{ name: 'method', text: match.method }], { method }],
    [match.headers, headers],
    [match.cookies, cookies],
    [match.query, query],
  ];
  return lists.every(([wanted, given]) =>
    wanted.every(({ name, text }) => Object.keys(given).includes(name) && reads(text, given[name]!)),
  );
};
const takenBy = (rules: readonly Rule[], one: Request): Rule | undefined =>
  rules.find(({ matches }) => matches.length === 0 || matches.some(match => takes(match, one)));

const OF_REGEX: { readonly [regex: string]: string } = {
  '[a-z]+': 'abc',
  'a|b': 'b',
  '.*canary.*': 'a-canary-b',
  '\\d{3}': '123',
  'x\\.y': 'x.y',
  '/v[0-9]+/.*': '/v2/x',
};
const readingOf = (condition: TextMatch): string => {
  if (condition.kind === 'present') return 'zebra';
  return condition.kind === 'regex' ? OF_REGEX[condition.value]! : condition.value;
};
const namedOf = (conditions: readonly NamedMatch[]) =>
  Object.fromEntries(conditions.map(({ name, text }) => [name, readingOf(text)]));

/** A request that one of the matches takes, with what it does not ask for from another one. */
const aimedAt = ({ path, method, headers, cookies, query }: Match, other: Request): Request => ({
  path: path === undefined ? other.path : readingOf(path),
  method: method === undefined ? other.method : readingOf(method),
  headers: { ...other.headers, ...namedOf(headers) },
  cookies: { ...other.cookies, ...namedOf(cookies) },
  query: { ...other.query, ...namedOf(query) },
});

const asked = fc.record({ other: requests, aim: fc.option(fc.nat()), part: fc.constantFrom('path', 'headers', 'all') });
/** Some aim at a rule, some of these miss it in one part, some aim at nothing. */
function requestFor(
  rules: readonly Rule[],
  { other, aim, part }: { other: Request; aim: number | null; part: string },
) {
  const matches = [...new Set(rules)].flatMap(rule => rule.matches);
  if (aim === null || matches.length === 0) return other;
  const aimed = aimedAt(matches[aim % matches.length]!, other);
  return part === 'all' ? aimed : { ...aimed, [part]: other[part as 'path'] };
}

const bare = (portions: readonly AnswerPortion[]): Split =>
  portions.map(portion => {
    if ('missing' in portion) throw new Error(portion.missing);
    return { version: portion.version, share: portion.share };
  });
const said = (answer: Answer) =>
  answer.rule === null
    ? undefined
    : { rule: answer.rule, split: bare(answer.split), mirror: bare(answer.mirror), fault: answer.fault };

describe.each(PROVIDER_NAMES)('the trace of requests on %s', provider => {
  it('says of every state what the rules of the plan say', () => {
    const taken = new Set<string>();
    fc.assert(
      fc.property(RANDOM[provider], fc.array(asked, { minLength: 1, maxLength: 8 }), (rollout, wishes) => {
        const result = resultOf({ file: 'rollouts/shop.yaml', text: stringify(rollout) });
        const rules = result.plan.states.flatMap(state => state.rules);
        for (const one of wishes.map(wish => requestFor(rules, wish))) {
          const answers = answersOf(result, one);
          expect(answers.map(answer => answer.state)).toEqual(result.plan.states.map(state => state.name));
          answers.forEach((answer, i) => {
            const rule = takenBy(result.plan.states[i]!.rules, one);
            taken.add(rule?.name ?? 'none');
            expect(said(answer)).toEqual(
              rule && { rule: rule.name, split: rule.split, mirror: rule.mirror, fault: rule.fault },
            );
          });
        }
      }),
      { numRuns: runs(provider, 60) },
    );
    expect(taken).toContain('default');
    if (provider !== 'istio') return;
    expect(taken).toContain('none');
    expect(taken.size, 'some requests meet named rules').toBeGreaterThan(2);
  });
});

describe('the trace of a living example', () => {
  const jason = request({ headers: { 'end-user': 'jason' } });
  const byState = (answers: readonly Answer[]) => Object.fromEntries(answers.map(answer => [answer.state, answer]));

  it('sends testers to the version that they test', () => {
    const answers = byState(answersOf(living('reviews'), jason));
    expect(answers['shadow']).toMatchObject({ rule: 'default', mirror: [{ version: 'v2', share: 5000 }] });
    expect(answers['internal']).toMatchObject({
      rule: 'testers',
      split: [{ version: 'v2', share: 10_000 }],
      met: { headers: [{ name: 'end-user' }] },
      timeout: 10_000,
      retries: { attempts: 3 },
    });
    expect(answers['rehearsal']).toMatchObject({ rule: 'slow', fault: { delay: { duration: 5000, share: 10_000 } } });
    expect(answers['abort-internal']).toMatchObject({ rule: 'default', split: [{ version: 'v1', share: 10_000 }] });
  });

  it('reads the files and not the plan', () => {
    const result = living('reviews');
    const edited = (edit: (text: string) => string): CompiledRollout => ({
      ...result,
      files: result.files.map(file => ({ ...file, text: edit(file.text) })),
    });
    const [swapped] = answersOf(
      edited(text => text.replace('weight: 90', 'weight: 80').replace(/weight: 10$/m, 'weight: 20')),
      request(),
      result.plan.states.filter(state => state.name === 'canary-10'),
    );
    expect(swapped).toMatchObject({
      split: [
        { version: 'v1', share: 8000 },
        { version: 'v2', share: 2000 },
      ],
    });
    const gone = /^ {2}- name: v2\n {4}labels:\n.*\n/m;
    expect(result.files.some(file => gone.test(file.text))).toBe(true);
    const lost = byState(
      answersOf(
        edited(text => text.replace(gone, '')),
        jason,
      ),
    );
    expect(lost['internal']).toMatchObject({
      rule: 'testers',
      split: [{ missing: 'no subset v2 of Service reviews is among these objects', share: 10_000 }],
    });
    const renamed = answersOf(
      edited(text => text.replaceAll('exact: jason', 'exact: jane')),
      jason,
    );
    expect(new Set(renamed.map(answer => answer.rule))).toEqual(new Set(['default']));
  });

  it('gives the pods where their numbers make the split, and the timeout where it belongs to a version', () => {
    const hello = byState(answersOf(living('hello'), request()));
    expect(hello['canary-25']).toMatchObject({
      split: [
        { version: 'v1', share: 7500, pods: 3 },
        { version: 'v2', share: 2500, pods: 1 },
      ],
    });
    expect(hello['complete']).toMatchObject({ split: [{ version: 'v2', share: 10_000 }] });
    expect(hello['complete']).not.toMatchObject({ split: [{ pods: expect.anything() }] });
    const parts = answersOf(living('greeter'), request()).flatMap(answer => (answer.rule === null ? [] : answer.split));
    expect(parts.length).toBeGreaterThan(3);
    // In canary-20 the one file that holds a timeout at all holds that of v2.
    for (const part of parts) expect(part).toMatchObject({ timeout: 300_000 });
  });

  it.each([
    ['reviews', true],
    ['REVIEWS:9080', true],
    ['reviews.bookinfo', true],
    ['reviews.bookinfo.svc', true],
    ['reviews.bookinfo.svc.cluster.local.', true],
    ['reviews.other', false],
    ['reviews.bookinfo.example.com', false],
    ['ratings', false],
  ])('takes requests for %s: %s', (host, isTaken) => {
    const answers = answersOf(living('reviews'), request({ headers: { host } }));
    expect(new Set(answers.map(answer => answer.rule !== null))).toEqual(new Set([isTaken]));
    if (!isTaken)
      expect(answers[0]).toMatchObject({ rule: null, why: 'no rule takes it: the route answers for "reviews"' });
  });

  it('takes any domain where the cluster makes the hosts', () => {
    const result = living('greeter');
    const host = `greeter.${result.plan.namespace}.example.com`;
    expect(answersOf(result, request({ headers: { host } })).map(answer => answer.rule)).not.toContain(null);
    expect(answersOf(result, request({ headers: { host: 'example.com' } }))[0]).toMatchObject({ rule: null });
  });
});

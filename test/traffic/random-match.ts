import fc from 'fast-check';
import type { Match, NamedMatch, TextMatch } from '../../src/model/traffic.ts';
import type { Request } from '../../src/traffic/evaluate.ts';

/** Matches and requests over so few characters and names that they often meet. */
const piece = fc.constantFrom('', 'a', 'b', 'ab', 'aa', '/a', '0');

const atom = fc.constantFrom('a', 'b', '0', '/', '.', '[ab]', '[^a]', '\\d', '\\.', '(?:a|b0)', '(ab)');
const repeated = fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}')).map(parts => parts.join(''));
const sequence = fc.array(repeated, { maxLength: 3 }).map(parts => parts.join(''));

/** Expressions that RE2 and JavaScript read alike. */
export const anyRegex: fc.Arbitrary<string> = fc.oneof(
  sequence,
  fc.tuple(sequence, sequence).map(([a, b]) => `${a}|${b}`),
  piece.map(text => `${text}.*`),
  piece.map(text => `${text}.+`),
  fc.tuple(piece, piece).map(([a, b]) => `${a}.*|${b}`),
  sequence.map(text => `^${text}$`),
  sequence.map(text => `${text}.*$`),
);

export const anyText: fc.Arbitrary<TextMatch> = fc.oneof(
  piece.map((value): TextMatch => ({ kind: 'exact', value })),
  piece.map((value): TextMatch => ({ kind: 'prefix', value })),
  anyRegex.map((value): TextMatch => ({ kind: 'regex', value })),
  fc.constant<TextMatch>({ kind: 'present' }),
);

const named: fc.Arbitrary<readonly NamedMatch[]> = fc.oneof(
  fc.constant([]),
  fc
    .dictionary(fc.constantFrom('x', 'y', '__proto__'), anyText, { maxKeys: 2 })
    .map(texts => Object.entries(texts).map(([name, text]) => ({ name, text }))),
);

const anyPath: fc.Arbitrary<TextMatch> = fc.oneof(
  fc.constantFrom('/', '/a', '/a/', '/ab').map((value): TextMatch => ({ kind: 'exact', value })),
  fc.constantFrom('/a/', '/ab', '/a').map((value): TextMatch => ({ kind: 'prefix', value })),
  fc
    .constantFrom('/.*', '.*', '.+', '/a.*', '/(a|b)/.*', '[^0]*')
    .map((value): TextMatch => ({ kind: 'regex', value })),
);
const anyMethod: fc.Arbitrary<TextMatch> = fc.constantFrom<TextMatch>(
  { kind: 'exact', value: 'GET' },
  { kind: 'prefix', value: 'P' },
  { kind: 'regex', value: 'GET|POST' },
  { kind: 'regex', value: '.+' },
);

export const anyMatch: fc.Arbitrary<Match> = fc
  .record(
    { path: anyPath, method: anyMethod, headers: named, cookies: named, query: named },
    { requiredKeys: ['headers', 'cookies', 'query'] },
  )
  .map(match => match as Match);

const text = fc.oneof(
  piece,
  fc.array(fc.constantFrom('a', 'b', '0', '/', '.', '~'), { maxLength: 4 }).map(c => c.join('')),
);
const texts = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), text, { maxKeys: 2 });

export const anyRequest: fc.Arbitrary<Request> = fc.record({
  path: fc.oneof(
    fc.constantFrom('/', '/a', '/a/', '/a/b'),
    text.map(end => `/${end}`),
  ),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'G'),
  headers: texts,
  cookies: texts,
  query: texts,
});

/** Requests that a match takes more often than not, and others that it just misses. */
export function requestNear({ path, method, headers, cookies, query }: Match): fc.Arbitrary<Request> {
  const near = (condition: TextMatch): fc.Arbitrary<string> => {
    if (condition.kind === 'present') return text;
    if (condition.kind === 'regex') return fc.oneof(text, fc.constantFrom(condition.value.replace(/[^ab0/]/g, '')));
    return condition.kind === 'exact' ? fc.constant(condition.value) : text.map(end => condition.value + end);
  };
  const texts = (conditions: readonly NamedMatch[]) =>
    fc.record(Object.fromEntries(conditions.map(condition => [condition.name, near(condition.text)])));
  const own = fc.record({ headers: texts(headers), cookies: texts(cookies), query: texts(query) });
  return fc.tuple(anyRequest, own, near(path ?? { kind: 'prefix', value: '/' }), fc.boolean()).map(
    ([any, near, nearPath, both]): Request => ({
      path: nearPath.startsWith('/') ? nearPath : any.path,
      method: method?.kind === 'exact' ? method.value : any.method,
      headers: both ? { ...any.headers, ...near.headers } : near.headers,
      cookies: both ? { ...any.cookies, ...near.cookies } : near.cookies,
      query: both ? { ...any.query, ...near.query } : near.query,
    }),
  );
}

/** Whether a condition takes a text, by another engine. */
export function takes(condition: TextMatch, value: string): boolean {
  if (condition.kind === 'present') return true;
  if (condition.kind === 'exact') return condition.value === value;
  if (condition.kind === 'prefix') return value.slice(0, condition.value.length) === condition.value;
  return new RegExp(`^(?:${condition.value})$`, 'u').test(value);
}

/** Whether a match takes a request, worked out apart from what the compiler runs. */
export function takesRequest(match: Match, request: Request): boolean {
  if (match.path !== undefined && !takes(match.path, request.path)) return false;
  if (match.method !== undefined && !takes(match.method, request.method)) return false;
  for (const part of ['headers', 'cookies', 'query'] as const) {
    const found = new Map(Object.entries(request[part]));
    for (const { name, text } of match[part]) {
      if (!found.has(name) || !takes(text, found.get(name)!)) return false;
    }
  }
  return true;
}

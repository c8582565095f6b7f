import type { Match, NamedMatch, TextMatch } from '../model/traffic.ts';
import { matchesRequest, type Request, takesText } from './evaluate.ts';
import { examplesOf, impliesText, mayMeet } from './texts.ts';

/** For `no` there is a `witness`; `unknown` comes from regular expressions. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** Whether every request of `b` is one of `a`. */
export const covers = (a: Match, b: Match): Verdict =>
  coversSurely(a, b) ? 'yes' : witness(a, b) === undefined ? 'unknown' : 'no';

/** Whether every request of `b` is one of `a`, for certain: each condition of `a` follows from one of `b`. */
export const coversSurely = (a: Match, b: Match): boolean =>
  (a.path === undefined || impliesText(b.path ?? ANY_PATH, a.path)) &&
  (a.method === undefined || impliesText(b.method ?? ANY_METHOD, a.method)) &&
  areImplied(a.headers, b.headers) &&
  areImplied(a.cookies, b.cookies) &&
  areImplied(a.query, b.query);

const areImplied = (asked: readonly NamedMatch[], given: readonly NamedMatch[]): boolean =>
  asked.every(({ name, text }) => given.some(other => other.name === name && impliesText(other.text, text)));

/** Whether nobody can say that `a` covers `b`, nor that it does not: only regular expressions stand in the way. */
export function isDoubtful(a: Match, b: Match): boolean {
  const open = conditions(a, b).filter(condition => !isImplied(condition));
  return open.length > 0 && open.every(isOpen);
}

/** A request of `b` that is none of `a`; undefined where there is none, or none was found. */
export function witness(a: Match, b: Match): Request | undefined {
  const request = requestOf(b);
  if (request === undefined) return undefined;
  for (const condition of conditions(a, b)) {
    const { given, put } = condition;
    const text = exceptionOf(condition);
    const found = given === undefined ? request : text === undefined ? undefined : put(request, text);
    if (found !== undefined && matchesRequest(b, found) && !matchesRequest(a, found)) return found;
  }
  return undefined;
}

/** A condition of `a` and what `b` says of the same text; `given` is absent where `b` lets the text be missing. */
interface Condition {
  readonly asked: TextMatch;
  readonly given: TextMatch | undefined;
  /** What holds for this text in every request that has it. */
  readonly always: TextMatch;
  readonly put: (request: Request, text: string) => Request;
}

const ANY: TextMatch = { kind: 'present' };
const ANY_METHOD: TextMatch = { kind: 'regex', value: '.+' };
const ANY_PATH: TextMatch = { kind: 'prefix', value: '/' };

const conditions = (a: Match, b: Match): readonly Condition[] => [
  ...whole(a.path, b.path, ANY_PATH, (request, path) => ({ ...request, path })),
  ...whole(a.method, b.method, ANY_METHOD, (request, method) => ({ ...request, method })),
  ...(['headers', 'cookies', 'query'] as const).flatMap(part =>
    a[part].map(({ name, text }) => ({
      asked: text,
      given: b[part].find(other => other.name === name)?.text,
      always: ANY,
      put: (request: Request, found: string) => ({ ...request, [part]: { ...request[part], [name]: found } }),
    })),
  ),
];

/** Conditions on what no request lacks. */
const whole = (
  asked: TextMatch | undefined,
  given: TextMatch | undefined,
  always: TextMatch,
  put: Condition['put'],
): readonly Condition[] => (asked === undefined ? [] : [{ asked, given: given ?? always, always, put }]);

const isImplied = ({ asked, given }: Condition): boolean => given !== undefined && impliesText(given, asked);

const isOpen = (condition: Condition): boolean =>
  condition.given !== undefined && exceptionOf(condition) === undefined && mayMeet(condition.given, condition.asked);

/** A text that `b` takes and `a` does not. */
const exceptionOf = ({ asked, given, always }: Condition): string | undefined =>
  given === undefined ? undefined : possible(given, always).find(text => !takesText(asked, text));

const possible = (text: TextMatch, always: TextMatch): readonly string[] =>
  examplesOf(text).filter(example => takesText(always, example));

/** Some request that a match takes; undefined where none was found. */
function requestOf({ path = ANY_PATH, method = ANY_METHOD, headers, cookies, query }: Match): Request | undefined {
  const [somePath] = possible(path, ANY_PATH);
  const [someMethod] = possible(method, ANY_METHOD);
  const named = [headers, cookies, query].map(textsByName);
  const [someHeaders, someCookies, someQuery] = named;
  if (somePath === undefined || someMethod === undefined) return undefined;
  if (someHeaders === undefined || someCookies === undefined || someQuery === undefined) return undefined;
  return { path: somePath, method: someMethod, headers: someHeaders, cookies: someCookies, query: someQuery };
}

function textsByName(conditions: readonly NamedMatch[]): { readonly [name: string]: string } | undefined {
  const found = conditions.map(({ name, text }) => [name, examplesOf(text)[0]] as const);
  return found.some(([, text]) => text === undefined)
    ? undefined
    : (Object.fromEntries(found) as { [name: string]: string });
}

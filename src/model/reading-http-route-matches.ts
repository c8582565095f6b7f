import { quote } from '../diagnostics/wording.ts';
import { naturally } from './order.ts';
import type { Draft, Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf } from './reading.ts';
import { cookieOf, isOneGroup } from './reading-cookies.ts';
import type { RouteKind } from './reading-http-route.ts';
import type { Match, NamedMatch, TextMatch } from './traffic.ts';

/** One match of a route. */
export interface Ranked {
  /** What it takes, as matches in plain characters; empty: every request. */
  readonly matches: readonly Match[];
  /** Matches are tried by their ranks, the largest first: https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule */
  readonly rank: readonly number[];
  /** Whether its path is matched by a prefix. */
  readonly isPrefix: boolean;
}

/** The matches of one rule; one of them must hold. None: every request. */
export function rankedMatches(spot: Spot, tree: Tree, kind: RouteKind): readonly Ranked[] {
  const items = itemsOf(spot, tree);
  const read = kind === 'HTTPRoute' ? httpMatch : grpcMatch;
  return items.length === 0 ? [read(spot, {})] : items.map((item, i) => read(into(spot, i), item));
}

const HTTP = new Set(['path', 'method', 'headers', 'queryParams']);

function httpMatch(spot: Spot, tree: Tree): Ranked {
  const fields = fieldsOf(spot, tree, HTTP);
  const path = httpPath(into(spot, '.path'), fields['path']);
  const method = methodOf(into(spot, '.method'), fields['method']);
  const { headers, cookies } = headersOf(into(spot, '.headers'), fields['headers']);
  const query = namedOf(into(spot, '.queryParams'), fields['queryParams']);
  const rest = { ...(method === undefined ? {} : { method }), headers, cookies, query };
  const rank = [...path.rank, method === undefined ? 0 : 1, headers.length + cookies.length, query.length];
  return { matches: withPaths(path.texts, rest), rank, isPrefix: path.isPrefix };
}

/** A match for each path; none at all where every request is meant. */
function withPaths(texts: readonly TextMatch[], rest: Omit<Match, 'path'>): readonly Match[] {
  if (texts.length > 0) return texts.map(path => ({ path, ...rest }));
  const isAll = rest.method === undefined && [rest.headers, rest.cookies, rest.query].every(list => list.length === 0);
  return isAll ? [] : [rest];
}

interface HttpPath {
  /** Empty: every path. */
  readonly texts: readonly TextMatch[];
  /** Whether it is exact, and how long a prefix it is. */
  readonly rank: readonly [exact: number, prefix: number];
  readonly isPrefix: boolean;
}

const PATH = new Set(['type', 'value']);

/** A prefix goes by whole segments, and a slash at its end says nothing: https://gateway-api.sigs.k8s.io/reference/spec/#pathmatchtype */
function httpPath(spot: Spot, tree: Tree): HttpPath {
  const fields = fieldsOf(spot, tree, PATH);
  const type = textOf(into(spot, '.type'), fields['type']) ?? 'PathPrefix';
  const value = textOf(into(spot, '.value'), fields['value']) ?? '/';
  if (type !== 'RegularExpression' && !value.startsWith('/')) strange(spot, `${quote(value)} is no path`);
  switch (type) {
    case 'PathPrefix':
      return { texts: belowSegments(value), rank: [0, value.length], isPrefix: true };
    case 'Exact':
      return { texts: [{ kind: 'exact', value }], rank: [1, 0], isPrefix: false };
    case 'RegularExpression':
      strange(spot, 'where a regular expression over the path ranks is left to the implementation');
      return { texts: [{ kind: 'regex', value: wholeRegex(spot, value) }], rank: [0, value.length], isPrefix: false };
    default:
      strange(spot, `${quote(type)} is no type of a path`);
      return { texts: [{ kind: 'exact', value }], rank: [1, 0], isPrefix: false };
  }
}

function belowSegments(prefix: string): readonly TextMatch[] {
  const bare = prefix.replace(/\/$/, '');
  return bare === ''
    ? []
    : [
        { kind: 'exact', value: bare },
        { kind: 'prefix', value: `${bare}/` },
      ];
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

function methodOf(spot: Spot, tree: Tree): TextMatch | undefined {
  const value = textOf(spot, tree);
  if (value === undefined) return undefined;
  if (!METHODS.has(value)) strange(spot, `${quote(value)} is none of the methods of the API`);
  return { kind: 'exact', value };
}

const GRPC = new Set(['method', 'headers']);
const CALL = new Set(['type', 'service', 'method']);

function grpcMatch(spot: Spot, tree: Tree): Ranked {
  const fields = fieldsOf(spot, tree, GRPC);
  const { headers, cookies } = headersOf(into(spot, '.headers'), fields['headers']);
  const at = into(spot, '.method');
  const call = fieldsOf(at, fields['method'], CALL);
  const service = textOf(into(at, '.service'), call['service']) ?? '';
  const method = textOf(into(at, '.method'), call['method']) ?? '';
  const texts = fields['method'] === undefined ? [] : [callPath(at, call, { service, method })];
  return {
    matches: withPaths(texts, { headers, cookies, query: [] }),
    rank: [service.length, method.length, headers.length + cookies.length],
    isPrefix: false,
  };
}

/** Calls of gRPC are requests to `/service/method`: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
function callPath(spot: Spot, call: Fields, { service, method }: { service: string; method: string }): TextMatch {
  const type = textOf(into(spot, '.type'), call['type']) ?? 'Exact';
  if (service === '' && method === '') strange(spot, 'it names neither a service nor a method');
  if (type === 'Exact' && service !== '') {
    if (/[/\s]/.test(service + method)) strange(spot, 'no service and no method is called so');
    return method === ''
      ? { kind: 'prefix', value: `/${service}/` }
      : { kind: 'exact', value: `/${service}/${method}` };
  }
  strange(spot, `${quote(type)} without a service is left to the implementation`);
  return { kind: 'regex', value: `/(?:${service || '[^/]+'})/(?:${method || '[^/]+'})` };
}

function headersOf(spot: Spot, tree: Tree): Pick<Match, 'headers' | 'cookies'> {
  const headers: Draft<NamedMatch>[] = [];
  const cookies: NamedMatch[] = [];
  for (const { name, text } of namedOf(spot, tree)) {
    const lower = name.toLowerCase();
    const cookie = lower === 'cookie' && text.kind === 'regex' ? cookieOf(text.value) : undefined;
    if (cookie === undefined) headers.push({ name: lower, text });
    else cookies.push(cookie);
  }
  if (new Set(headers.map(({ name }) => name)).size < headers.length) strange(spot, 'of two conditions one is ignored');
  return { headers, cookies };
}

const NAMED = new Set(['type', 'name', 'value']);

const namedOf = (spot: Spot, tree: Tree): readonly NamedMatch[] =>
  itemsOf(spot, tree)
    .map((item, i) => oneNamed(into(spot, i), item))
    .sort((a, b) => naturally(a.name, b.name));

function oneNamed(spot: Spot, tree: Tree): NamedMatch {
  const fields = fieldsOf(spot, tree, NAMED);
  const type = textOf(into(spot, '.type'), fields['type']) ?? 'Exact';
  const name = textOf(into(spot, '.name'), fields['name']) ?? '';
  const value = textOf(into(spot, '.value'), fields['value']) ?? '';
  if (name === '' || value === '') strange(spot, 'it has no name or no value');
  if (type === 'Exact') return { name, text: { kind: 'exact', value } };
  if (type !== 'RegularExpression') strange(spot, `${quote(type)} is no type of a condition`);
  return { name, text: plainer(wholeRegex(spot, value)) };
}

/** An expression in plainer words, where it only asks for a beginning or for any text. */
function plainer(regex: string): TextMatch {
  const beginning = /^((?:[^\\.+*?()|[\]{}^$]|\\[\\.+*?()|[\]{}^$])*)\.\*$/.exec(regex)?.[1];
  if (beginning === undefined) return { kind: 'regex', value: regex };
  return beginning === '' ? { kind: 'present' } : { kind: 'prefix', value: beginning.replace(/\\(.)/g, '$1') };
}

/** An expression over the whole text, without the group and the anchors that only say so. */
function wholeRegex(spot: Spot, value: string): string {
  if (!value.startsWith('^') || !value.endsWith('$')) {
    strange(spot, `whether ${quote(value)} is looked for anywhere in the text is left to the implementation`);
    return value;
  }
  const inner = value.slice(1, -1);
  return inner.startsWith('(?:') && !inner.endsWith('\\') && isOneGroup(inner) ? inner.slice(3, -1) : value;
}

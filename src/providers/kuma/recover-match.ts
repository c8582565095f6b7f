import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

/** What one entry of `matches` takes, and what Kuma sorts it by. */
export interface ReadMatch {
  /** More than one where a prefix of segments is a path and all below it. */
  readonly matches: readonly Match[];
  readonly rank: readonly number[];
  /** What a rewrite replaces; undefined: this is no prefix. */
  readonly prefix: string | undefined;
}

const MATCH = new Set(['path', 'method', 'headers', 'queryParams']);
const METHOD = /^(?:CONNECT|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|TRACE)$/;

/** https://github.com/kumahq/kuma/blob/master/pkg/plugins/policies/meshhttproute/api/v1alpha1/compare.go */
export function matchOf(spot: Spot, tree: Tree): ReadMatch {
  const fields = fieldsOf(spot, tree, MATCH);
  const headers = namedOf(into(spot, '.headers'), fields['headers'], HEADER_KINDS);
  const query = namedOf(into(spot, '.queryParams'), fields['queryParams'], QUERY_KINDS);
  const method = textOf(into(spot, '.method'), fields['method']);
  if (method !== undefined && !METHOD.test(method)) strange(into(spot, '.method'), `${show(method)} is no method`);
  const path = pathOf(into(spot, '.path'), fields['path']);
  const cookies = headers.flatMap(one => asCookie(one) ?? []);
  const rest = {
    ...(method === undefined ? {} : { method: { kind: 'exact', value: method } as const }),
    headers: sorted(headers.filter(one => asCookie(one) === undefined)),
    cookies: sorted(cookies),
    query: sorted(query),
  };
  return {
    matches: path.texts.map(text => {
      const match: Draft<Match> = { ...rest };
      if (text !== undefined) match.path = text;
      return match;
    }),
    rank: [path.rank, -path.size, method === undefined ? 1 : 0, -headers.length, -query.length],
    prefix: path.prefix,
  };
}

interface Path {
  readonly texts: readonly (TextMatch | undefined)[];
  readonly rank: number;
  readonly size: number;
  readonly prefix: string | undefined;
}

const PATH = new Set(['type', 'value']);

function pathOf(spot: Spot, tree: Tree): Path {
  if (tree === undefined) return { texts: [undefined], rank: 3, size: 0, prefix: undefined };
  const { type, value: written } = fieldsOf(spot, tree, PATH);
  const value = textOf(into(spot, '.value'), written) ?? '';
  const size = new TextEncoder().encode(value).length;
  if (value === '' || (type !== 'RegularExpression' && !value.startsWith('/')))
    strange(spot, `${show(written)} is no path`);
  switch (type) {
    case 'Exact':
      return { texts: [{ kind: 'exact', value }], rank: 0, size: 0, prefix: undefined };
    case 'PathPrefix': {
      if (value === '/') return { texts: [undefined], rank: 1, size, prefix: '/' };
      if (value.endsWith('/')) strange(spot, 'Kuma refuses a slash at its end');
      const bare = value.replace(/\/+$/, '');
      const texts = [{ kind: 'exact', value: bare } as const, { kind: 'prefix', value: `${bare}/` } as const];
      return { texts, rank: 1, size, prefix: value };
    }
    default:
      if (type !== 'RegularExpression') strange(into(spot, '.type'), `${show(type)} is not read here`);
      return { texts: [{ kind: 'regex', value }], rank: 2, size, prefix: undefined };
  }
}

const HEADER_KINDS: ReadonlyMap<unknown, TextMatch['kind']> = new Map([
  ['Exact', 'exact'],
  ['Prefix', 'prefix'],
  ['RegularExpression', 'regex'],
  ['Present', 'present'],
] as const);
const QUERY_KINDS: ReadonlyMap<unknown, TextMatch['kind']> = new Map([
  ['Exact', 'exact'],
  ['RegularExpression', 'regex'],
] as const);
const NAMED = new Set(['name', 'type', 'value']);

/** Conditions on named texts; of two for one name Kuma takes the first. */
function namedOf(spot: Spot, tree: Tree, kinds: typeof HEADER_KINDS): readonly NamedMatch[] {
  const found = itemsOf(spot, tree).map((item, i): NamedMatch => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, NAMED);
    const name = textOf(into(at, '.name'), fields['name']) ?? '';
    const kind = kinds.get(fields['type'] ?? (kinds === HEADER_KINDS ? 'Exact' : undefined));
    if (name === '') strange(at, 'it names nothing');
    if (kind === undefined) strange(into(at, '.type'), `${show(fields['type'])} is not read here`);
    if (kinds === HEADER_KINDS && name !== name.toLowerCase()) strange(at, `Kuma wants ${quote(name)} in lower case`);
    const value = textOf(into(at, '.value'), fields['value']) ?? '';
    if (kind === 'present') {
      if (value !== '') strange(at, 'presence has no value');
      return { name, text: { kind } };
    }
    if (value === '' && kind !== 'exact') return { name, text: { kind: 'present' } };
    return { name, text: { kind: kind ?? 'exact', value } };
  });
  const twice = found.find(({ name }, i) => found.findIndex(other => other.name === name) < i);
  if (twice !== undefined) strange(spot, `it asks for ${quote(twice.name)} twice`);
  return found;
}

const asCookie = ({ name, text }: NamedMatch): NamedMatch | undefined =>
  name === 'cookie' && text.kind === 'regex' ? cookieOf(text.value) : undefined;

const sorted = (list: readonly NamedMatch[]): readonly NamedMatch[] =>
  [...list].sort((a, b) => naturally(a.name, b.name));

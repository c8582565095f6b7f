import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, mapOf, show, strange } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

const MATCH = new Set(['uri', 'method', 'headers', 'queryParams']);
const NONE: readonly NamedMatch[] = [];

/** The entries of a route's `match`: one of them must hold, every key of one must hold. None: every request. */
export const matchesOf = (spot: Spot, tree: Tree): readonly Match[] =>
  itemsOf(spot, tree).map((item, i) => matchOf(into(spot, i), item));

function matchOf(spot: Spot, tree: Tree): Match {
  const fields = fieldsOf(spot, tree, MATCH);
  const match: Draft<Match> = { headers: NONE, cookies: NONE, query: NONE };
  if (fields.uri !== undefined) match.path = givenText(into(spot, '.uri'), fields.uri);
  if (fields.method !== undefined) match.method = givenText(into(spot, '.method'), fields.method);
  if (fields.headers !== undefined) Object.assign(match, headersOf(into(spot, '.headers'), fields.headers));
  if (fields.queryParams !== undefined) match.query = namedOf(into(spot, '.queryParams'), fields.queryParams);
  return match;
}

function namedOf(spot: Spot, tree: Tree): readonly NamedMatch[] {
  const fields = mapOf(spot, tree);
  const named = Object.keys(fields).map(name => ({
    name,
    text: textMatchOf(into(spot, `.${name}`), fields[name]),
  }));
  return named.length > 1 ? named.sort((a, b) => naturally(a.name, b.name)) : named;
}

/** Names that Istio drops from `headers`, and the sign of its token claims. */
const NO_HEADER = /^(?:uri|scheme|method|authority|@.*)$/;

function headersOf(spot: Spot, tree: Tree): Pick<Match, 'headers' | 'cookies'> {
  const headers: NamedMatch[] = [];
  const cookies: NamedMatch[] = [];
  for (const { name, text } of namedOf(spot, tree)) {
    const cookie = name === 'cookie' && text.kind === 'regex' ? cookieOf(text.value) : undefined;
    if (name !== name.toLowerCase()) strange(spot, `Istio wants ${quote(name)} in lower case`);
    if (NO_HEADER.test(name)) strange(spot, `Istio does not match a header by the name ${quote(name)}`);
    if (cookie === undefined) headers.push({ name: name.toLowerCase(), text });
    else cookies.push(cookie);
  }
  return { headers, cookies };
}

const KINDS = ['exact', 'prefix', 'regex'] as const;
const TEXT = new Set<string>(KINDS);

/** A StringMatch of something that every request has, so that presence would say nothing. */
function givenText(spot: Spot, tree: Tree): TextMatch {
  const text = textMatchOf(spot, tree);
  if (text.kind === 'present') strange(spot, 'it says neither exact, prefix nor regex');
  return text;
}

/** A StringMatch; an empty mapping asks for presence only. */
function textMatchOf(spot: Spot, tree: Tree): TextMatch {
  const fields = fieldsOf(spot, tree, TEXT);
  const given = KINDS.filter(kind => fields[kind] !== undefined);
  const kind = given[0];
  if (given.length > 1) strange(spot, 'Istio takes one of exact, prefix and regex');
  if (kind === undefined) return { kind: 'present' };
  const value = fields[kind];
  if (typeof value !== 'string') strange(spot, `${show(value)} stands where a text is read`);
  else if (value === '' && kind !== 'exact') strange(spot, `Istio refuses an empty ${kind}`);
  // https://github.com/istio/istio/pull/20629
  else if (value === '*' && kind === 'regex') strange(spot, 'Istio reads the regex "*" as presence');
  return { kind, value: typeof value === 'string' ? value : '' };
}

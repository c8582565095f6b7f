import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

const MATCH = new Set(['http']);
const HTTP = new Set(['pathExact', 'pathPrefix', 'pathRegex', 'header', 'queryParam', 'methods', 'caseInsensitive']);

/** The requests of one route: all conditions must hold, one of the methods must be the request's. Empty: every request. */
export function matchesOf(spot: Spot, tree: Tree): readonly Match[] {
  const at = into(spot, '.http');
  const http = fieldsOf(at, fieldsOf(spot, tree, MATCH)['http'], HTTP);
  onlyOf(into(at, '.caseInsensitive'), http['caseInsensitive'], false);
  const path = pathOf(at, http);
  const { headers, cookies } = headersOf(into(at, '.header'), http['header']);
  const match: Draft<Match> = { headers, cookies, query: queryOf(into(at, '.queryParam'), http['queryParam']) };
  if (path !== undefined) match.path = path;
  const methods = methodsOf(into(at, '.methods'), http['methods']);
  if (methods.length > 0) return methods.map(value => ({ ...match, method: { kind: 'exact', value } }) satisfies Match);
  return path === undefined && [headers, cookies, match.query].every(list => list.length === 0) ? [] : [match];
}

const PATHS = [
  ['pathExact', 'exact'],
  ['pathPrefix', 'prefix'],
  ['pathRegex', 'regex'],
] as const;

/** Every path begins with a slash, so that a prefix of nothing else says nothing. */
function pathOf(spot: Spot, http: Fields): TextMatch | undefined {
  const given = PATHS.flatMap(([field, kind]) => {
    const value = textOf(into(spot, `.${field}`), http[field]);
    if (value === '') strange(into(spot, `.${field}`), 'an empty path says nothing');
    if (value !== undefined && kind !== 'regex' && !value.startsWith('/')) strange(spot, `${quote(value)} is no path`);
    return value === undefined || value === '' ? [] : [{ kind, value }];
  });
  if (given.length > 1) strange(spot, 'Consul takes one of pathExact, pathPrefix and pathRegex');
  const path = given[0];
  return path?.kind === 'prefix' && path.value === '/' ? undefined : path;
}

/** Consul writes methods in capitals. https://github.com/hashicorp/consul/blob/main/agent/structs/config_entry_discoverychain.go */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE']);

function methodsOf(spot: Spot, tree: Tree): readonly string[] {
  const methods = textsOf(spot, tree).map(method => method.toUpperCase());
  for (const method of methods) if (!METHODS.has(method)) strange(spot, `Consul does not know ${quote(method)}`);
  if (new Set(methods).size < methods.length) strange(spot, 'one method is named twice');
  return methods;
}

const HEADER = new Set(['name', 'exact', 'prefix', 'suffix', 'regex', 'present', 'invert']);

function headersOf(spot: Spot, tree: Tree): Pick<Match, 'headers' | 'cookies'> {
  const headers: NamedMatch[] = [];
  const cookies: NamedMatch[] = [];
  for (const [i, item] of itemsOf(spot, tree).entries()) {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, HEADER);
    const name = (textOf(into(at, '.name'), fields['name']) ?? '').toLowerCase();
    if (name === '' || name.startsWith(':')) strange(at, `${quote(name)} is no name of a header`);
    onlyOf(into(at, '.invert'), fields['invert'], false);
    const text = textMatchOf(at, fields);
    const cookie = name === 'cookie' && text.kind === 'regex' ? cookieOf(text.value) : undefined;
    if (cookie === undefined) headers.push({ name, text });
    else cookies.push(cookie);
  }
  return { headers: distinct(spot, headers), cookies: distinct(spot, cookies) };
}

const QUERY = new Set(['name', 'exact', 'regex', 'present']);

const queryOf = (spot: Spot, tree: Tree): readonly NamedMatch[] =>
  distinct(
    spot,
    itemsOf(spot, tree).map((item, i) => {
      const at = into(spot, i);
      const fields = fieldsOf(at, item, QUERY);
      const name = textOf(into(at, '.name'), fields['name']) ?? '';
      if (name === '') strange(at, 'it names no parameter');
      return { name, text: textMatchOf(at, fields) };
    }),
  );

/** All of them must hold, and one of a name is all that can be told. */
function distinct(spot: Spot, list: readonly NamedMatch[]): readonly NamedMatch[] {
  const sorted = [...list].sort((a, b) => naturally(a.name, b.name));
  sorted.forEach(({ name }, i) => {
    if (i > 0 && sorted[i - 1]!.name === name) strange(spot, `${quote(name)} has two conditions`);
  });
  return sorted;
}

const TEXTS = ['exact', 'prefix', 'suffix', 'regex', 'present'] as const;

/** Exactly one of its fields says how the text must read; an empty one says nothing. */
function textMatchOf(spot: Spot, fields: Fields): TextMatch {
  const given = TEXTS.filter(kind => fields[kind] !== undefined && fields[kind] !== '' && fields[kind] !== false);
  const kind = given[0];
  if (given.length !== 1 || kind === undefined)
    strange(spot, 'Consul wants one of exact, prefix, suffix, regex, present');
  if (kind === undefined || kind === 'present') {
    if (kind === 'present') onlyOf(into(spot, '.present'), fields[kind], true);
    return { kind: 'present' };
  }
  const value = fields[kind];
  if (typeof value !== 'string') strange(into(spot, `.${kind}`), `${show(value)} stands where a text is read`);
  const text = typeof value === 'string' ? value : '';
  return kind === 'suffix'
    ? { kind: 'regex', value: `.*${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}` }
    : { kind, value: text };
}

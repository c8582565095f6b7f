import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

const MATCHER = new Set(['prefix', 'exact', 'regex', 'headers', 'queryParameters', 'methods']);

/** The `matchers` of a route: one of them must hold, all conditions of one must hold. Empty: every request. */
export function matchesOf(spot: Spot, tree: Tree): readonly Match[] {
  const matches = itemsOf(spot, tree).map((item, i) => matchOf(into(spot, i), item));
  return matches.length === 1 && isEverything(matches[0]!) ? [] : matches;
}

const isEverything = ({ path, method, headers, cookies, query }: Match): boolean =>
  path === undefined && method === undefined && headers.length + cookies.length + query.length === 0;

function matchOf(spot: Spot, tree: Tree): Match {
  const fields = fieldsOf(spot, tree, MATCHER);
  const headers = namedOf(into(spot, '.headers'), fields.headers).map(lower);
  const cookies = headers.flatMap(header => cookieIn(header) ?? []);
  const method = methodOf(spot, fields, headers);
  const match: Draft<Match> = {
    headers: distinct(spot, headers.filter(isHeader(spot))),
    cookies: distinct(spot, cookies),
    query: distinct(spot, namedOf(into(spot, '.queryParameters'), fields.queryParameters)),
  };
  const path = pathOf(spot, fields);
  if (path !== undefined) match.path = path;
  if (method !== undefined) match.method = method;
  return match;
}

const PATHS = ['prefix', 'exact', 'regex'] as const;

/** A prefix goes by characters; every path begins with a slash. */
function pathOf(spot: Spot, fields: Fields): TextMatch | undefined {
  const given = PATHS.filter(kind => fields[kind] !== undefined);
  const [kind] = given;
  if (given.length !== 1) strange(spot, 'Gloo wants one of prefix, exact and regex');
  if (kind === undefined) return undefined;
  const value = textOf(into(spot, `.${kind}`), fields[kind]) ?? '';
  if (value === '') strange(spot, `its ${kind} is empty`);
  return kind === 'prefix' && value === '/' ? undefined : { kind, value };
}

const lower = ({ name, text }: NamedMatch): NamedMatch => ({ name: name.toLowerCase(), text });

const cookieIn = ({ name, text }: NamedMatch): NamedMatch | undefined =>
  name === 'cookie' && text.kind === 'regex' ? cookieOf(text.value) : undefined;

const METHOD = ':method';

const isHeader =
  (spot: Spot) =>
  (header: NamedMatch): boolean => {
    if (header.name === METHOD || cookieIn(header) !== undefined) return false;
    if (!/^[^\s:]+$/.test(header.name)) strange(spot, `${quote(header.name)} names no header`);
    return true;
  };

/** Gloo joins the methods of a list to one expression; any other condition on the method is one on its pseudo-header. */
function methodOf(spot: Spot, { methods }: Fields, headers: readonly NamedMatch[]): TextMatch | undefined {
  const words = textsOf(into(spot, '.methods'), methods);
  const others = headers.filter(({ name }) => name === METHOD);
  if (others.length + Math.min(words.length, 1) > 1) strange(spot, 'it asks for the method twice');
  if (words.includes('')) strange(spot, 'a method is empty');
  if (words.length === 0) return others[0]?.text;
  const [word = ''] = words;
  return words.length === 1 && /^[A-Z]+$/.test(word)
    ? { kind: 'exact', value: word }
    : { kind: 'regex', value: words.join('|') };
}

const NAMED = new Set(['name', 'value', 'regex']);

const namedOf = (spot: Spot, tree: Tree): readonly NamedMatch[] =>
  itemsOf(spot, tree).map((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, NAMED);
    const name = textOf(into(at, '.name'), fields.name) ?? '';
    if (name === '') strange(at, 'it names nothing');
    return { name, text: textMatchOf(at, fields) };
  });

/** Without a value it must be there, whatever it holds; an expression takes the whole text. */
function textMatchOf(spot: Spot, { value: written, regex }: Fields): TextMatch {
  const value = textOf(into(spot, '.value'), written) ?? '';
  if (regex !== undefined && typeof regex !== 'boolean')
    strange(into(spot, '.regex'), `${show(regex)} stands where true or false is read`);
  if (value === '') {
    if (written !== undefined || regex === true) strange(spot, 'Gloo reads an empty value as presence');
    return { kind: 'present' };
  }
  return { kind: regex === true ? 'regex' : 'exact', value };
}

/** Sorted by name, each name once: no rule of ours asks twice for the same. */
function distinct(spot: Spot, list: readonly NamedMatch[]): readonly NamedMatch[] {
  if (list.length < 2) return list;
  const twice = list.find(({ name }, i) => list.findIndex(other => other.name === name) < i);
  if (twice !== undefined) strange(spot, `it has two conditions on ${quote(twice.name)}`);
  return [...list].sort((a, b) => naturally(a.name, b.name));
}

import { naturally } from '../../model/order.ts';
import type { Fields, Spot } from '../../model/reading.ts';
import { into, mapOf, show, strange, textOf } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

/** A condition on something that has a name, as Emissary keeps it. */
export interface Condition {
  readonly name: string;
  /** Absent: that it is there is all that is asked. */
  readonly value?: string;
  readonly regex: boolean;
}

/** What a Mapping matches, beside its host. */
export interface Conditions {
  readonly prefix: string;
  readonly kind: 'prefix' | 'exact' | 'regex';
  /** Those on headers, the method's among them, in the order in which Emissary looks at them. */
  readonly headers: readonly Condition[];
  readonly method?: Condition;
  readonly query: readonly Condition[];
}

/** Reads the conditions of a Mapping: https://emissary-ingress.dev/docs/latest/topics/using/mappings/ */
export function conditionsOf(spot: Spot, fields: Fields): Conditions {
  const prefix = textOf(into(spot, '.prefix'), fields['prefix']);
  if (prefix === undefined || prefix === '') strange(spot, 'without a prefix it matches nothing');
  const [exact, regex] = [isTrue(spot, fields, 'prefix_exact'), isTrue(spot, fields, 'prefix_regex')];
  if (exact && regex) strange(spot, 'Emissary takes one of prefix_exact and prefix_regex');
  const method = methodOf(spot, fields);
  return {
    prefix: prefix ?? '',
    kind: regex ? 'regex' : exact ? 'exact' : 'prefix',
    headers: [...named(spot, fields, 'headers', false), ...named(spot, fields, 'regex_headers', true)],
    ...(method === undefined ? {} : { method }),
    query: [...named(spot, fields, 'query_parameters', false), ...named(spot, fields, 'regex_query_parameters', true)],
  };
}

function methodOf(spot: Spot, fields: Fields): Condition | undefined {
  const value = textOf(into(spot, '.method'), fields['method']);
  const regex = isTrue(spot, fields, 'method_regex');
  if (value === undefined) {
    if (regex) strange(spot, 'method_regex stands without a method');
    return undefined;
  }
  if (value === '') strange(into(spot, '.method'), 'no request has an empty method');
  return { name: ':method', value, regex };
}

/** A switch; absent: off. */
export function isTrue(spot: Spot, fields: Fields, name: string): boolean {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value === true;
  strange(into(spot, `.${name}`), `${show(value)} stands where true or false is read`);
  return false;
}

/** A map as the API keeps it, sorted; `true` as a value is the old word for presence. */
function named(spot: Spot, fields: Fields, field: string, regex: boolean): readonly Condition[] {
  const at = into(spot, `.${field}`);
  const map = mapOf(at, fields[field]);
  return Object.keys(map)
    .sort()
    .map(name => {
      const value = map[name];
      if (value === true && !regex) return { name, regex };
      const text = textOf(into(at, `.${name}`), value);
      if (text === '') strange(into(at, `.${name}`), 'an empty text matches nothing');
      return { name, value: text ?? '', regex };
    });
}

/** The conditions in the words of a plan. */
export function matchOf(spot: Spot, { prefix, kind, headers, method, query }: Conditions): Match {
  const inHeaders: NamedMatch[] = [];
  const cookies: NamedMatch[] = [];
  for (const condition of headers) {
    const name = condition.name.toLowerCase();
    const cookie = name === 'cookie' && condition.regex ? cookieOf(condition.value ?? '') : undefined;
    if (name.startsWith(':')) strange(spot, `a condition on ${name} is not read here`);
    if (cookie === undefined) inHeaders.push({ name, text: conditionText(condition) });
    else cookies.push(cookie);
  }
  const path: TextMatch | undefined = kind === 'prefix' && prefix === '/' ? undefined : { kind, value: prefix };
  return {
    ...(path === undefined ? {} : { path }),
    ...(method === undefined ? {} : { method: conditionText(method) }),
    headers: sorted(inHeaders),
    cookies,
    query: sorted(query.map(condition => ({ name: condition.name, text: conditionText(condition) }))),
  };
}

const sorted = (list: readonly NamedMatch[]): readonly NamedMatch[] =>
  [...list].sort((a, b) => naturally(a.name, b.name));

/** The expression `.*` takes every value that is there. */
function conditionText({ value, regex }: Condition): TextMatch {
  if (value === undefined || (regex && value === '.*')) return { kind: 'present' };
  if (!regex) return { kind: 'exact', value };
  const prefix = PREFIX.exec(value)?.[1];
  return prefix === undefined ? { kind: 'regex', value } : { kind: 'prefix', value: prefix.replace(/\\(.)/g, '$1') };
}

/** Plain characters, those of RE2 behind backslashes, and anything after them. */
const PREFIX = /^((?:[^\\^$.*+?()[\]{}|]|\\[\\^$.*+?()[\]{}|])+)\.\*$/;

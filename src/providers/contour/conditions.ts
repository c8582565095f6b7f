import type { Json } from '../../model/kubernetes.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** One MatchCondition, in the words of the API. */
export interface Condition extends JsonObject {
  readonly name: string;
}

/** What a match asks for, each part as Contour's API says it. */
export interface Conditions {
  readonly path: { readonly [kind in 'exact' | 'prefix' | 'regex']?: string };
  readonly headers: readonly Condition[];
  readonly query: readonly Condition[];
}

/** The conditions of a match; cookies and the method are conditions on headers. */
export function conditionsOf({ path, method, headers, cookies, query }: Match): Conditions {
  const asked = [
    ...(method === undefined ? [] : [header({ name: ':method', text: method })]),
    ...headers.map(header),
    ...cookies.map(({ name, text }) => ({ name: 'cookie', regex: cookieRegex(name, text) })),
  ];
  return {
    path: path === undefined || path.kind === 'present' ? { prefix: '/' } : { [path.kind]: path.value },
    headers: asked.sort(byName),
    query: query.map(parameter).sort(byName),
  };
}

const byName = (a: Condition, b: Condition): number => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1);

/** A header is compared whole, or by an expression; there is no prefix. */
function header({ name, text }: NamedMatch): Condition {
  if (text.kind === 'prefix') return { name, regex: textRegex(text) };
  return { name, ...condition(text) };
}

const parameter = ({ name, text }: NamedMatch): Condition => ({ name, ...condition(text) });

const condition = (text: TextMatch): JsonObject =>
  text.kind === 'present' ? { present: true } : { [text.kind]: text.value };

/** All conditions as a list. The path stands last: an exact one is read as a prefix where another condition is last. */
export const listed = ({ path, headers, query }: Conditions): readonly JsonObject[] => [
  ...headers.map(one => ({ header: one })),
  ...query.map(one => ({ queryParameter: one })),
  path,
];

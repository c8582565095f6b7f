import type { Json } from '../../model/kubernetes.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** The conditions of one match, as fields of a Mapping: https://emissary-ingress.dev/docs/latest/topics/using/mappings/ */
export function matchFields({ path, method, headers, cookies, query }: Match): JsonObject {
  const inCookies = cookies.map(({ name, text }) => ['cookie', cookieRegex(name, text)] as const);
  return {
    ...pathFields(path),
    ...(method === undefined ? {} : methodFields(method)),
    ...mapped('headers', headers.flatMap(exactly)),
    ...mapped('regex_headers', [...headers.flatMap(byRegex), ...inCookies]),
    ...mapped('query_parameters', query.flatMap(exactly)),
    ...mapped('regex_query_parameters', query.flatMap(byRegex)),
  };
}

function pathFields(path: TextMatch | undefined): JsonObject {
  switch (path?.kind) {
    case 'exact':
      return { prefix: path.value, prefix_exact: true };
    case 'regex':
      return { prefix: path.value, prefix_regex: true };
    case 'prefix':
      return { prefix: path.value };
    case 'present':
    case undefined:
      return { prefix: '/' };
    default:
      return path satisfies never;
  }
}

const methodFields = (method: TextMatch): JsonObject =>
  method.kind === 'exact' ? { method: method.value } : { method: textRegex(method), method_regex: true };

type Entry = readonly [name: string, text: string];

const exactly = ({ name, text }: NamedMatch): readonly Entry[] =>
  text.kind === 'exact' ? [[name, text.value] as const] : [];

const byRegex = ({ name, text }: NamedMatch): readonly Entry[] =>
  text.kind === 'exact' ? [] : [[name, textRegex(text)] as const];

/** Sorted, as the API keeps maps. */
const mapped = (field: string, entries: readonly Entry[]): JsonObject =>
  entries.length === 0
    ? {}
    : { [field]: Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) };

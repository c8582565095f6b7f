import type { Json } from '../../model/kubernetes.ts';
import type { Clause, NamedMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** A `matches` entry, each part as Kuma's API says it. */
export interface RouteMatch {
  /** Absent: every path, after all others. */
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: string;
  readonly headers: readonly JsonObject[];
  readonly query: readonly JsonObject[];
}

/** A clause in Kuma's words. A prefix takes whole segments, so one of characters is an expression. */
export function routeMatch({ path, method, headers, cookies, query }: Clause): RouteMatch {
  return {
    ...(path === undefined || path.kind === 'present' ? {} : { path: pathMatch(path) }),
    ...(method === undefined || method.kind === 'present' ? {} : { method: method.value }),
    headers: [
      ...headers.map(header),
      ...cookies.map(({ name, text }) => ({
        name: 'cookie',
        type: 'RegularExpression',
        value: cookieRegex(name, text),
      })),
    ],
    query: query.map(parameter),
  };
}

function pathMatch(path: Exclude<Clause['path'], undefined | { kind: 'present' }>): NonNullable<RouteMatch['path']> {
  if (path.kind === 'segments') return { type: 'PathPrefix', value: path.value };
  return path.kind === 'exact'
    ? { type: 'Exact', value: path.value }
    : { type: 'RegularExpression', value: textRegex(path) };
}

const TYPES = { exact: 'Exact', prefix: 'Prefix', regex: 'RegularExpression' } as const;

const header = ({ name, text }: NamedMatch): JsonObject =>
  text.kind === 'present' ? { name, type: 'Present' } : { name, type: TYPES[text.kind], value: text.value };

const parameter = ({ name, text }: NamedMatch): JsonObject =>
  text.kind === 'exact'
    ? { name, type: 'Exact', value: text.value }
    : { name, type: 'RegularExpression', value: textRegex(text) };

/** The entry as it is written. */
export const written = ({ path, method, headers, query }: RouteMatch): JsonObject => ({
  ...(path === undefined ? {} : { path }),
  ...(method === undefined ? {} : { method }),
  ...(headers.length === 0 ? {} : { headers }),
  ...(query.length === 0 ? {} : { queryParams: query }),
});

import type { Json } from '../../model/kubernetes.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** The conditions of one route, all of which must hold; a path is always among them, because a rewrite needs one. */
export function httpMatch({ path, method, headers, cookies, query }: Match): JsonObject {
  const header = [
    ...headers.map(({ name, text }): JsonObject => ({ name, ...condition(text) })),
    ...cookies.map(({ name, text }): JsonObject => ({ name: 'cookie', regex: cookieRegex(name, text) })),
  ];
  return {
    ...(path === undefined ? { pathPrefix: '/' } : pathCondition(path)),
    ...(header.length === 0 ? {} : { header }),
    ...(query.length === 0 ? {} : { queryParam: query.map(queryCondition) }),
    ...(method === undefined || method.kind === 'present' ? {} : { methods: [method.value] }),
  };
}

const PATHS = { exact: 'pathExact', prefix: 'pathPrefix', regex: 'pathRegex' } as const;

const pathCondition = (path: TextMatch): JsonObject =>
  path.kind === 'present' ? { pathPrefix: '/' } : { [PATHS[path.kind]]: path.value };

const condition = (text: TextMatch): JsonObject =>
  text.kind === 'present' ? { present: true } : { [text.kind]: text.value };

/** A parameter has no prefix condition. */
const queryCondition = ({ name, text }: NamedMatch): JsonObject => ({
  name,
  ...(text.kind === 'prefix' ? { regex: textRegex(text) } : condition(text)),
});

import type { Json } from '../model/kubernetes.ts';
import type { Clause, NamedMatch, TextMatch } from '../model/traffic.ts';
import { cookieRegex, textRegex } from './regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** One match of an HTTPRoute: all its conditions must hold. The path is always written. */
export function httpMatch(clause: Clause): JsonObject {
  const { path, method, query } = clause;
  return {
    path: pathCondition(path),
    ...(method === undefined ? {} : { method: textOf(method) }),
    ...headersField(clause),
    ...(query.length === 0 ? {} : { queryParams: query.map(condition) }),
  };
}

/** One match of a GRPCRoute: the path of a request is `/service/method`. */
export function grpcMatch(clause: Clause): JsonObject {
  const [, service = '', method = ''] = clause.path === undefined ? [] : textOf(clause.path).split('/');
  return {
    ...(service === '' ? {} : { method: { type: 'Exact', service, ...(method === '' ? {} : { method }) } }),
    ...headersField(clause),
  };
}

function pathCondition(path: Clause['path']): JsonObject {
  switch (path?.kind) {
    case undefined:
    case 'present':
      return { type: 'PathPrefix', value: '/' };
    case 'exact':
      return { type: 'Exact', value: path.value };
    case 'segments':
      return { type: 'PathPrefix', value: path.value };
    case 'prefix':
    case 'regex':
      return { type: 'RegularExpression', value: anchored(path) };
    default:
      return path satisfies never;
  }
}

function headersField({ headers, cookies }: Clause): JsonObject {
  const all = [
    ...headers.map(condition),
    ...cookies.map(({ name, text }) => ({ type: 'RegularExpression', name: 'cookie', value: cookieRegex(name, text) })),
  ];
  return all.length === 0 ? {} : { headers: all };
}

const condition = ({ name, text }: NamedMatch): JsonObject =>
  text.kind === 'exact'
    ? { type: 'Exact', name, value: text.value }
    : { type: 'RegularExpression', name, value: anchored(text) };

/** Some implementations look for an expression anywhere in the text, so that its ends are written. */
const anchored = (text: TextMatch): string => `^(?:${textRegex(text)})$`;

const textOf = (text: NonNullable<Clause['path']>): string => (text.kind === 'present' ? '' : text.value);

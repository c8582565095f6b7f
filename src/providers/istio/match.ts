import type { Json } from '../../model/kubernetes.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { cookieRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/** One HTTPMatchRequest: all its conditions must hold (https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest). */
export function matchRequest(match: Match): JsonObject {
  const cookies = match.cookies.map(({ name, text }) => ({
    name: 'cookie',
    condition: { regex: cookieRegex(name, text) },
  }));
  const headers = [...match.headers.map(named), ...cookies];
  return {
    ...(match.path === undefined ? {} : { uri: textCondition(match.path) }),
    ...(match.method === undefined ? {} : { method: textCondition(match.method) }),
    ...(headers.length === 0 ? {} : { headers: conditions(headers) }),
    ...(match.query.length === 0 ? {} : { queryParams: conditions(match.query.map(named)) }),
  };
}

const named = ({ name, text }: NamedMatch): { name: string; condition: JsonObject } => ({
  name,
  condition: textCondition(text),
});

const conditions = (list: readonly { name: string; condition: JsonObject }[]): JsonObject =>
  Object.fromEntries(list.map(({ name, condition }) => [name, condition]));

/** An empty condition means that the text is present. */
const textCondition = (text: TextMatch): JsonObject => (text.kind === 'present' ? {} : { [text.kind]: text.value });

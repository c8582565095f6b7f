import type { Json } from '../../model/kubernetes.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * One matcher: all its conditions must hold, those on one header too. A prefix is compared by characters, and a
 * regular expression must take the whole text.
 * https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/translator/route_config.go
 */
export function matcher(match: Match): JsonObject {
  const { method } = match;
  const plain = method?.kind === 'exact' && /^[A-Z]+$/.test(method.value) ? method.value : undefined;
  const headers = [
    ...match.headers.map(named),
    ...match.cookies.map(({ name, text }) => regex('cookie', cookieRegex(name, text))),
    ...(method === undefined || plain !== undefined ? [] : [named({ name: ':method', text: method })]),
  ];
  return {
    ...path(match.path),
    ...(headers.length === 0 ? {} : { headers }),
    ...(match.query.length === 0 ? {} : { queryParameters: match.query.map(named) }),
    ...(plain === undefined ? {} : { methods: [plain] }),
  };
}

/** A matcher without a path is an error. */
function path(text: TextMatch | undefined): JsonObject {
  if (text === undefined || text.kind === 'present') return { prefix: '/' };
  return { [text.kind]: text.value };
}

/** Without a value it must be there, whatever it holds. */
function named({ name, text }: NamedMatch): JsonObject {
  switch (text.kind) {
    case 'present':
      return { name };
    case 'exact':
      return { name, value: text.value };
    case 'prefix':
    case 'regex':
      return regex(name, textRegex(text));
    default:
      return text satisfies never;
  }
}

const regex = (name: string, value: string): JsonObject => ({ name, value, regex: true });

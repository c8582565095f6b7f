import type { Json } from '../../model/kubernetes.ts';
import type { Clause, NamedMatch, TextMatch } from '../../model/traffic.ts';

type JsonObject = { readonly [key: string]: Json };

/** The requests of one route: https://github.com/apache/apisix-ingress-controller/blob/2.2.0/api/v2/apisixroute_types.go */
export function match(hosts: readonly string[], { path, method, headers, cookies, query }: Clause): JsonObject {
  const exprs = [
    ...headers.map(one => expression('Header', one)),
    ...query.map(one => expression('Query', one)),
    ...cookies.map(one => expression('Cookie', one)),
  ];
  return {
    ...(hosts.length === 0 ? {} : { hosts }),
    paths: pathsOf(path),
    ...(method?.kind === 'exact' ? { methods: [method.value] } : {}),
    ...(exprs.length === 0 ? {} : { exprs }),
  };
}

/** A star at the end takes any characters. */
function pathsOf(path: Clause['path']): readonly string[] {
  switch (path?.kind) {
    case 'exact':
      return [path.value];
    case 'segments':
      return [path.value, `${path.value}/*`];
    case 'prefix':
      return [`${path.value}*`];
    default:
      return ['/*'];
  }
}

const expression = (scope: string, { name, text }: NamedMatch): JsonObject => ({
  subject: { scope, name },
  ...(text.kind === 'exact' ? { op: 'Equal', value: text.value } : { op: 'RegexMatch', value: beginning(text) }),
});

/** An expression of plain characters is the same in PCRE as in RE2. */
const beginning = (text: TextMatch): string =>
  text.kind === 'present' ? '^' : `^${text.value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;

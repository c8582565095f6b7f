import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Spot } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { hostOfRegex, wholeText } from './recover-regex.ts';
import type { Question } from './recover-rule-parser.ts';

/** What one way to meet a rule asks for. */
export interface Asked {
  /** Absent: any. */
  readonly host: string | undefined;
  readonly match: Match;
}

/** A part of a request, or a host, that a question is about. */
type Part =
  | { readonly of: 'host'; readonly host: string }
  | { readonly of: 'path' | 'method'; readonly text: TextMatch }
  | { readonly of: 'headers' | 'cookies' | 'query'; readonly named: NamedMatch }
  | 'everything';

/** Matchers and how many values each takes: https://github.com/traefik/traefik/blob/v3.7.9/pkg/muxer/http/matcher.go */
const MATCHERS: ReadonlyMap<
  string,
  { readonly values: number; readonly read: (values: readonly string[]) => Part | undefined }
> = new Map(
  Object.entries({
    Host: {
      values: 1,
      read: ([host = '']) => (host.startsWith('*') ? undefined : { of: 'host', host: host.toLowerCase() }),
    },
    HostRegexp: { values: 1, read: ([regex = '']) => hostPart(hostOfRegex(regex)) },
    Path: { values: 1, read: ([value = '']) => rooted(value, { of: 'path', text: { kind: 'exact', value } }) },
    PathPrefix: {
      values: 1,
      read: ([value = '']) =>
        value === '/' ? 'everything' : rooted(value, { of: 'path', text: { kind: 'prefix', value } }),
    },
    PathRegexp: { values: 1, read: ([regex = '']) => ({ of: 'path', text: wholeText(regex) }) },
    Method: {
      values: 1,
      read: ([value = '']) => ({ of: 'method', text: { kind: 'exact', value: value.toUpperCase() } }),
    },
    Header: { values: 2, read: ([name = '', value = '']) => header(name, { kind: 'exact', value }) },
    HeaderRegexp: {
      values: 2,
      read: ([name = '', regex = '']) => cookie(name, regex) ?? header(name, wholeText(regex)),
    },
    Query: {
      values: 2,
      read: ([name = '', value = '']) => ({ of: 'query', named: { name, text: { kind: 'exact', value } } }),
    },
    QueryRegexp: {
      values: 2,
      read: ([name = '', regex = '']) => ({ of: 'query', named: { name, text: wholeText(regex) } }),
    },
  } satisfies { [name: string]: { values: number; read: (values: readonly string[]) => Part | undefined } }),
);

const hostPart = (host: string | undefined): Part | undefined =>
  host === undefined ? undefined : { of: 'host', host };

const rooted = (path: string, part: Part): Part | undefined => (path.startsWith('/') ? part : undefined);

/** The host is not among the headers of a request in Go. */
const header = (name: string, text: TextMatch): Part | undefined =>
  name.toLowerCase() === 'host' ? undefined : { of: 'headers', named: { name: name.toLowerCase(), text } };

function cookie(name: string, regex: string): Part | undefined {
  const named = name.toLowerCase() === 'cookie' ? cookieOf(regex) : undefined;
  return named === undefined ? undefined : { of: 'cookies', named };
}

/** Names may also be written in one case, or with a capital only. */
const matcherOf = (name: string) =>
  [...MATCHERS].find(([known]) =>
    [known, known.toLowerCase(), known.toUpperCase(), known[0] + known.slice(1).toLowerCase()].includes(name),
  )?.[1];

/** What the questions of one way ask for together; one that has no meaning here is written down and left out. */
export function askedOf(spot: Spot, questions: readonly Question[]): Asked {
  const parts = questions.map(question => partOf(spot, question)).filter(part => part !== 'everything');
  const hosts = parts.flatMap(part => (part.of === 'host' ? [part.host] : []));
  const [paths, methods] = (['path', 'method'] as const).map(of =>
    parts.flatMap(part => (part.of === of ? [(part as { text: TextMatch }).text] : [])),
  ) as [TextMatch[], TextMatch[]];
  if ([hosts, paths, methods].some(list => list.length > 1))
    strange(spot, 'one request cannot be asked the same twice');
  return {
    host: hosts[0],
    match: {
      ...(paths[0] === undefined ? {} : { path: paths[0] }),
      ...(methods[0] === undefined ? {} : { method: methods[0] }),
      headers: namedIn(spot, parts, 'headers'),
      cookies: namedIn(spot, parts, 'cookies'),
      query: namedIn(spot, parts, 'query'),
    },
  };
}

function partOf(spot: Spot, { name, values, not }: Question): Part {
  const matcher = matcherOf(name);
  const part = matcher?.values === values.length && !values.includes('') ? matcher.read(values) : undefined;
  if (part !== undefined && !not) return part;
  strange(spot, `${not ? '!' : ''}${name}(${values.map(quote).join(', ')}) is not understood here`);
  return 'everything';
}

function namedIn(
  spot: Spot,
  parts: readonly Exclude<Part, 'everything'>[],
  of: 'headers' | 'cookies' | 'query',
): readonly NamedMatch[] {
  const named = parts.flatMap(part => (part.of === of ? [part.named] : []));
  if (new Set(named.map(({ name }) => name)).size < named.length) strange(spot, 'one name is asked for twice');
  return named.sort((a, b) => naturally(a.name, b.name));
}

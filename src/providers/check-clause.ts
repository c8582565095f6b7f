import type { At, Finding } from '../diagnostics/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { Clause, NamedMatch, Rule } from '../model/traffic.ts';
import { grpcMatch, httpMatch } from './route-match.ts';
import type { RouteMessages } from './route-messages.ts';
import { routeKind } from './route-object.ts';

interface Place {
  readonly clause: Clause;
  readonly rule: Rule;
  readonly messages: RouteMessages;
}

/** Methods that an HTTPRoute knows: https://gateway-api.sigs.k8s.io/reference/spec/#httpmethod */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** What one match cannot say in the route of the plan. */
export const checkClause = (plan: Plan, place: Place): readonly Finding[] => [
  ...(routeKind(plan) === 'HTTPRoute' ? checkHttp(place) : checkGrpc(plan, place)),
  ...checkHeaders(place),
];

const at = ({ rule: { origin } }: Place): At => ({ path: origin, on: 'key' });

function checkHttp(place: Place): readonly Finding[] {
  const { path, method } = place.clause;
  const { messages } = place;
  const text = method === undefined || method.kind === 'present' ? '' : method.value;
  return [
    ...(method === undefined || (method.kind === 'exact' && METHODS.includes(text))
      ? []
      : [messages.method(at(place), { method: text, known: METHODS })]),
    ...(path?.kind === 'prefix' ? [messages.grpcService(at(place), { service: path.value.replaceAll('/', '') })] : []),
    ...(path === undefined || path.kind === 'present' || path.kind === 'prefix' ? [] : checkPath(path, place)),
    ...place.clause.query.flatMap(named => checkNamed({ named, part: 'query parameter', most: 1024 }, place)),
  ];
}

/** What the rules of the CRD ask of a path, in its own words: https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch */
const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const ODD_PARTS = /\/\/|\/\.\.?(?:\/|$)|%2f/i;

function checkPath(path: { readonly kind: string; readonly value: string }, place: Place): readonly Finding[] {
  const reason =
    path.kind === 'regex'
      ? 'is a regular expression'
      : path.value.length > 1024
        ? 'is longer than 1024 characters'
        : !PATH.test(path.value)
          ? 'holds characters that no path of a route may hold'
          : ODD_PARTS.test(path.value)
            ? 'holds "//", "/./", "/../" or an encoded slash'
            : undefined;
  return reason === undefined ? [] : [place.messages.path(at(place), { path: path.value, reason })];
}

/** The path of a call of gRPC, and the names that the CRD takes: https://gateway-api.sigs.k8s.io/reference/spec/#grpcmethodmatch */
const CALL = /^\/\.?[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)*\/(?:[a-z_][a-z_0-9]*)?$/i;

function checkGrpc({ ports }: Plan, place: Place): readonly Finding[] {
  const { path, method, query } = place.clause;
  const port = ports[0]!.name;
  const isCall = path?.kind === 'exact' ? !path.value.endsWith('/') : path?.kind === 'prefix';
  return [
    ...(path === undefined || (isCall && 'value' in path && CALL.test(path.value)) ? [] : ['match by path']),
    ...(method === undefined ? [] : ['match by method of HTTP']),
    ...(query.length === 0 ? [] : ['match by query parameter']),
  ].map(what => place.messages.grpcRoute(at(place), { what, port }));
}

const checkHeaders = (place: Place): readonly Finding[] =>
  [
    ...place.clause.headers.map(named => ({ named, part: 'header', most: 4096 })),
    ...place.clause.cookies.map(named => ({ named, part: 'cookie', most: 4096 })),
  ].flatMap(condition => checkNamed(condition, place));

interface Condition {
  readonly named: NamedMatch;
  readonly part: 'header' | 'cookie' | 'query parameter' | (string & {});
  readonly most: number;
}

/** Names of headers and query parameters, and values of headers with single blanks between visible characters. */
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const VALUE = /^[!-~]+(?:[\t ][!-~]+)*$/;

function checkNamed({ named, part, most }: Condition, place: Place): readonly Finding[] {
  const written = writtenValue(named, part);
  const reason =
    part !== 'cookie' && !NAME.test(named.name)
      ? 'its name holds characters that it may not hold, or is longer than 256'
      : written.length > most
        ? `it is longer than ${most} characters`
        : part !== 'query parameter' && !VALUE.test(written)
          ? 'a header is visible ASCII with single blanks in between'
          : undefined;
  return reason === undefined ? [] : [place.messages.text(at(place), { part, name: named.name, reason })];
}

/** The value as it will stand in the route. */
function writtenValue(named: NamedMatch, part: string): string {
  const none: Clause = { headers: [], cookies: [], query: [] };
  const match =
    part === 'query parameter'
      ? httpMatch({ ...none, query: [named] })
      : grpcMatch({ ...none, ...(part === 'cookie' ? { cookies: [named] } : { headers: [named] }) });
  const [first] = (match['queryParams'] ?? match['headers']) as readonly { readonly value: string }[];
  return first!.value;
}

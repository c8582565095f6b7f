import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Retries } from '../../model/plan.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, strange, textOf, textsOf, wholeOf } from '../../model/reading.ts';
import type { Match } from '../../model/traffic.ts';
import { matchesOf } from './recover-match.ts';
import { namedOf, serviceOf } from './recover-names.ts';
import { DEFAULT_TIMEOUT, requestTimeoutOf } from './recover-values.ts';

/** The routes of a Consul service, in the order in which they are tried. */
export interface Router {
  readonly name: string;
  readonly namespace: string;
  /** The last one is Consul's own: what no other takes goes on to the service itself. */
  readonly routes: readonly Route[];
  readonly spot: Spot;
}

/** Some requests, and the service that they go on to. */
export interface Route {
  /** Empty: every request. */
  readonly matches: readonly Match[];
  readonly service: string;
  /** Milliseconds; absent: no limit. */
  readonly timeout?: number;
  readonly retries?: Retries;
  readonly rewrite?: string;
}

const SPEC = new Set(['routes']);
const ROUTE = new Set(['match', 'destination']);

/** Reads a ServiceRouter; undefined, with a problem, where it cannot be named. */
export function readRouter(object: KubeObject, problems: string[]): Router | undefined {
  const entry = namedOf(object, problems, SPEC);
  if (entry === undefined) return undefined;
  const { name, namespace, spec, spot } = entry;
  const at = into(spot, '.routes');
  const routes = itemsOf(at, spec['routes']).map((item, i) => routeOf(into(at, i), item, name));
  // https://github.com/hashicorp/consul/blob/main/agent/consul/discoverychain/compile.go (newDefaultServiceRoute)
  const rest: Route = { matches: [], service: name, timeout: DEFAULT_TIMEOUT };
  return { name, namespace, spot, routes: routes.at(-1)?.matches.length === 0 ? routes : [...routes, rest] };
}

const DESTINATION = new Set([
  ...['service', 'prefixRewrite', 'requestTimeout', 'numRetries'],
  ...['retryOn', 'retryOnConnectFailure', 'retryOnStatusCodes'],
]);

function routeOf(spot: Spot, tree: Tree, own: string): Route {
  const fields = fieldsOf(spot, tree, ROUTE);
  const matches = matchesOf(into(spot, '.match'), fields['match']);
  const at = into(spot, '.destination');
  const destination = fieldsOf(at, fields['destination'], DESTINATION);
  const service = serviceOf(into(at, '.service'), destination['service'], own);
  const route: Draft<Route> = { matches, service };
  const timeout = requestTimeoutOf(into(at, '.requestTimeout'), destination['requestTimeout']);
  const retries = retriesOf(at, destination);
  const rewrite = rewriteOf(into(at, '.prefixRewrite'), destination['prefixRewrite'], matches);
  if (timeout !== undefined) route.timeout = timeout;
  if (retries !== undefined) route.retries = retries;
  if (rewrite !== undefined) route.rewrite = rewrite;
  return route;
}

/** https://github.com/hashicorp/consul/blob/main/agent/xds/routes.go (getRetryPolicyForDestination) */
function retriesOf(spot: Spot, fields: Fields): Retries | undefined {
  const attempts = wholeOf(into(spot, '.numRetries'), fields['numRetries']);
  if (attempts === 0) strange(into(spot, '.numRetries'), 'Consul reads 0 as nothing said');
  const words = textsOf(into(spot, '.retryOn'), fields['retryOn']);
  const connect = fields['retryOnConnectFailure'];
  if (connect !== true) onlyOf(into(spot, '.retryOnConnectFailure'), connect, false);
  if (itemsOf(spot, fields['retryOnStatusCodes']).length > 0)
    strange(into(spot, '.retryOnStatusCodes'), 'retries by status are not read here');
  const retryOn = connect === true && !words.includes('connect-failure') ? [...words, 'connect-failure'] : words;
  for (const word of retryOn) if (!REASONS.has(word)) strange(spot, `Consul does not retry on ${quote(word)}`);
  if (attempts !== undefined && retryOn.length === 0) strange(spot, 'no failure is said to be tried again');
  // Envoy tries once more where nobody says how often.
  return retryOn.length === 0 ? undefined : { attempts: attempts || 1, retryOn };
}

const REASONS = new Set([
  ...['5xx', 'gateway-error', 'reset', 'connect-failure', 'envoy-ratelimited', 'retriable-4xx', 'refused-stream'],
  ...['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
]);

/** Envoy puts it in place of the very characters that a prefix took, and of the whole path that was compared whole. */
function rewriteOf(spot: Spot, tree: Tree, matches: readonly Match[]): string | undefined {
  const rewrite = textOf(spot, tree);
  if (rewrite === undefined) return undefined;
  if (!rewrite.startsWith('/')) strange(spot, `${quote(rewrite)} is no path`);
  const paths = matches.length === 0 ? [undefined] : matches.map(({ path }) => path);
  for (const path of paths) {
    if (path?.kind === 'regex') strange(spot, 'Consul rewrites no path that a regex took');
    const prefix = path === undefined ? '/' : path.kind === 'prefix' ? path.value : undefined;
    if (prefix !== undefined && prefix.endsWith('/') !== rewrite.endsWith('/'))
      strange(spot, `${quote(rewrite)} and the matched prefix do not both end with a slash`);
  }
  return rewrite;
}

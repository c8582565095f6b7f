import { quote } from '../../diagnostics/wording.ts';
import type { CircuitBreaker, LoadBalancing, Retries } from '../../model/plan.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';

const RETRIES = new Set(['retry_on', 'num_retries', 'per_try_timeout']);

/** What a `retry_policy` asks for; undefined: none. */
export function retriesOf(spot: Spot, tree: Tree): Retries | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, RETRIES);
  const retryOn = textOf(into(spot, '.retry_on'), fields['retry_on']) ?? '';
  if (!REASONS.has(retryOn)) strange(into(spot, '.retry_on'), `${quote(retryOn)} is no reason that Emissary knows`);
  // Envoy tries once more where nobody says how often.
  const attempts = wholeOf(into(spot, '.num_retries'), fields['num_retries']) ?? 1;
  const perTryTimeout = durationOf(into(spot, '.per_try_timeout'), fields['per_try_timeout']);
  return { attempts, ...(perTryTimeout === undefined ? {} : { perTryTimeout }), retryOn: [retryOn] };
}

/** https://emissary-ingress.dev/docs/latest/topics/using/retries/ */
const REASONS = new Set([
  '5xx',
  'gateway-error',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
]);

/** Milliseconds of a duration of protobuf. */
function durationOf(spot: Spot, tree: Tree): number | undefined {
  const text = textOf(spot, tree);
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d{1,3})?s$/.test(text)) return Math.round(Number(text.slice(0, -1)) * 1000);
  strange(spot, `${quote(text)} is no time in seconds`);
  return undefined;
}

const BREAKER = new Set(['priority', 'max_connections', 'max_pending_requests', 'max_requests']);

/** What `circuit_breakers` limit; undefined: what the installation does by itself. */
export function circuitBreakerOf(spot: Spot, tree: Tree): CircuitBreaker | undefined {
  const items = itemsOf(spot, tree);
  if (tree !== undefined && items.length !== 1) strange(spot, 'one circuit breaker is read here');
  if (items.length === 0) return undefined;
  const at = into(spot, 0);
  const fields = fieldsOf(at, items[0], BREAKER);
  onlyOf(into(at, '.priority'), fields['priority'], 'default');
  const breaker: Draft<CircuitBreaker> = {};
  const maxConnections = wholeOf(into(at, '.max_connections'), fields['max_connections']);
  const maxPendingRequests = wholeOf(into(at, '.max_pending_requests'), fields['max_pending_requests']);
  const maxRequests = wholeOf(into(at, '.max_requests'), fields['max_requests']);
  if (maxConnections !== undefined) breaker.maxConnections = maxConnections;
  if (maxPendingRequests !== undefined) breaker.maxPendingRequests = maxPendingRequests;
  if (maxRequests !== undefined) breaker.maxRequests = maxRequests;
  return breaker;
}

const BALANCER = new Set(['policy', 'header', 'cookie']);
const COOKIE = new Set(['name', 'path', 'ttl']);

/** How a `load_balancer` picks a pod; undefined: as the installation does. Wrong ones make Emissary refuse the Mapping. */
export function loadBalancingOf(spot: Spot, tree: Tree, fields: Fields): LoadBalancing | undefined {
  if (tree === undefined) return undefined;
  if (!fields['resolver']) strange(spot, 'without a resolver that sees pods it has no effect');
  const { policy, header, cookie } = fieldsOf(spot, tree, BALANCER);
  const named = [header, cookie].filter(one => one !== undefined).length;
  if (policy === 'round_robin' || policy === 'least_request') {
    if (named > 0) strange(spot, `${policy} takes no other key`);
    return { kind: policy === 'round_robin' ? 'round-robin' : 'least-request' };
  }
  if (policy !== 'ring_hash') strange(spot, `${show(policy)} is no way of balancing that is read here`);
  if (named !== 1) strange(spot, 'a hash wants one header or cookie');
  const by = textOf(into(spot, '.header'), header);
  if (by !== undefined) return { kind: 'hash', by: 'header', name: by };
  const at = into(spot, '.cookie');
  const { name, path, ttl } = fieldsOf(at, cookie, COOKIE);
  onlyOf(into(at, '.path'), path, '/');
  if (ttl !== '0s') strange(into(at, '.ttl'), `${show(ttl)} is not the "0s" of a session`);
  return { kind: 'hash', by: 'cookie', name: textOf(into(at, '.name'), name) ?? '' };
}

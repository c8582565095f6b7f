import { quote } from '../../diagnostics/wording.ts';
import type { CircuitBreaker, LoadBalancing, OutlierDetection } from '../../model/plan.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, onlyOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { RecoveredPolicy } from '../../model/recovered.ts';
import { durationOf } from './recover-values.ts';

const POLICY = new Set(['loadBalancer', 'connectionPool', 'outlierDetection']);

/** What a `trafficPolicy` says; what it leaves out is left out. */
export function policyOf(spot: Spot, tree: Tree): RecoveredPolicy {
  const fields = fieldsOf(spot, tree, POLICY);
  const policy: Draft<RecoveredPolicy> = {};
  const loadBalancing = loadBalancingOf(into(spot, '.loadBalancer'), fields.loadBalancer);
  const circuitBreaker = circuitBreakerOf(into(spot, '.connectionPool'), fields.connectionPool);
  const outlierDetection = outlierDetectionOf(into(spot, '.outlierDetection'), fields.outlierDetection);
  if (loadBalancing !== undefined) policy.loadBalancing = loadBalancing;
  if (circuitBreaker !== undefined) policy.circuitBreaker = circuitBreaker;
  if (outlierDetection !== undefined) policy.outlierDetection = outlierDetection;
  if (isEmpty(tree, policy)) strange(spot, 'Istio refuses a policy that says nothing');
  return policy;
}

const isEmpty = (tree: Tree, read: object): boolean => tree !== undefined && Object.keys(read).length === 0;

const LOAD_BALANCER = new Set(['simple', 'consistentHash']);
const SIMPLE: ReadonlyMap<string, LoadBalancing> = new Map([
  ['ROUND_ROBIN', { kind: 'round-robin' }],
  ['RANDOM', { kind: 'random' }],
  ['LEAST_REQUEST', { kind: 'least-request' }],
]);

function loadBalancingOf(spot: Spot, tree: Tree): LoadBalancing | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, LOAD_BALANCER);
  const simple = textOf(into(spot, '.simple'), fields.simple);
  const known = simple === undefined ? undefined : SIMPLE.get(simple);
  if (simple !== undefined && known === undefined)
    strange(spot, `${quote(simple)} is no way of balancing that is read here`);
  if (fields.consistentHash === undefined && simple === undefined) strange(spot, 'it says nothing');
  if (fields.consistentHash === undefined) return known;
  if (simple !== undefined) strange(spot, 'Istio takes one of simple and consistentHash');
  return hashOf(into(spot, '.consistentHash'), fields.consistentHash);
}

const HASH = new Set(['httpHeaderName', 'httpCookie']);
const COOKIE = new Set(['name', 'path', 'ttl']);

function hashOf(spot: Spot, tree: Tree): LoadBalancing | undefined {
  const fields = fieldsOf(spot, tree, HASH);
  if ((fields.httpHeaderName === undefined) === (fields.httpCookie === undefined))
    strange(spot, 'it wants one header or cookie');
  const header = textOf(into(spot, '.httpHeaderName'), fields.httpHeaderName);
  if (header !== undefined) return { kind: 'hash', by: 'header', name: header };
  const at = into(spot, '.httpCookie');
  const cookie = fieldsOf(at, fields.httpCookie, COOKIE);
  const name = textOf(into(at, '.name'), cookie.name);
  // Without a ttl Envoy sets no cookie; with one of 0 it sets one that lives as long as the browser's session.
  if (cookie.ttl !== '0s') strange(into(at, '.ttl'), `${show(cookie.ttl)} is not the "0s" of a session`);
  onlyOf(into(at, '.path'), cookie.path, '/');
  return name === undefined ? undefined : { kind: 'hash', by: 'cookie', name };
}

const OUTLIER = new Set(['consecutive5xxErrors', 'interval', 'baseEjectionTime', 'maxEjectionPercent']);

/** What is left out is Istio's own: https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection */
function outlierDetectionOf(spot: Spot, tree: Tree): OutlierDetection | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, OUTLIER);
  const maxEjectionPercent = wholeOf(into(spot, '.maxEjectionPercent'), fields.maxEjectionPercent);
  if (maxEjectionPercent === 0) strange(spot, 'Istio reads a maxEjectionPercent of 0 as its default of 10');
  if (maxEjectionPercent !== undefined && maxEjectionPercent > 100) strange(spot, 'maxEjectionPercent is above 100');
  return {
    consecutiveErrors: wholeOf(into(spot, '.consecutive5xxErrors'), fields.consecutive5xxErrors) ?? 5,
    interval: durationOf(into(spot, '.interval'), fields.interval) ?? 10_000,
    baseEjectionTime: durationOf(into(spot, '.baseEjectionTime'), fields.baseEjectionTime) ?? 30_000,
    maxEjectionPercent: maxEjectionPercent || 10,
  };
}

const POOL = new Set(['tcp', 'http']);
const TCP = new Set(['maxConnections']);
const HTTP = new Set(['http1MaxPendingRequests', 'http2MaxRequests']);

function circuitBreakerOf(spot: Spot, tree: Tree): CircuitBreaker | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, POOL);
  const [inTcp, inHttp] = [into(spot, '.tcp'), into(spot, '.http')];
  const http = fieldsOf(inHttp, fields.http, HTTP);
  const breaker: Draft<CircuitBreaker> = {};
  const maxConnections = limitOf(inTcp, fieldsOf(inTcp, fields.tcp, TCP), 'maxConnections');
  const maxPendingRequests = limitOf(inHttp, http, 'http1MaxPendingRequests');
  const maxRequests = limitOf(inHttp, http, 'http2MaxRequests');
  if (maxConnections !== undefined) breaker.maxConnections = maxConnections;
  if (maxPendingRequests !== undefined) breaker.maxPendingRequests = maxPendingRequests;
  if (maxRequests !== undefined) breaker.maxRequests = maxRequests;
  if (isEmpty(tree, breaker)) strange(spot, 'Istio refuses a connection pool that limits nothing');
  return breaker;
}

function limitOf(spot: Spot, fields: Fields, name: string): number | undefined {
  const limit = wholeOf(into(spot, `.${name}`), fields[name]);
  if (limit === 0) strange(into(spot, `.${name}`), 'Istio reads 0 as no limit');
  return limit;
}

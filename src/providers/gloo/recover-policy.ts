import type { CircuitBreaker, LoadBalancing, OutlierDetection } from '../../model/plan.ts';
import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, strange } from '../../model/reading.ts';
import { timeOf, uint32Of } from './recover-values.ts';

/** What an Upstream says of requests to it; of what they are hashed by only the routes tell. */
export interface Policy {
  readonly balancing: Balancing;
  /** Absent: no limits. */
  readonly circuitBreaker?: CircuitBreaker;
  /** Absent: no pod is ejected. */
  readonly outlierDetection?: OutlierDetection;
}

/** How requests are spread over the pods. */
export type Balancing = LoadBalancing['kind'];

/** Reads what the spec of an Upstream says besides where it leads. */
export function policyOf(spot: Spot, spec: Fields): Policy {
  const breaker = circuitBreakerOf(into(spot, '.circuitBreakers'), spec.circuitBreakers);
  const outliers = outlierDetectionOf(into(spot, '.outlierDetection'), spec.outlierDetection);
  return {
    balancing: balancingOf(into(spot, '.loadBalancerConfig'), spec.loadBalancerConfig),
    ...(breaker === undefined ? {} : { circuitBreaker: breaker }),
    ...(outliers === undefined ? {} : { outlierDetection: outliers }),
  };
}

const BALANCERS: ReadonlyMap<string, Balancing> = new Map([
  ['roundRobin', 'round-robin'],
  ['leastRequest', 'least-request'],
  ['random', 'random'],
  ['ringHash', 'hash'],
]);
const BALANCER = new Set(BALANCERS.keys());
/** How many pods are compared is Envoy's own default where it is 2. */
const DETAILS: ReadonlySet<string> = new Set(['choiceCount']);
const NO_DETAILS: ReadonlySet<string> = new Set();

/** In turns, where nothing is said. */
function balancingOf(spot: Spot, tree: Tree): Balancing {
  const fields = fieldsOf(spot, tree, BALANCER);
  const given = Object.keys(fields).filter(key => BALANCER.has(key));
  if (given.length > 1) strange(spot, 'Gloo takes one way of balancing');
  const [kind] = given;
  if (kind === undefined) return 'round-robin';
  const at = into(spot, `.${kind}`);
  const { choiceCount = 2 } = fieldsOf(at, fields[kind], kind === 'leastRequest' ? DETAILS : NO_DETAILS);
  if (choiceCount !== 2) strange(at, 'it compares more pods than the 2 that Envoy does');
  return BALANCERS.get(kind)!;
}

const LIMITS = ['maxConnections', 'maxPendingRequests', 'maxRequests'] as const;
const BREAKERS: ReadonlySet<string> = new Set([...LIMITS, 'maxRetries']);
const NO_LIMIT = 4_294_967_295;
/** https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto */
const ENVOY_LIMIT = 1024;

/** What is left out is limited all the same: by the installation's settings, else by Envoy. */
function circuitBreakerOf(spot: Spot, tree: Tree): CircuitBreaker | undefined {
  const fields = fieldsOf(spot, tree, BREAKERS);
  if (tree === undefined)
    strange(spot, 'the limits are left to the installation, which has 1024 where it says nothing');
  else if (fields.maxRetries !== NO_LIMIT) strange(spot, 'it limits how many retries are under way');
  const breaker: Draft<CircuitBreaker> = {};
  for (const limit of LIMITS) {
    const number = uint32Of(into(spot, `.${limit}`), fields[limit]) ?? ENVOY_LIMIT;
    if (number !== NO_LIMIT) breaker[limit] = number;
  }
  return Object.keys(breaker).length === 0 ? undefined : breaker;
}

const OUTLIERS = new Set([
  'consecutive5xx',
  'interval',
  'baseEjectionTime',
  'maxEjectionPercent',
  'enforcingSuccessRate',
]);

/** What is left out is Envoy's own: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto */
function outlierDetectionOf(spot: Spot, tree: Tree): OutlierDetection | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, OUTLIERS);
  const interval = timeOf(into(spot, '.interval'), fields.interval);
  if (interval === undefined) strange(spot, 'Gloo refuses an outlier detection without an interval');
  if (fields.enforcingSuccessRate !== 0) strange(spot, 'Envoy also ejects pods that fail more often than the others');
  const maxEjectionPercent = uint32Of(into(spot, '.maxEjectionPercent'), fields.maxEjectionPercent) ?? 10;
  if (maxEjectionPercent > 100) strange(spot, 'maxEjectionPercent is above 100');
  const consecutiveErrors = uint32Of(into(spot, '.consecutive5xx'), fields.consecutive5xx) ?? 5;
  if (consecutiveErrors === 0) strange(spot, 'no answer at all would eject a pod');
  return {
    ...{ consecutiveErrors, maxEjectionPercent, interval: interval ?? 10_000 },
    baseEjectionTime: timeOf(into(spot, '.baseEjectionTime'), fields.baseEjectionTime) ?? 30_000,
  };
}

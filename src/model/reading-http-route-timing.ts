import type { Retries } from './plan.ts';
import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, itemsOf, show, strange, wholeOf } from './reading.ts';

/** How long requests may take, and how often they are tried. */
export interface RouteTiming {
  /** Milliseconds; absent: no limit, or that of the implementation. */
  readonly timeout?: number;
  /** Absent: none, or those of the implementation. */
  readonly retries?: Retries;
}

const TIMEOUTS = new Set(['request', 'backendRequest']);
const RETRY = new Set(['attempts', 'codes']);

/** `timeouts` and `retry` of one rule. */
export function timingOf(spot: Spot, fields: Fields): RouteTiming {
  const at = into(spot, '.timeouts');
  const { request, backendRequest } = fieldsOf(at, fields['timeouts'], TIMEOUTS);
  const timeout = gatewayMilliseconds(into(at, '.request'), request) ?? 0;
  const perTryTimeout = gatewayMilliseconds(into(at, '.backendRequest'), backendRequest) ?? 0;
  const retries = retriesOf(into(spot, '.retry'), fields['retry'], perTryTimeout);
  if (retries === undefined && perTryTimeout > 0) strange(at, 'a try ends early, and nothing is tried again');
  if (timeout > 0 && perTryTimeout > timeout) strange(at, 'the API refuses a try that is longer than the request');
  return { ...(timeout === 0 ? {} : { timeout }), ...(retries === undefined ? {} : { retries }) };
}

function retriesOf(spot: Spot, tree: Tree, perTryTimeout: number): Retries | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, RETRY);
  const attempts = wholeOf(into(spot, '.attempts'), fields['attempts']) ?? 0;
  if (attempts === 0) strange(spot, 'how often requests are tried again is left to the implementation');
  const codes = itemsOf(into(spot, '.codes'), fields['codes']);
  if (JSON.stringify([...codes].sort()) !== '[502,503,504]') strange(spot, 'no word of a Rollout means these codes');
  return { attempts, ...(perTryTimeout === 0 ? {} : { perTryTimeout }), retryOn: ['gateway-error'] };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]);

/** Milliseconds of a duration of the Gateway API; 0: no limit. https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
export function gatewayMilliseconds(spot: Spot, tree: Tree): number | undefined {
  if (tree === undefined) return undefined;
  if (typeof tree !== 'string' || !/^(?:[0-9]{1,5}(?:h|ms|m|s)){1,4}$/.test(tree)) {
    strange(spot, `${show(tree)} is no duration of up to four whole numbers with the units h, m, s and ms`);
    return undefined;
  }
  let total = 0;
  for (const [, count, unit] of tree.matchAll(/([0-9]+)(ms|[hms])/g)) total += Number(count) * UNITS.get(unit!)!;
  return total;
}

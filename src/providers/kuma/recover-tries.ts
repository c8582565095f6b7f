import type { KubeObject } from '../../model/kubernetes.ts';
import type { Retries } from '../../model/plan.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, textsOf, wholeOf } from '../../model/reading.ts';
import { goMilliseconds } from '../../model/reading-durations.ts';
import { type Policy, readPolicy } from './recover-policy.ts';

/** What every mesh comes with: https://github.com/kumahq/kuma/blob/master/pkg/defaults/mesh/meshtimeout.go */
export const DEFAULT_TIMEOUT = 15_000;

/** What every mesh comes with: https://github.com/kumahq/kuma/blob/master/pkg/defaults/mesh/meshretry.go */
export const DEFAULT_RETRIES: Retries = {
  attempts: 5,
  perTryTimeout: 16_000,
  retryOn: ['gateway-error', 'connect-failure', 'refused-stream'],
};

/** A policy with what it sets; `value` undefined: it switches it off. */
export interface Setting<T> {
  readonly policy: Policy;
  readonly value: T | undefined;
}

const TIMEOUT = new Set(['http']);
const HTTP_TIMEOUT = new Set(['requestTimeout']);

/** Milliseconds until a request is given up. */
export function readTimeout(object: KubeObject, problems: string[]): Setting<number> | undefined {
  const policy = readPolicy(object, problems, ['default']);
  if (policy === undefined) return undefined;
  const at = into(policy.at, '.default');
  const { http } = fieldsOf(at, policy.about['default'], TIMEOUT);
  const { requestTimeout } = fieldsOf(into(at, '.http'), http, HTTP_TIMEOUT);
  if (requestTimeout === undefined) return { policy, value: DEFAULT_TIMEOUT };
  return { policy, value: durationOf(into(at, '.http.requestTimeout'), requestTimeout) };
}

/** Milliseconds; undefined: 0, which is no limit. */
function durationOf(spot: Spot, tree: Tree): number | undefined {
  const found = typeof tree === 'string' ? goMilliseconds(tree) : undefined;
  if (found === undefined) strange(spot, `${show(tree)} is no duration in whole milliseconds`);
  return found || undefined;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['5xx', '5xx'],
  ['GatewayError', 'gateway-error'],
  ['Reset', 'reset'],
  ['Retriable4xx', 'retriable-4xx'],
  ['ConnectFailure', 'connect-failure'],
  ['EnvoyRatelimited', 'envoy-ratelimited'],
  ['RefusedStream', 'refused-stream'],
  ['Http3PostConnectFailure', 'http3-post-connect-failure'],
]);

/** Retries of each protocol that the policy speaks of. */
export interface ReadRetries {
  readonly policy: Policy;
  readonly http?: { readonly retries: Retries | undefined };
  readonly grpc?: { readonly retries: Retries | undefined };
}

const RETRY = new Set(['http', 'grpc']);

/** How often a request is tried again. */
export function readRetries(object: KubeObject, problems: string[]): ReadRetries | undefined {
  const policy = readPolicy(object, problems, ['default']);
  if (policy === undefined) return undefined;
  const at = into(policy.at, '.default');
  const { http, grpc } = fieldsOf(at, policy.about['default'], RETRY);
  return {
    policy,
    ...(http === undefined ? {} : { http: { retries: retriesOf(into(at, '.http'), http) } }),
    ...(grpc === undefined ? {} : { grpc: { retries: grpcOf(into(at, '.grpc'), grpc) } }),
  };
}

const PROTOCOL = new Set(['numRetries', 'perTryTimeout', 'retryOn']);

/** What is left out is the mesh's own. */
function retriesOf(spot: Spot, tree: Tree): Retries | undefined {
  const fields = fieldsOf(spot, tree, PROTOCOL);
  const attempts = wholeOf(into(spot, '.numRetries'), fields['numRetries']) ?? DEFAULT_RETRIES.attempts;
  if (attempts === 0) return undefined;
  const words = textsOf(into(spot, '.retryOn'), fields['retryOn']).map(word => {
    if (!WORDS.has(word)) strange(into(spot, '.retryOn'), `${show(word)} is no reason that is read here`);
    return WORDS.get(word) ?? word;
  });
  const retries: Draft<Retries> = { attempts, retryOn: words.length === 0 ? DEFAULT_RETRIES.retryOn : words };
  const perTry = fields['perTryTimeout'];
  const perTryTimeout =
    perTry === undefined ? DEFAULT_RETRIES.perTryTimeout : durationOf(into(spot, '.perTryTimeout'), perTry);
  if (perTryTimeout !== undefined) retries.perTryTimeout = perTryTimeout;
  return retries;
}

const GRPC = new Set(['numRetries']);

function grpcOf(spot: Spot, tree: Tree): Retries | undefined {
  const { numRetries } = fieldsOf(spot, tree, GRPC);
  if (numRetries === 0) return undefined;
  strange(spot, 'retries of gRPC are not read here');
  return DEFAULT_RETRIES;
}

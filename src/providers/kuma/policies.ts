import type { Json, KubeObject } from '../../model/kubernetes.ts';
import type { Plan, Retries } from '../../model/plan.ts';
import { goDuration } from '../go-duration.ts';
import { policy } from './mesh-http-route.ts';

type JsonObject = { readonly [key: string]: Json };

/** Every mesh comes with a policy that gives up after 15 s, so "none" is written out. */
export const meshTimeout = (plan: Plan): KubeObject =>
  policy(plan, 'MeshTimeout', {
    default: {
      http: { requestTimeout: plan.route.timeout === undefined ? '0s' : goDuration(plan.route.timeout) },
    },
  });

/** Every mesh comes with a policy that retries five times, so "none" is written out. */
export const meshRetry = (plan: Plan): KubeObject =>
  policy(plan, 'MeshRetry', {
    default: { [plan.ports[0]!.protocol === 'grpc' ? 'grpc' : 'http']: retry(plan.route.retries) },
  });

const WORDS: { readonly [word: string]: string } = {
  '5xx': '5xx',
  'gateway-error': 'GatewayError',
  reset: 'Reset',
  'retriable-4xx': 'Retriable4xx',
  'connect-failure': 'ConnectFailure',
  'envoy-ratelimited': 'EnvoyRatelimited',
  'refused-stream': 'RefusedStream',
  'http3-post-connect-failure': 'Http3PostConnectFailure',
};

/** Without a per-try timeout of its own a retry has that of the mesh's own policy, so "none" is written out. */
const retry = (retries: Retries | undefined): JsonObject =>
  retries === undefined
    ? { numRetries: 0 }
    : {
        numRetries: retries.attempts,
        perTryTimeout: retries.perTryTimeout === undefined ? '0s' : goDuration(retries.perTryTimeout),
        retryOn: retries.retryOn.map(word => WORDS[word] ?? word),
      };

import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { RouteSpec } from '../../model/rollout.ts';
import { duration } from './amounts.ts';
import { loadBalancing } from './load-balancing.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, integer, listOf, record, text, word } from './shapes.ts';

const MOST = 2_147_483_647;
const ejection = DEFAULTS.outlierDetection;

/** Reasons for a retry, in Envoy's words: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter */
export const RETRY_REASONS = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'refused-stream',
  'retriable-4xx',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
] as const;

const retries: JsonSchema = record(
  {
    attempts: integer(0, 100, {
      description: 'How many times a failed request is sent again; 0: never.',
      examples: [3],
    }),
    perTryTimeout: duration('How long each try may take; absent: as long as the whole request.'),
    retryOn: listOf(word(RETRY_REASONS, { description: "A reason to send a request again, in Envoy's words." }), {
      description: `Which failures are tried again; absent: ${DEFAULTS.retryOn.join(', ')}.`,
      min: 1,
      max: 16,
      distinct: true,
      default: DEFAULTS.retryOn,
    }),
  },
  {
    description: 'Sends failed requests again; absent: never, also where the provider would do so by itself.',
    required: ['attempts'],
    examples: [{ attempts: 3 }],
  },
);

const outlierDetection: JsonSchema = record(
  {
    consecutiveErrors: integer(1, MOST, {
      description: `How many 5xx answers in a row put a pod out; absent: ${ejection.consecutiveErrors}.`,
      default: ejection.consecutiveErrors,
    }),
    interval: duration(`How often pods are judged; absent: ${ejection.interval}.`, ejection.interval),
    baseEjectionTime: duration(
      `How long a pod stays out the first time, longer each time after; absent: ${ejection.baseEjectionTime}.`,
      ejection.baseEjectionTime,
    ),
    maxEjectionPercent: integer(1, 100, {
      description: `Percent of a version's pods that may be out at once, at least 1 (Istio reads 0 as its own default); absent: ${ejection.maxEjectionPercent}.`,
      default: ejection.maxEjectionPercent,
    }),
  },
  {
    description: 'Sends no requests to pods that keep failing, for a while; absent: pods are never put out.',
    examples: [{ consecutiveErrors: 5 }],
  },
);

const most = (what: string): JsonSchema =>
  integer(1, MOST, { description: `${what}; absent: no limit.`, examples: [100] });

const circuitBreaker: JsonSchema = record(
  {
    maxConnections: most('How many connections to one version may be open'),
    maxPendingRequests: most('How many requests may wait for a connection'),
    maxRequests: most('How many requests may be under way at once'),
  },
  {
    description:
      'Refuses requests beyond these numbers at once, so that a slow version cannot pile them up; absent: no limits.',
    examples: [{ maxConnections: 100 }],
  },
);

/** Keys of `spec.route`. */
export const routeFields = {
  hosts: listOf(
    text(PATTERNS.host, 253, { description: 'A host name such as shop.example.com, or a Service of the namespace.' }),
    {
      description:
        'Host names under which clients call the service; one without a dot is a Service of the namespace. Absent: the name of the rollout.',
      min: 1,
      max: 32,
      distinct: true,
      examples: [['shop.example.com']],
    },
  ),
  gateways: listOf(text(PATTERNS.gateway, 317, { description: 'A gateway as namespace/name or name, or mesh.' }), {
    description:
      "Gateways through which requests come; mesh means callers inside the mesh. Absent: the provider's usual entrance.",
    max: 16,
    distinct: true,
    examples: [['istio-system/public']],
  }),
  path: text(PATTERNS.path, 1024, {
    description: `Only requests below this path are meant, in every rule: /api takes /api and /api/x. Absent: ${DEFAULTS.path}, all of them.`,
    default: DEFAULTS.path,
  }),
  rewrite: text(PATTERNS.path, 1024, {
    description:
      'What the matched path is replaced with before the service sees it; absent: the path stays as it came.',
    examples: ['/'],
  }),
  timeout: duration('How long a request may take, retries included; absent: no limit.'),
  retries,
  outlierDetection,
  circuitBreaker,
  loadBalancing,
} satisfies FieldsOf<RouteSpec>;

/** `spec.route`. */
export const route: JsonSchema = record(routeFields, {
  description: 'How requests reach the service and are treated, the same in every step.',
  examples: [{ timeout: '10s' }],
});

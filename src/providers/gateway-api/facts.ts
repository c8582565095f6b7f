import type { Plan } from '../../model/plan.ts';
import type { JsonSchema } from '../../model/provider.ts';

/** Extended features that are written or asked for, in the words of `status.supportedFeatures` of a GatewayClass: https://gateway-api.sigs.k8s.io/concepts/conformance/ */
export const EXTENDED = [
  'HTTPRouteMethodMatching',
  'HTTPRouteQueryParamMatching',
  'HTTPRoutePathRewrite',
  'HTTPRouteRequestTimeout',
  'HTTPRouteBackendTimeout',
  'HTTPRouteRequestMirror',
  'HTTPRouteRequestMultipleMirrors',
  'HTTPRouteRequestPercentageMirror',
  'HTTPRouteNamedRouteRule',
] as const;

/** An extended feature of the Gateway API. */
export type Extended = (typeof EXTENDED)[number];

/** What is asked about a cluster, under `cluster.gateway-api`. */
export const facts: JsonSchema = {
  type: 'object',
  description:
    'What is known of the Gateway API of the cluster; absent: the standard channel, and an implementation with every extended feature that is asked for.',
  additionalProperties: false,
  properties: {
    channel: {
      type: 'string',
      enum: ['standard', 'experimental'],
      default: 'standard',
      description:
        'Which channel the CRDs are from, as their annotation gateway.networking.k8s.io/channel tells. Retries need a field that the standard channel of 1.6 does not have: where the CRDs of the cluster have `retry`, write experimental.',
    },
    lacks: {
      type: 'array',
      items: { type: 'string', enum: [...EXTENDED], description: 'An extended feature that is not supported.' },
      maxItems: EXTENDED.length,
      uniqueItems: true,
      description:
        'Extended features that the implementation does not support: what needs them is refused, or left out where that means the same. Absent: it supports all of them.',
      examples: [['HTTPRouteRequestPercentageMirror']],
    },
  },
};

interface Facts {
  readonly channel?: 'standard' | 'experimental';
  readonly lacks?: readonly Extended[];
}

const factsOf = ({ cluster }: Plan): Facts => (cluster['gateway-api'] ?? {}) as Facts;

/** Whether the implementation is said to lack an extended feature. */
export const lacks = (plan: Plan, feature: Extended): boolean => factsOf(plan).lacks?.includes(feature) ?? false;

/** Whether the CRDs have the fields of the experimental channel. */
export const isExperimental = (plan: Plan): boolean => factsOf(plan).channel === 'experimental';

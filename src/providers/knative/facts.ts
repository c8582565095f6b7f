import type { JsonSchema } from '../../model/provider.ts';

/** The flag without which Knative refuses variables that take their value from the pod: https://knative.dev/docs/serving/configuration/feature-flags/ */
export const FIELD_REF = 'kubernetes.podspec-fieldref';

/** What is asked about a cluster, under `cluster.knative`. */
export const facts: JsonSchema = {
  type: 'object',
  description: 'What was changed in the Knative of the cluster; absent: nothing.',
  additionalProperties: false,
  properties: {
    features: {
      type: 'array',
      items: {
        type: 'string',
        enum: [FIELD_REF],
        description: 'A feature flag that config-features switches on.',
      },
      maxItems: 8,
      uniqueItems: true,
      description: 'Feature flags that config-features switches on; absent: none.',
      examples: [[FIELD_REF]],
    },
    maxRevisionTimeoutSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: 86400,
      default: 600,
      description: 'The value of max-revision-timeout-seconds in config-defaults, in seconds; absent: 600.',
    },
  },
};

import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.apisix`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'APISIX settings',
  description: 'Settings that only APISIX knows.',
  additionalProperties: false,
  properties: {
    ingressClassName: {
      type: 'string',
      pattern: '^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
      description: 'Class of the APISIX that takes the route; absent: the default IngressClass of the cluster.',
      examples: ['apisix'],
    },
  },
};

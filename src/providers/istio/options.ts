import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.istio`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Istio settings',
  description: 'Settings that only Istio knows.',
  additionalProperties: false,
  properties: {
    versions: {
      type: 'string',
      enum: ['subsets', 'services'],
      default: 'subsets',
      description:
        'How versions are told apart: as `subsets` of one Service in a DestinationRule, or each by a Service and a DestinationRule of its own. A version that names an existing `service` needs `services`, and then it is the default.',
    },
  },
};

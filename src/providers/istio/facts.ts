import type { JsonSchema } from '../../model/provider.ts';

/** What is asked about a cluster, under `cluster.istio`. */
export const facts: JsonSchema = {
  type: 'object',
  description: 'What is known of the Istio of the cluster; absent: it is new enough for all that is emitted.',
  additionalProperties: false,
  properties: {
    version: {
      type: 'string',
      pattern: '^\\d{1,3}\\.\\d{1,3}$',
      maxLength: 8,
      description: 'Version of Istio, major and minor, in quotes.',
      examples: ['1.26'],
    },
  },
};

import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.kuma`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Kuma settings',
  description: 'Settings that only Kuma knows.',
  additionalProperties: false,
  properties: {
    mesh: {
      type: 'string',
      pattern: '^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
      default: 'default',
      description: 'The mesh that the pods of the service are in.',
      examples: ['retail'],
    },
  },
};

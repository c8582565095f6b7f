import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.contour`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Contour settings',
  description: 'Settings that only Contour knows.',
  additionalProperties: false,
  properties: {
    ingressClassName: {
      type: 'string',
      pattern: '^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
      description: 'Class of the Contour that serves the hosts; absent: the one that takes objects without a class.',
      examples: ['contour-public'],
    },
    tlsSecret: {
      type: 'string',
      pattern: '^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$',
      maxLength: 317,
      description:
        'Secret with the certificate of the hosts, after its namespace and a slash where it is delegated from another one; callers by HTTP are sent on to HTTPS. Absent: the hosts are served by HTTP.',
      examples: ['shop-tls'],
    },
  },
};

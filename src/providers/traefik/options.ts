import type { JsonSchema } from '../../model/provider.ts';

const NAME = '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$';

/** Settings under `spec.traefik`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Traefik settings',
  description: 'Settings that only Traefik knows.',
  additionalProperties: false,
  properties: {
    entryPoints: {
      type: 'array',
      minItems: 1,
      maxItems: 16,
      uniqueItems: true,
      items: { type: 'string', pattern: NAME, maxLength: 63, description: 'Name of an entry point.' },
      description: 'Entry points of Traefik at which requests come in. Absent: its default entry points.',
      examples: [['websecure']],
    },
    ingressClass: {
      type: 'string',
      pattern: NAME,
      maxLength: 253,
      description:
        'Class of the Traefik that takes the route, where several run in one cluster; a field of the IngressRoute since Traefik 3.7. Absent: none is written.',
      examples: ['traefik-public'],
    },
    tlsSecret: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
      description:
        'Name of a TLS Secret of the namespace. With it the route takes requests over TLS only. Absent: requests as the entry points take them.',
      examples: ['shop-tls'],
    },
  },
};

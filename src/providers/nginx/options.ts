import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.nginx`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'ingress-nginx settings',
  description: 'Settings that only ingress-nginx knows.',
  additionalProperties: false,
  properties: {
    ingressClassName: {
      type: 'string',
      default: 'nginx',
      minLength: 1,
      maxLength: 253,
      pattern: '^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$',
      description: 'IngressClass that the controller serves.',
    },
    tlsSecret: {
      type: 'string',
      minLength: 1,
      maxLength: 253,
      pattern: '^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$',
      description:
        'Secret of the namespace with the certificate for the hosts; plain HTTP is then redirected. Absent: plain HTTP is answered, and HTTPS with the certificate of the controller.',
    },
  },
};

import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.openshift`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'OpenShift settings',
  description: 'Settings that only OpenShift knows.',
  additionalProperties: false,
  properties: {
    tls: {
      type: 'object',
      description: 'How the router takes HTTPS; absent: it takes plain HTTP only.',
      additionalProperties: false,
      required: ['termination'],
      properties: {
        termination: {
          type: 'string',
          enum: ['edge'],
          description: 'Where TLS ends: `edge` is at the router, with its own certificate for the host.',
        },
        insecureEdgeTerminationPolicy: {
          type: 'string',
          enum: ['None', 'Allow', 'Redirect'],
          default: 'None',
          description:
            'What becomes of plain HTTP: `None` refuses it, `Allow` takes it too, `Redirect` sends clients to HTTPS.',
        },
      },
      examples: [{ termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' }],
    },
  },
};

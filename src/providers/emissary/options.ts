import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.emissary`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Emissary settings',
  description: 'Settings that only Emissary-ingress (Ambassador) knows.',
  additionalProperties: false,
  properties: {
    form: {
      type: 'string',
      enum: ['v3alpha1', 'v2', 'annotation'],
      default: 'v3alpha1',
      description:
        'How Mappings are written: as objects of getambassador.io/v3alpha1 (Emissary 2 and later) or of getambassador.io/v2 (Ambassador 1, and later ones with legacy versions switched on), or as the `getambassador.io/config` annotation on the Service of each version. The annotation needs Services of ours, so no version may name an existing `service` then.',
    },
    resolver: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
      description:
        'Name of a KubernetesEndpointResolver, by which Emissary sees the pods of a Service and balances between them itself. `route.loadBalancing` needs one. Absent: requests go to the address of the Service.',
      examples: ['endpoint'],
    },
  },
};

import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.gloo`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Gloo Edge settings',
  description: 'Settings that only Gloo Edge knows.',
  additionalProperties: false,
  properties: {
    routes: {
      type: 'string',
      enum: ['virtual-service', 'route-table'],
      default: 'virtual-service',
      description:
        'Where the routes are written. `virtual-service`: a VirtualService with the hosts of the route. `route-table`: a RouteTable, to which a VirtualService that you keep delegates by name; hosts and TLS are written there. Its matcher must be one prefix, without headers, and route.path must begin with it.',
    },
    split: {
      type: 'string',
      enum: ['inline', 'upstream-group'],
      default: 'inline',
      description:
        'Where shares are written. `inline`: into each route. `upstream-group`: into an UpstreamGroup for each rule, to which other routes of yours may refer too.',
    },
    weight: {
      type: 'integer',
      minimum: -1000000,
      maximum: 1000000,
      default: 0,
      description:
        'For `routes: route-table`: the place among the tables that one parent selects by labels, lowest first. Give each table its own number: Gloo mixes the routes of tables with the same one.',
    },
  },
};

import type { Plan } from '../../model/plan.ts';

/** The Gateways of the route as `namespace/name`, each once; `mesh` is none. */
export const gatewaysOf = ({ route, namespace }: Plan): readonly string[] => [
  ...new Set(
    route.gateways
      .filter(gateway => gateway !== 'mesh')
      .map(gateway => (gateway.includes('/') ? gateway : `${namespace}/${gateway}`)),
  ),
];

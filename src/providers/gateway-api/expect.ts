import { naturally } from '../../model/order.ts';
import type { Plan } from '../../model/plan.ts';

export { addressedByService as addressed } from '../expect-services.ts';

/** Gateways in full, because a bare name means the namespace of the route. */
export const entrances = ({ route, namespace }: Plan): readonly string[] =>
  [...new Set(route.gateways.map(name => (name.includes('/') ? name : `${namespace}/${name}`)))].sort(naturally);

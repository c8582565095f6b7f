import { strange } from '../../model/reading.ts';
import { endsOf } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import type { Recovered, RecoveredPolicy } from '../../model/recovered.ts';
import type { Mesh } from './recover-mesh.ts';
import { DEFAULT_BALANCING } from './recover-resolver.ts';

/** How requests to each version are balanced: as the resolver of its own service says. */
export function policiesOf({ services, resolvers, pods }: Mesh): Recovered['policies'] {
  const policies: [string, RecoveredPolicy][] = [];
  for (const [key, service] of services) {
    const ends = endsOf(pods, service);
    const target = ends.length === 1 ? ends[0]!.target : undefined;
    const loadBalancing = resolvers.get(key)?.loadBalancing ?? DEFAULT_BALANCING;
    if (target !== undefined && 'version' in target) policies.push([target.version, { loadBalancing }]);
  }
  for (const [key, { spot }] of resolvers)
    if (!services.has(key)) strange(spot, 'no Service of its name is among these objects');
  return Object.fromEntries(policies);
}

/** The longest that a sidecar can be told: no limit that anybody meets. */
const LONGEST = 2_147_483_647;

/** Notes what ServiceDefaults say against the Services of their names, and where sidecars cut requests by themselves. */
export function checkDefaults({ services, defaults }: Mesh, root: CoreService | undefined): void {
  for (const [key, { name, protocol, limit, spot }] of defaults) {
    const service = services.get(key);
    if (service === undefined) strange(spot, 'no Service of its name is among these objects');
    if (service?.ports.some(port => port.protocol !== protocol))
      strange(spot, 'the port of the Service speaks another');
    if (service !== root && limit !== LONGEST) strange(spot, `the sidecars of ${name} cut requests after ${limit} ms`);
  }
  if (root !== undefined && Object.keys(root.selector).length > 0 && services.size > 1)
    strange(root.spot, 'it selects pods too, and Consul takes pods of one Service only');
}

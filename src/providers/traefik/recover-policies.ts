import { quote } from '../../diagnostics/wording.ts';
import type { LoadBalancing } from '../../model/plan.ts';
import { strange } from '../../model/reading.ts';
import { backendEnds } from '../../model/reading-backends.ts';
import type { RecoveredPolicy } from '../../model/recovered.ts';
import type { World } from './recover-reach.ts';
import type { Reference } from './recover-reference.ts';

/** Words for ways of balancing; without one it is `wrr`: https://github.com/traefik/traefik/blob/v3.7.9/pkg/config/dynamic/http_config.go */
const STRATEGIES: ReadonlyMap<string, LoadBalancing> = new Map([
  ['wrr', { kind: 'round-robin' }],
  ['RoundRobin', { kind: 'round-robin' }],
  ['p2c', { kind: 'least-request' }],
]);

const SCHEMES = ['http', 'h2c'];

/** Each reference to a Service says how the pods behind it take turns; a version without one has no policy. */
export function policiesOf(
  world: World,
  references: readonly Reference[],
): { readonly [version: string]: RecoveredPolicy } {
  const policies = new Map<string, RecoveredPolicy>();
  for (const { kind, namespace, name, strategy = 'wrr', scheme = 'http', spot } of references) {
    if (kind === 'TraefikService') continue;
    if (!SCHEMES.includes(scheme)) strange(spot, `${quote(scheme)} is no scheme that is read here`);
    const loadBalancing = STRATEGIES.get(strategy);
    if (loadBalancing === undefined) strange(spot, `${quote(strategy)} is no way of balancing that is read here`);
    else
      for (const { target } of backendEnds(world, { namespace, name, port: undefined })) {
        if (!('version' in target)) continue;
        const known: RecoveredPolicy['loadBalancing'] = policies.get(target.version)?.loadBalancing;
        if (known !== undefined && known.kind !== loadBalancing.kind)
          strange(spot, `another reference to ${quote(name)} balances in another way`);
        policies.set(target.version, { loadBalancing });
      }
  }
  return Object.fromEntries(policies);
}

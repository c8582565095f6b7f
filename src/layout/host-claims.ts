import type { Plan } from '../model/plan.ts';

const KIND = 'host/';
const MESH = 'mesh';

/**
 * `host/<gateway or mesh>/<host><path>` of every host that a rollout routes: Istio merges the routes that two objects give
 * to one host in no defined order (https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services).
 * In the mesh a host is claimed as a whole, because sidecars do not merge at all; at gateways by the path that is taken of it.
 */
export function hostClaims(plan: Plan): readonly string[] {
  const { hosts, gateways, ownName } = plan.route;
  const outer = gateways.filter(gateway => gateway !== MESH);
  if (ownName === 'beside') {
    const entrances = outer.length === 0 ? [plan.provider] : outer.map(gateway => fullGateway(gateway, plan.namespace));
    const named = hosts.length === 0 ? ['*'] : hosts;
    return entrances.flatMap(entrance => named.map(host => `${KIND}${entrance} ${host}${pathOf(plan)}`));
  }
  return hosts.flatMap(host =>
    isPublic(host, plan.namespace)
      ? outer.length === 0
        ? [`${KIND}${MESH} ${host}`]
        : outer.map(gateway => `${KIND}${fullGateway(gateway, plan.namespace)} ${host}${pathOf(plan)}`)
      : [`${KIND}${MESH} ${fullName(host, plan.namespace)}`],
  );
}

const fullGateway = (gateway: string, namespace: string): string =>
  gateway.includes('/') ? gateway : `${namespace}/${gateway}`;

const isPublic = (host: string, namespace: string): boolean => fullName(host, namespace) === host;

/** The path that the route takes of its hosts; nothing where it takes all of them. */
function pathOf({ states }: Plan): string {
  const path = states[0]?.rules.at(-1)?.matches[0]?.path;
  return path === undefined || path.kind === 'present' ? '' : path.value.replace(/\/+$/, '');
}

/** Whether a claim is about a host, not about an object. */
export const isHost = (claim: string): boolean => claim.startsWith(KIND);

/** What is claimed as people say it: `Deployment/shop/cart-v1`, or a host and where it is routed. */
export function claimWords(claim: string): string {
  if (!isHost(claim)) return claim.slice(claim.indexOf('/') + 1);
  const [entrance = '', host = ''] = claim.slice(KIND.length).split(' ');
  return entrance === MESH ? `host ${host} in the mesh` : `host ${host} at gateway ${entrance}`;
}

/** One name for a Service, from whichever namespace it was meant. */
const fullName = (host: string, namespace: string): string =>
  host.includes('.') ? host.replace(/\.svc(\.cluster\.local)?$/, '') : `${host}.${namespace}`;

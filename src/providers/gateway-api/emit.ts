import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Share } from '../../model/traffic.ts';
import { type RouteStyle, routeEmitter, routeKind } from '../route-object.ts';
import { versionServices } from '../version-services.ts';
import { lacks } from './facts.ts';
import { gatewayDuration } from './gateway-duration.ts';
import { gatewaysOf } from './gateways.ts';

type JsonObject = { readonly [key: string]: Json };

/** A Service for each running version, the one that clients call, and the route between them. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const route = routeEmitter(plan, styleOf(plan), once);
  return state => [...services(state), route(state.rules)];
}

function styleOf(plan: Plan): RouteStyle {
  const { hosts, ownName, rewrite } = plan.route;
  return {
    parents: ownName === 'route' ? [serviceParent(plan)] : gatewaysOf(plan).map(gatewayParent),
    // Who calls a Service by its name is not asked for a host: https://gateway-api.sigs.k8s.io/mesh/
    hostnames: ownName === 'route' ? [] : hosts,
    names: !lacks(plan, 'HTTPRouteNamedRouteRule'),
    settings: routeKind(plan) === 'HTTPRoute' ? settings(plan) : {},
    ...(rewrite === undefined ? {} : { rewrite }),
    copied: lacks(plan, 'HTTPRouteRequestPercentageMirror') ? () => ({}) : copied,
  };
}

const serviceParent = ({ rollout }: Plan): JsonObject => ({ group: '', kind: 'Service', name: rollout });

function gatewayParent(gateway: string): JsonObject {
  const [namespace = '', name = ''] = gateway.split('/');
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace, name };
}

/** Percents where they are whole, else basis points. */
const copied = (share: Share): JsonObject =>
  share % 100 === 0 ? { percent: share / 100 } : { fraction: { numerator: share, denominator: 10_000 } };

/** How long an implementation waits where nobody says is its own affair, so that "for ever" is written out. */
function settings(plan: Plan): JsonObject {
  const { timeout = 0, retries } = plan.route;
  const { perTryTimeout } = retries ?? {};
  const timeouts = {
    ...(lacks(plan, 'HTTPRouteRequestTimeout') ? {} : { request: gatewayDuration(timeout) }),
    ...(perTryTimeout === undefined ? {} : { backendRequest: gatewayDuration(perTryTimeout) }),
  };
  return {
    ...(Object.keys(timeouts).length === 0 ? {} : { timeouts }),
    ...(retries === undefined ? {} : { retry: { attempts: retries.attempts, codes: GATEWAY_ERRORS } }),
  };
}

/** What Envoy calls a gateway error, the one reason that is asked for. */
const GATEWAY_ERRORS = [502, 503, 504];

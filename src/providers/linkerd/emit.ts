import type { KubeObject, Labels } from '../../model/kubernetes.ts';
import { memo } from '../../model/once.ts';
import type { Plan, State } from '../../model/plan.ts';
import { type RouteStyle, routeEmitter, routeKind } from '../route-object.ts';
import { versionServices } from '../version-services.ts';

/** A Service for each running version, the one that clients call, and the route that it is the parent of. */
export function emitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const services = versionServices(plan, once);
  const route = routeEmitter(plan, styleOf(plan), once);
  return state => [...services(state), route(state.rules)];
}

function styleOf(plan: Plan): RouteStyle {
  const annotations = annotationsOf(plan);
  return {
    parents: [{ group: '', kind: 'Service', name: plan.rollout }],
    hostnames: [],
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    // The CRDs that Linkerd brings along know no names of rules.
    names: false,
    settings: {},
    copied: () => ({}),
  };
}

/** Linkerd reads times and retries of a route in its annotations only: https://linkerd.io/2/reference/retries/ */
function annotationsOf(plan: Plan): Labels {
  const { timeout, retries } = plan.route;
  const reasons = routeKind(plan) === 'GRPCRoute' ? 'retry.linkerd.io/grpc' : 'retry.linkerd.io/http';
  return {
    ...(timeout === undefined ? {} : { 'timeout.linkerd.io/request': linkerdDuration(timeout) }),
    ...(retries === undefined
      ? {}
      : { [reasons]: retries.retryOn.join(','), 'retry.linkerd.io/limit': String(retries.attempts) }),
    ...(retries?.perTryTimeout === undefined
      ? {}
      : { 'retry.linkerd.io/timeout': linkerdDuration(retries.perTryTimeout) }),
  };
}

/** One whole number with a unit. */
const linkerdDuration = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;

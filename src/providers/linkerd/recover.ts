import type { KubeObject } from '../../model/kubernetes.ts';
import { type RouteReader, recoverRoute } from '../../model/reading-http-route-state.ts';
import type { Pods, Recovered } from '../../model/recovered.ts';
import { timingOfRoute } from './recover-annotations.ts';

/** What Linkerd understands in a route: https://linkerd.io/2/features/httproute/ */
export const READER: RouteReader = {
  fields: new Set(['name', 'matches', 'backendRefs']),
  annotations: new Set([
    'timeout.linkerd.io/request',
    ...['http', 'grpc', 'limit', 'timeout'].map(name => `retry.linkerd.io/${name}`),
  ]),
  coreGroups: ['core'],
  ofRoute: timingOfRoute,
};

/** Reads HTTPRoutes, GRPCRoutes and Services back: of several matches the most particular is tried first. */
export const recover = (objects: readonly KubeObject[], pods: readonly Pods[]): Recovered =>
  recoverRoute(objects, pods, READER);

import type { KubeObject } from '../../model/kubernetes.ts';
import type { RouteDialect } from '../../model/reading-http-route.ts';
import { recoverRoute } from '../../model/reading-http-route-state.ts';
import type { Pods, Recovered } from '../../model/recovered.ts';

/** What counts in a rule of a route, as the API says it: https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule */
export const DIALECT: RouteDialect = {
  fields: new Set(['name', 'matches', 'filters', 'backendRefs', 'timeouts', 'retry']),
  annotations: new Set(),
  coreGroups: [],
};

/** Reads HTTPRoutes, GRPCRoutes and Services back: of several matches the most particular is tried first. */
export const recover = (objects: readonly KubeObject[], pods: readonly Pods[]): Recovered =>
  recoverRoute(objects, pods, DIALECT);

/**
 * Everything a Rollout can ask of a provider; each provider answers each one. What is asked for below a feature that a
 * provider does not have (`match.headers.prefix` below `match.headers`) is refused with that feature, once.
 */
export const FEATURES = [
  'split',
  'split.several',
  'match.headers',
  'match.headers.several',
  'match.headers.prefix',
  'match.headers.present',
  'match.cookies',
  'match.cookies.several',
  'match.path',
  'match.path.below',
  'match.method',
  'match.method.prefix',
  'match.query',
  'match.query.prefix',
  'match.query.present',
  'match.grpc',
  'match.regex',
  'rules.several',
  'rules.split',
  'rules.mirror',
  'mirror',
  'mirror.several',
  'fault.delay',
  'fault.abort',
  'route.hosts',
  'route.hosts.several',
  'route.hosts.wildcard',
  'route.gateways',
  'route.path',
  'route.rewrite',
  'route.timeout',
  'route.retries',
  'route.retries.perTryTimeout',
  'route.outlierDetection',
  'route.circuitBreaker',
  'route.circuitBreaker.maxConnections',
  'route.circuitBreaker.maxPendingRequests',
  'route.circuitBreaker.maxRequests',
  'route.loadBalancing',
  'route.loadBalancing.round-robin',
  'route.loadBalancing.random',
  'route.loadBalancing.least-request',
  'route.loadBalancing.hash',
  'route.loadBalancing.hash.header',
  'route.loadBalancing.hash.cookie',
  'surge.gradual',
  'version.service',
  'version.pods',
  'workload.drain',
  'workload.autoscale',
  'workload.template',
  'ports.several',
  'ports.tcp',
] as const;

export type Feature = (typeof FEATURES)[number];

/** Bounds of a numeric feature, in the feature's own unit (shares: basis points). */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  /** The finest step: every value is a multiple of it. */
  readonly step?: number;
  /** How many at most. */
  readonly count?: number;
  /** Where the fact is written down. */
  readonly source: string;
}

/** Whether a provider can do a thing exactly. What it cannot do is refused, with what to do instead. */
export type Support =
  | { readonly can: true; readonly limit?: Limit; readonly note?: string }
  | { readonly can: false; readonly instead: string };

/** All answers of one provider, as data. */
export interface Capabilities {
  readonly features: { readonly [feature in Feature]: Support };
  /** `weights`: the split is written into the route. `replicas`: it follows from the numbers of ready pods. */
  readonly splitBy: 'weights' | 'replicas';
  /** Whether one object holds a split, or each version has one of its own that says its weight. Absent: one object. */
  readonly splitHeldBy?: 'versions';
  /** Whether the provider's own objects hold the pods, so that no Deployment is emitted. */
  readonly ownsWorkloads: boolean;
  /** Whether each running version can be called under an address of its own. */
  readonly ownAddress: boolean;
  /** Whether one backend that is not ready keeps the whole route from being applied. */
  readonly notReadyBlocksRoute: boolean;
  /** Whether a timeout is set on the route's rules or on the pods of each version. */
  readonly timeoutOf: 'rule' | 'version';
  /** Whether load balancing is set on the route's rules, so that it shows only of versions that get requests. Absent: on each version. */
  readonly balancingOf?: 'rule';
  /** Whether load balancing is written out even when the Rollout does not choose one. */
  readonly defaultLoadBalancing?: 'round-robin' | 'random' | 'least-request';
  /**
   * Who takes calls of the Service by its own name. `route`: the route, so the name is one of its hosts. `beside`: the
   * route is an entrance from outside, so the name leads to one version. `gateways`:
   * the route where `route.gateways` is empty or lists `mesh`, else the same as beside.
   */
  readonly ownName: 'route' | 'beside' | 'gateways';
  /** Whether a route without a host is no route. Absent: it is for every host, or for the own name. */
  readonly needsHost?: true;
  /** Which reasons for a retry it can be told, and how many at once; absent: any. */
  readonly retryReasons?: { readonly words: readonly string[]; readonly most?: number };
  /** The provider's own request timeout in milliseconds, written out where the Rollout sets none; absent: it has none. */
  readonly defaultTimeout?: number;
}

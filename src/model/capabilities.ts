/** Everything a Rollout can ask of a provider; each provider answers each one. */
export const FEATURES = [
  'split',
  'split.several',
  'match.headers',
  'match.cookies',
  'match.path',
  'match.method',
  'match.query',
  'match.grpc',
  'match.regex',
  'mirror',
  'mirror.several',
  'fault.delay',
  'fault.abort',
  'route.hosts',
  'route.gateways',
  'route.path',
  'route.rewrite',
  'route.timeout',
  'route.retries',
  'route.outlierDetection',
  'route.circuitBreaker',
  'route.loadBalancing',
  'route.loadBalancing.hash',
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
  /** Whether the provider's own objects hold the pods, so that no Deployment is emitted. */
  readonly ownsWorkloads: boolean;
  /** Whether each running version can be called under an address of its own. */
  readonly ownAddress: boolean;
  /** Whether one backend that is not ready keeps the whole route from being applied. */
  readonly notReadyBlocksRoute: boolean;
  /** Whether a timeout is set on the route's rules or on the pods of each version. */
  readonly timeoutOf: 'rule' | 'version';
  /** Whether load balancing is written out even when the Rollout does not choose one. */
  readonly defaultLoadBalancing?: 'round-robin' | 'random' | 'least-request';
  /** The provider's own request timeout in milliseconds, written out where the Rollout sets none; absent: it has none. */
  readonly defaultTimeout?: number;
}

import type { Share } from '../../model/traffic.ts';

/** Weights that Consul keeps, and whether its webhook finds that they total 100. */
export interface Counted {
  /** What each weight becomes in Envoy, in basis points. */
  readonly sent: readonly Share[];
  readonly isWhole: boolean;
}

/** What Consul makes of percents: it counts in 32 bits, and cuts off what is left behind the second decimal. */
export function countedWeights(percents: readonly number[]): Counted {
  const weights = percents.map(Math.fround);
  // https://github.com/hashicorp/consul-k8s/blob/main/control-plane/api/v1alpha1/servicesplitter_types.go
  const sum = weights.reduce((total, weight) => Math.fround(total + weight), 0);
  return { sent: weights.map(sentShare), isWhole: sum === 100 };
}

/** https://github.com/hashicorp/consul/blob/main/agent/xds/routes.go (makeRouteActionForSplitter) */
function sentShare(weight: number): Share {
  const kept = Math.fround(Math.round(Math.fround(weight * 100)) / 100);
  return Math.trunc(Math.fround(kept * 100));
}

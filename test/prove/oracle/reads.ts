/** Providers whose objects the oracle can route requests by; what it cannot read, it cannot judge. */
export const READS: readonly string[] = [
  ...['kubernetes', 'knative', 'istio', 'emissary', 'gloo', 'gateway-api', 'consul', 'contour', 'aws-alb'],
  ...['traefik', 'nginx', 'linkerd'],
];

/** Those of them whose requests it counts by pods. */
export const COUNTS: readonly string[] = ['kubernetes', 'istio'];

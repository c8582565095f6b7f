/** Providers whose objects the oracle can route requests by; what it cannot read, it cannot judge. Linkerd's reading is in dispute with the proof. */
export const READS: readonly string[] = [
  ...['kubernetes', 'knative', 'istio', 'emissary', 'gloo', 'gateway-api', 'consul', 'contour', 'aws-alb'],
  ...['traefik', 'nginx'],
];

/** Those of them whose requests it counts by pods. */
export const COUNTS: readonly string[] = ['kubernetes', 'istio'];

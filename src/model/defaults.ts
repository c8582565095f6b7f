import { DEFAULT_SETS, newestOf } from './default-sets.ts';

/**
 * What is meant where a Rollout says nothing; for pods, where a new version does. The schema shows these same values as
 * `default`, so a person, an editor and the compiler can never disagree.
 */
export const DEFAULTS = {
  namespace: 'default',
  environment: 'default',
  surge: 'full',
  port: { name: 'http', port: 80, targetPort: 8080, protocol: 'http' },
  path: '/',
  ...newestOf(DEFAULT_SETS).workload,
  autoscale: { cpu: 80 },
  retryOn: ['connect-failure', 'refused-stream', 'unavailable'],
  outlierDetection: { consecutiveErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
  faultPercent: 100,
  shadowPercent: 100,
  timeZone: 'UTC',
  // Argo CD looks every three minutes at most, Flux as often as it is told.
  pollInterval: '5m',
} as const;

/**
 * What is meant where a Rollout says nothing. The schema shows these same values as `default`,
 * so a person, an editor and the compiler can never disagree.
 */
export const DEFAULTS = {
  namespace: 'default',
  environment: 'default',
  surge: 'full',
  port: { name: 'http', port: 80, targetPort: 8080, protocol: 'http' },
  path: '/',
  replicas: 2,
  autoscale: { cpu: 80 },
  config: { mountPath: '/config' },
  resources: {
    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
    limits: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '256Mi' },
  },
  readiness: { initialDelay: 0, period: 5, timeout: 2, failureThreshold: 3 },
  liveness: { initialDelay: 10, period: 10, timeout: 2, failureThreshold: 6 },
  startup: { initialDelay: 0, period: 5, timeout: 2, failureThreshold: 24 },
  writable: ['/tmp'],
  runAsUser: 10_001,
  drain: '15s',
  terminationGracePeriod: '30s',
  retryOn: ['connect-failure', 'refused-stream', 'unavailable'],
  outlierDetection: { consecutiveErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
  faultPercent: 100,
  shadowPercent: 100,
} as const;

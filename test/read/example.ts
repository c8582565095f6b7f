/** A complete Rollout in which nothing is wrong, with comments, flow and block style. Good for any test that needs one. */
export const EXAMPLE = `# yaml-language-server: $schema=../schemas/rollout.schema.json
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: reviews, namespace: bookinfo }
spec:
  provider: istio
  step: canary-20 # the one line that a promotion changes
  stable: v1
  surge: full
  ports: [{ name: http, port: 9080 }]
  workload:
    replicas: 4
    readiness: { path: /health, period: 5s }
    resources:
      requests: { cpu: 250m, memory: 256Mi }
  versions:
    v1: { image: "docker.io/istio/examples-bookinfo-reviews-v1:1.20.3" }
    v2:
      image: docker.io/istio/examples-bookinfo-reviews-v2:1.20.3
      env:
        LOG_LEVEL: info
        PASSWORD: { secretKeyRef: { name: reviews, key: password } }
  route:
    hosts: [reviews]
    path: /
    timeout: 10s
    retries: { attempts: 3, perTryTimeout: 2s, retryOn: [5xx, connect-failure] }
    outlierDetection: { consecutiveErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50 }
    circuitBreaker: { maxConnections: 100, maxPendingRequests: 50, maxRequests: 200 }
    loadBalancing: least-request
  rules:
    testers:
      match: # a list means or, the keys of one entry mean and
        - headers: { end-user: jason }
        - cookies: { beta: "1" }
          path: { prefix: /api }
      traffic: { v2: 100 }
  steps:
    - { name: shadow, traffic: { v1: 100 }, mirror: { v2: 10 }, pause: 1h }
    - name: internal
      traffic: { v1: 100 }
      rules: [testers]
    - canary: { to: v2, weights: [1, 5, 20, 50], pause: 30m, rules: [testers] }
    - { name: complete, traffic: { v2: 100 }, pause: 24h }
`;

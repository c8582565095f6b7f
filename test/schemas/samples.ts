import type { Json } from '../../src/model/kubernetes.ts';

/** A sound object of a kind, and the paths in it whose keys are the author's own. */
export interface Sample {
  readonly object: { readonly [field: string]: Json };
  readonly maps: readonly string[];
}

const metadata = {
  name: 'shop',
  namespace: 'retail',
  labels: { 'app.kubernetes.io/name': 'shop', version: 'v1' },
  annotations: { 'surefoot.dev/note': 'anything: at all' },
};
const metadataMaps = ['metadata.labels', 'metadata.annotations'];

const probe = { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5, failureThreshold: 3 };
const podSecurity = { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } };

const container = {
  name: 'shop',
  image: 'registry.example/shop:1.4.2',
  imagePullPolicy: 'Always',
  args: ['--verbose'],
  env: [
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop', key: 'token' } } },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: 1, memory: '1.5Gi' } },
  readinessProbe: probe,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
};
const containerMaps = (pod: string): string[] => [
  `${pod}.containers.0.resources.requests`,
  `${pod}.containers.0.resources.limits`,
];

const deployment: Sample = {
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'shop' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template: {
        metadata: { labels: { app: 'shop' } },
        spec: {
          automountServiceAccountToken: false,
          securityContext: podSecurity,
          containers: [
            {
              ...container,
              livenessProbe: { grpc: { port: 8080 } },
              startupProbe: { tcpSocket: { port: 8080 } },
              lifecycle: { preStop: { sleep: { seconds: 15 } } },
            },
          ],
          volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: 'shop' } },
            },
          ],
        },
      },
    },
  },
  maps: [
    ...metadataMaps,
    'spec.selector.matchLabels',
    'spec.template.metadata.labels',
    'spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels',
    ...containerMaps('spec.template.spec'),
  ],
};

const virtualService: Sample = {
  object: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata,
    spec: {
      hosts: ['shop'],
      gateways: ['mesh'],
      http: [
        {
          name: 'testers',
          match: [
            {
              uri: { prefix: '/cart' },
              method: { exact: 'GET' },
              headers: { 'x-tester': { exact: 'yes' }, cookie: { regex: '.*beta=1.*' } },
              queryParams: { beta: { exact: '1' } },
            },
          ],
          rewrite: { uri: '/' },
          fault: {
            delay: { fixedDelay: '1500ms', percentage: { value: 12.5 } },
            abort: { httpStatus: 503, percentage: { value: 1 } },
          },
          route: [{ destination: { host: 'shop', subset: 'v2', port: { number: 80 } } }],
        },
        {
          name: 'default',
          timeout: '10s',
          retries: { attempts: 3, perTryTimeout: '1m30s', retryOn: '5xx,connect-failure' },
          mirrors: [{ destination: { host: 'shop', subset: 'v2' }, percentage: { value: 0.5 } }],
          route: [
            { destination: { host: 'shop', subset: 'v1' }, weight: 90 },
            { destination: { host: 'shop', subset: 'v2' }, weight: 10 },
          ],
        },
      ],
    },
  },
  maps: [...metadataMaps, 'spec.http.0.match.0.headers', 'spec.http.0.match.0.queryParams'],
};

const mappingSpec = {
  prefix: '/cart/',
  prefix_exact: false,
  method: 'GET|POST',
  method_regex: true,
  headers: { 'end-user': 'jason' },
  regex_headers: { cookie: '^(?:.*; *)?beta=1(?:;.*)?$' },
  query_parameters: { debug: '1' },
  regex_query_parameters: { n: '[0-9]+' },
  precedence: 1,
  rewrite: '',
  service: 'shop-v2.retail:80',
  grpc: true,
  resolver: 'endpoint',
  weight: 10,
  timeout_ms: 5000,
  retry_policy: { retry_on: 'gateway-error', num_retries: 2, per_try_timeout: '0.5s' },
  circuit_breakers: [{ priority: 'default', max_connections: 100, max_pending_requests: 10, max_requests: 20 }],
  load_balancer: { policy: 'ring_hash', cookie: { name: 'sid', path: '/', ttl: '0s' } },
};
const mappingMaps = ['headers', 'regex_headers', 'query_parameters', 'regex_query_parameters'].map(
  field => `spec.${field}`,
);

const mapping: Sample = {
  object: {
    apiVersion: 'getambassador.io/v3alpha1',
    kind: 'Mapping',
    metadata,
    spec: { ...mappingSpec, hostname: 'shop.example.com', stats_name: 'shop-v2' },
  },
  maps: [...metadataMaps, ...mappingMaps],
};

const oldMapping: Sample = {
  object: {
    apiVersion: 'getambassador.io/v2',
    kind: 'Mapping',
    metadata,
    spec: { ...mappingSpec, host: 'shop.example.com', shadow: true },
  },
  maps: [...metadataMaps, ...mappingMaps],
};

const destinationRule: Sample = {
  object: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata,
    spec: {
      host: 'shop',
      trafficPolicy: {
        loadBalancer: { simple: 'LEAST_REQUEST' },
        connectionPool: {
          tcp: { maxConnections: 100, connectTimeout: '2s' },
          http: { http1MaxPendingRequests: 10, http2MaxRequests: 20 },
        },
        outlierDetection: {
          consecutive5xxErrors: 5,
          interval: '10s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 50,
        },
      },
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        {
          name: 'v2',
          labels: { version: 'v2' },
          trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: 'sticky', ttl: '0s' } } } },
        },
      ],
    },
  },
  maps: [...metadataMaps, 'spec.subsets.0.labels', 'spec.subsets.1.labels'],
};

const httpProxy: Sample = {
  object: {
    apiVersion: 'projectcontour.io/v1',
    kind: 'HTTPProxy',
    metadata,
    spec: {
      ingressClassName: 'public',
      virtualhost: { fqdn: 'shop.example.com', tls: { secretName: 'shop-tls' } },
      routes: [
        {
          conditions: [
            { header: { name: ':method', exact: 'GET' } },
            { header: { name: 'cookie', regex: '.*beta=1.*' } },
            { header: { name: 'x-tester', present: true } },
            { queryParameter: { name: 'beta', prefix: '1' } },
            { exact: '/cart' },
          ],
          services: [
            { name: 'shop-v1', port: 80, weight: 90, protocol: 'h2c' },
            { name: 'shop-v2', port: 80, weight: 5, mirror: true },
          ],
          timeoutPolicy: { response: '1m30s' },
          retryPolicy: { count: 2, perTryTimeout: '500ms', retryOn: ['5xx', 'connect-failure'] },
          loadBalancerPolicy: {
            strategy: 'RequestHash',
            requestHashPolicies: [{ headerHashOptions: { headerName: 'x-user' } }],
          },
        },
        {
          conditions: [{ prefix: '/' }],
          services: [{ name: 'shop-v1', port: 80, weight: 100 }],
          timeoutPolicy: { response: 'infinity' },
          pathRewritePolicy: { replacePrefix: [{ replacement: '/v2/' }] },
          loadBalancerPolicy: { strategy: 'RoundRobin' },
        },
      ],
    },
  },
  maps: metadataMaps,
};

const apisixRoute: Sample = {
  object: {
    apiVersion: 'apisix.apache.org/v2',
    kind: 'ApisixRoute',
    metadata,
    spec: {
      ingressClassName: 'apisix',
      http: [
        {
          name: 'testers',
          priority: 1,
          match: {
            hosts: ['shop.example.com'],
            paths: ['/cart', '/cart/*'],
            methods: ['GET'],
            exprs: [{ subject: { scope: 'Header', name: 'x-tester' }, op: 'RegexMatch', value: '^' }],
          },
          timeout: { connect: '60s', send: '86400s', read: '86400s' },
          backends: [{ serviceName: 'shop-v1', servicePort: 80, weight: 100 }],
          plugins: [
            {
              name: 'fault-injection',
              enable: true,
              config: { delay: { duration: 1.5, percentage: 5 }, abort: { http_status: 503, percentage: 1 } },
            },
            {
              name: 'proxy-mirror',
              enable: true,
              config: { host: 'http://shop-v2.retail.svc.cluster.local:80', sample_ratio: 0.05 },
            },
          ],
        },
      ],
    },
  },
  maps: metadataMaps,
};

const apisixUpstream: Sample = {
  object: {
    apiVersion: 'apisix.apache.org/v2',
    kind: 'ApisixUpstream',
    metadata,
    spec: {
      ingressClassName: 'apisix',
      scheme: 'http',
      retries: 0,
      loadbalancer: { type: 'chash', hashOn: 'header', key: 'x-user' },
    },
  },
  maps: metadataMaps,
};

const meshPolicy = (kind: string, about: Sample['object']): Sample => ({
  object: {
    apiVersion: 'kuma.io/v1alpha1',
    kind,
    metadata,
    spec: { targetRef: { kind: 'Mesh' }, to: [{ targetRef: { kind: 'MeshService', name: 'shop' }, ...about }] },
  },
  maps: metadataMaps,
});

const meshHttpRoute = meshPolicy('MeshHTTPRoute', {
  rules: [
    {
      matches: [
        {
          path: { type: 'PathPrefix', value: '/cart' },
          method: 'GET',
          headers: [
            { name: 'x-tester', type: 'Present' },
            { name: 'x-user', type: 'Exact', value: 'ann' },
          ],
          queryParams: [{ name: 'beta', type: 'RegularExpression', value: '1.*' }],
        },
      ],
      default: {
        filters: [
          { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2/' } } },
          {
            type: 'RequestMirror',
            requestMirror: { percentage: '0.5', backendRef: { kind: 'MeshService', name: 'shop-v2', port: 80 } },
          },
        ],
        backendRefs: [{ kind: 'MeshService', name: 'shop-v1', port: 80, weight: 100 }],
      },
    },
  ],
});

const revision = {
  metadata: { name: 'shop-v2', annotations: { 'autoscaling.knative.dev/min-scale': '1' } },
  spec: {
    containerConcurrency: 0,
    timeoutSeconds: 30,
    securityContext: podSecurity,
    containers: [{ ...container, ports: [{ name: 'http1', containerPort: 8080 }] }],
    volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
  },
};
const revisionMaps = ['spec.template.metadata.annotations', ...containerMaps('spec.template.spec')];
const traffic = [
  { revisionName: 'shop-v1', latestRevision: false, percent: 100 },
  { revisionName: 'shop-v2', latestRevision: false, percent: 0, tag: 'preview' },
];

const petstore = (version: string): Json => ({ upstream: { name: `petstore-${version}`, namespace: 'retail' } });

const glooRoutes: readonly Json[] = [
  {
    name: 'testers',
    matchers: [
      {
        exact: '/pets',
        headers: [{ name: 'x-tester' }, { name: 'cookie', value: '.*beta=1.*', regex: true }],
        queryParameters: [{ name: 'beta', value: '1', regex: false }],
        methods: ['GET'],
      },
      { regex: '/pets/.*' },
    ],
    routeAction: { single: petstore('v2') },
    options: {
      timeout: '0s',
      prefixRewrite: '/',
      faults: { delay: { fixedDelay: '1.5s', percentage: 12.5 }, abort: { httpStatus: 503, percentage: 1 } },
      lbHash: { hashPolicies: [{ header: 'x-user' }, { cookie: { name: 'session', path: '/', ttl: '0s' } }] },
    },
  },
  {
    name: 'half',
    matchers: [{ prefix: '/half' }],
    routeAction: { upstreamGroup: { name: 'petstore-half', namespace: 'retail' } },
  },
  {
    name: 'default',
    matchers: [{ prefix: '/' }],
    routeAction: {
      multi: {
        destinations: [
          { destination: petstore('v1'), weight: 90 },
          { destination: petstore('v2'), weight: 10 },
        ],
      },
    },
    options: {
      timeout: '10s',
      retries: { retryOn: '5xx,connect-failure', numRetries: 3, perTryTimeout: '2s' },
      shadowing: { upstream: { name: 'petstore-v2', namespace: 'retail' }, percentage: 0.5 },
    },
  },
];

const gloo: readonly Sample[] = [
  {
    object: {
      apiVersion: 'gateway.solo.io/v1',
      kind: 'VirtualService',
      metadata,
      spec: { virtualHost: { domains: ['petstore.example.com'], routes: glooRoutes } },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'gateway.solo.io/v1',
      kind: 'RouteTable',
      metadata,
      spec: { weight: -1, routes: glooRoutes },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'gloo.solo.io/v1',
      kind: 'Upstream',
      metadata,
      spec: {
        kube: { serviceName: 'petstore-v1', serviceNamespace: 'retail', servicePort: 8080 },
        useHttp2: true,
        loadBalancerConfig: { leastRequest: { choiceCount: 2 } },
        circuitBreakers: { maxConnections: 100, maxPendingRequests: 10, maxRequests: 20, maxRetries: 3 },
        outlierDetection: {
          consecutive5xx: 5,
          interval: '10s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 50,
          enforcingSuccessRate: 0,
        },
      },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'gloo.solo.io/v1',
      kind: 'UpstreamGroup',
      metadata,
      spec: {
        destinations: [
          { destination: petstore('v1'), weight: 90 },
          { destination: petstore('v2'), weight: 10 },
        ],
      },
    },
    maps: metadataMaps,
  },
];

const samples: readonly Sample[] = [
  ...gloo,
  deployment,
  virtualService,
  mapping,
  oldMapping,
  destinationRule,
  httpProxy,
  apisixRoute,
  apisixUpstream,
  meshHttpRoute,
  meshPolicy('MeshTimeout', { default: { http: { requestTimeout: '10s' } } }),
  meshPolicy('MeshRetry', {
    default: {
      http: { numRetries: 2, perTryTimeout: '0s', retryOn: ['5xx', 'GatewayError'] },
      grpc: { numRetries: 0 },
    },
  }),
  {
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: { app: 'shop' },
        ports: [
          { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' },
          { name: 'admin', port: 9000, targetPort: 'admin' },
        ],
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      },
    },
    maps: [...metadataMaps, 'spec.selector'],
  },
  {
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, immutable: true, data: { 'app.yaml': 'a: 1\n' } },
    maps: [...metadataMaps, 'data'],
  },
  {
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'registry' }],
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      type: 'Opaque',
      immutable: true,
      data: { token: 'c2hvcA==' },
      stringData: { user: 'shop' },
    },
    maps: [...metadataMaps, 'data', 'stringData'],
  },
  {
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata,
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'standard',
        resources: { requests: { storage: '1Gi' } },
        volumeMode: 'Filesystem',
      },
    },
    maps: [...metadataMaps, 'spec.resources.requests'],
  },
  {
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop' }],
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } },
                { pathType: 'Exact', path: '/a', backend: { service: { name: 'shop', port: { name: 'http' } } } },
              ],
            },
          },
        ],
      },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: { app: 'shop' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080, protocol: 'TCP' }] },
        ],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
      },
    },
    maps: [...metadataMaps, 'spec.podSelector.matchLabels', 'spec.ingress.0.from.0.podSelector.matchLabels'],
  },
  {
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['shop'], verbs: ['get'] }],
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop' },
      subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'retail' }],
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: '25%', selector: { matchLabels: { app: 'shop' } } },
    },
    maps: [...metadataMaps, 'spec.selector.matchLabels'],
  },
  {
    object: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
        },
      },
    },
    maps: metadataMaps,
  },
  {
    object: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata, spec: { template: revision, traffic } },
    maps: [...metadataMaps, ...revisionMaps],
  },
  {
    object: { apiVersion: 'serving.knative.dev/v1', kind: 'Configuration', metadata, spec: { template: revision } },
    maps: [...metadataMaps, ...revisionMaps],
  },
  {
    object: {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      metadata,
      spec: {
        ingressClassName: 'public',
        entryPoints: ['websecure'],
        routes: [
          {
            kind: 'Rule',
            match: 'Host(`shop.example.com`)',
            priority: 24,
            services: [
              { name: 'shop-v1', port: 80, scheme: 'http', strategy: 'wrr', weight: 90 },
              { kind: 'TraefikService', name: 'shop-default-mirror', weight: 10 },
            ],
          },
        ],
        tls: { secretName: 'shop-tls' },
      },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'TraefikService',
      metadata,
      spec: {
        mirroring: {
          kind: 'TraefikService',
          name: 'shop-default-split',
          mirrors: [{ name: 'shop-v2', port: 80, scheme: 'http', strategy: 'p2c', percent: 10 }],
        },
      },
    },
    maps: metadataMaps,
  },
  {
    object: { apiVersion: 'serving.knative.dev/v1', kind: 'Route', metadata, spec: { traffic } },
    maps: metadataMaps,
  },
  ...[
    { kind: 'ServiceDefaults', spec: { protocol: 'http', localRequestTimeoutMs: 60_000 } },
    {
      kind: 'ServiceResolver',
      spec: {
        loadBalancer: {
          policy: 'ring_hash',
          hashPolicies: [{ field: 'cookie', fieldValue: 'sid', cookieConfig: { session: true, path: '/' } }],
        },
      },
    },
    { kind: 'ServiceSplitter', spec: { splits: [{ weight: 99.5, service: 'shop-v1' }] } },
    {
      kind: 'ServiceRouter',
      spec: {
        routes: [
          {
            match: {
              http: {
                pathPrefix: '/cart/',
                header: [{ name: 'x-tester', exact: 'yes' }],
                queryParam: [{ name: 'beta', present: true }],
                methods: ['GET'],
              },
            },
            destination: {
              service: 'shop-v2',
              prefixRewrite: '/',
              requestTimeout: '10s',
              numRetries: 3,
              retryOn: ['5xx', 'connect-failure'],
            },
          },
        ],
      },
    },
  ].map(({ kind, spec }) => ({
    object: { apiVersion: 'consul.hashicorp.com/v1alpha1', kind, metadata, spec },
    maps: metadataMaps,
  })),
  {
    object: {
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      metadata,
      spec: {
        host: 'shop.example.com',
        path: '/cart',
        to: { kind: 'Service', name: 'shop-v1', weight: 95 },
        alternateBackends: [{ kind: 'Service', name: 'shop-v2', weight: 5 }],
        port: { targetPort: 'http' },
        tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' },
        wildcardPolicy: 'None',
      },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'gateways', name: 'public' }],
        hostnames: ['*.example.com'],
        rules: [
          {
            name: 'testers',
            matches: [
              {
                path: { type: 'PathPrefix', value: '/cart' },
                method: 'GET',
                headers: [{ type: 'RegularExpression', name: 'cookie', value: '^beta=1$' }],
                queryParams: [{ type: 'Exact', name: 'debug', value: '1' }],
              },
            ],
            filters: [
              ...[{ percent: 5 }, { fraction: { numerator: 1, denominator: 1000 } }].map(share => ({
                type: 'RequestMirror',
                requestMirror: { backendRef: { group: '', kind: 'Service', name: 'shop-v2', port: 80 }, ...share },
              })),
              { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
            ],
            timeouts: { request: '1m30s', backendRequest: '0s' },
            retry: { attempts: 3, codes: [502, 503, 504] },
            backendRefs: [{ group: '', kind: 'Service', name: 'shop-v1', port: 80, weight: 1 }],
          },
        ],
      },
    },
    maps: metadataMaps,
  },
  {
    object: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      metadata,
      spec: {
        parentRefs: [{ group: '', kind: 'Service', name: 'shop' }],
        rules: [
          {
            name: 'default',
            matches: [
              {
                method: { type: 'Exact', service: 'shop.v1.Cart', method: 'Add' },
                headers: [{ type: 'Exact', name: 'x-tester', value: 'yes' }],
              },
            ],
            backendRefs: [{ group: '', kind: 'Service', name: 'shop-v1', port: 9090, weight: 1000000 }],
          },
        ],
      },
    },
    maps: metadataMaps,
  },
];

/** A sound object of every kind that is emitted, by `apiVersion/Kind`. */
export const SAMPLES: ReadonlyMap<string, Sample> = new Map(
  samples.map(sample => [`${sample.object['apiVersion']}/${sample.object['kind']}`, sample]),
);

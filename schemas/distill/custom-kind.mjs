import { coreDefinitions } from './core-kind.mjs';
import { metadataDefinitions } from './metadata.mjs';
import { closed, kindSchema, mentions, reference } from './schema.mjs';
import { share } from './share.mjs';

/** @typedef {import('./schema.mjs').Schema} Schema */
/**
 * `keep`: the paths below `spec` that we emit, lists looked through, with all that is below them; absent: everything.
 * @typedef {{ file: string, group: string, version: string, kind: string, keep?: string[] }} CustomKind
 */

const TRAEFIK = 'traefik/kubernetes-crd-definition-v1.yaml';
/** How Traefik's kinds refer to a Service. */
const REFERENCE = ['kind', 'name', 'port', 'scheme', 'strategy'];
/** What is emitted of one route of Gloo, in a VirtualService and in a RouteTable. */
const GLOO_ROUTE = [
  'name',
  ...['prefix', 'exact', 'regex', 'headers.name', 'headers.value', 'headers.regex', 'methods'].map(
    name => `matchers.${name}`,
  ),
  ...['name', 'value', 'regex'].map(name => `matchers.queryParameters.${name}`),
  'routeAction.single.upstream',
  'routeAction.multi.destinations.weight',
  'routeAction.multi.destinations.destination.upstream',
  'routeAction.upstreamGroup',
  ...['timeout', 'prefixRewrite', 'faults', 'shadowing.upstream', 'shadowing.percentage'].map(
    name => `options.${name}`,
  ),
  ...['retryOn', 'numRetries', 'perTryTimeout'].map(name => `options.retries.${name}`),
  ...['header', 'cookie'].map(name => `options.lbHash.hashPolicies.${name}`),
];
/** What every policy of Kuma's says of whom it is for and about. */
const KUMA_TARGETS = ['targetRef.kind', 'to.targetRef.kind', 'to.targetRef.name'];
/** What an HTTPRoute and a GRPCRoute have in common. */
const ROUTE_FIELDS = [
  ...['group', 'kind', 'namespace', 'name'].map(field => `parentRefs.${field}`),
  ...['hostnames', 'rules.name', 'rules.matches', 'rules.filters.type'],
  ...['percent', 'fraction'].map(field => `rules.filters.requestMirror.${field}`),
  ...['group', 'kind', 'name', 'port'].map(field => `rules.filters.requestMirror.backendRef.${field}`),
  ...['group', 'kind', 'name', 'port', 'weight'].map(field => `rules.backendRefs.${field}`),
];

/** The kinds that come from CustomResourceDefinitions, and the file that defines each. @type {CustomKind[]} */
export const CUSTOM_KINDS = [
  { file: 'istio/crd-all.gen.yaml', group: 'networking.istio.io', version: 'v1', kind: 'VirtualService' },
  { file: 'istio/crd-all.gen.yaml', group: 'networking.istio.io', version: 'v1', kind: 'DestinationRule' },
  {
    file: 'contour/01-crds.yaml',
    group: 'projectcontour.io',
    version: 'v1',
    kind: 'HTTPProxy',
    keep: [
      ...['ingressClassName', 'virtualhost.fqdn', 'virtualhost.tls.secretName'],
      ...['exact', 'prefix', 'regex'].map(path => `routes.conditions.${path}`),
      ...['name', 'exact', 'regex', 'present'].map(field => `routes.conditions.header.${field}`),
      ...['name', 'exact', 'prefix', 'regex', 'present'].map(field => `routes.conditions.queryParameter.${field}`),
      ...['name', 'port', 'weight', 'mirror', 'protocol'].map(field => `routes.services.${field}`),
      ...['timeoutPolicy.response', 'pathRewritePolicy.replacePrefix.replacement'].map(field => `routes.${field}`),
      ...['count', 'perTryTimeout', 'retryOn'].map(field => `routes.retryPolicy.${field}`),
      ...['strategy', 'requestHashPolicies.headerHashOptions'].map(field => `routes.loadBalancerPolicy.${field}`),
    ],
  },
  {
    file: 'kuma/kuma.io_meshhttproutes.yaml',
    group: 'kuma.io',
    version: 'v1alpha1',
    kind: 'MeshHTTPRoute',
    keep: [
      ...KUMA_TARGETS,
      ...['rules.matches', 'rules.default.filters.type'].map(field => `to.${field}`),
      ...['kind', 'name', 'port', 'weight'].map(field => `to.rules.default.backendRefs.${field}`),
      'to.rules.default.filters.requestMirror.percentage',
      ...['kind', 'name', 'port'].map(field => `to.rules.default.filters.requestMirror.backendRef.${field}`),
      ...['type', 'replacePrefixMatch'].map(field => `to.rules.default.filters.urlRewrite.path.${field}`),
    ],
  },
  {
    file: 'kuma/kuma.io_meshtimeouts.yaml',
    group: 'kuma.io',
    version: 'v1alpha1',
    kind: 'MeshTimeout',
    keep: [...KUMA_TARGETS, 'to.default.http.requestTimeout'],
  },
  {
    file: 'kuma/kuma.io_meshretries.yaml',
    group: 'kuma.io',
    version: 'v1alpha1',
    kind: 'MeshRetry',
    keep: [
      ...KUMA_TARGETS,
      ...['numRetries', 'perTryTimeout', 'retryOn'].map(field => `to.default.http.${field}`),
      'to.default.grpc.numRetries',
    ],
  },
  ...['v3alpha1', 'v2'].map(version => ({
    ...{ file: 'emissary/crds.yaml', group: 'getambassador.io', version, kind: 'Mapping' },
    keep: [
      ...(version === 'v2' ? ['host'] : ['hostname', 'stats_name']),
      ...['prefix', 'prefix_exact', 'prefix_regex', 'method', 'method_regex', 'headers', 'regex_headers'],
      ...['query_parameters', 'regex_query_parameters', 'precedence', 'rewrite', 'service', 'grpc', 'resolver'],
      ...['weight', 'shadow', 'timeout_ms', 'retry_policy', 'circuit_breakers', 'load_balancer'],
    ],
  })),
  { file: 'knative/service.yaml', group: 'serving.knative.dev', version: 'v1', kind: 'Service' },
  { file: 'knative/configuration.yaml', group: 'serving.knative.dev', version: 'v1', kind: 'Configuration' },
  { file: 'knative/route.yaml', group: 'serving.knative.dev', version: 'v1', kind: 'Route' },
  {
    ...{ file: TRAEFIK, group: 'traefik.io', version: 'v1alpha1', kind: 'IngressRoute' },
    keep: [
      ...['entryPoints', 'ingressClassName', 'tls.secretName'],
      ...['kind', 'match', 'priority'].map(field => `routes.${field}`),
      ...[...REFERENCE, 'weight'].map(field => `routes.services.${field}`),
    ],
  },
  {
    ...{ file: TRAEFIK, group: 'traefik.io', version: 'v1alpha1', kind: 'TraefikService' },
    keep: [
      ...[...REFERENCE, 'weight'].map(field => `weighted.services.${field}`),
      ...['kind', 'name'].map(field => `mirroring.${field}`),
      ...[...REFERENCE, 'percent'].map(field => `mirroring.mirrors.${field}`),
    ],
  },
  {
    ...{ file: 'gloo/gateway.solo.io_v1_VirtualService.yaml', group: 'gateway.solo.io', version: 'v1' },
    kind: 'VirtualService',
    keep: ['virtualHost.domains', ...GLOO_ROUTE.map(path => `virtualHost.routes.${path}`)],
  },
  {
    ...{ file: 'gloo/gateway.solo.io_v1_RouteTable.yaml', group: 'gateway.solo.io', version: 'v1' },
    kind: 'RouteTable',
    keep: ['weight', ...GLOO_ROUTE.map(path => `routes.${path}`)],
  },
  {
    ...{ file: 'gloo/gloo.solo.io_v1_Upstream.yaml', group: 'gloo.solo.io', version: 'v1' },
    kind: 'Upstream',
    keep: [
      ...['serviceName', 'serviceNamespace', 'servicePort'].map(name => `kube.${name}`),
      ...['roundRobin', 'leastRequest', 'random', 'ringHash'].map(name => `loadBalancerConfig.${name}`),
      ...['maxConnections', 'maxPendingRequests', 'maxRequests', 'maxRetries'].map(name => `circuitBreakers.${name}`),
      ...['consecutive5xx', 'interval', 'baseEjectionTime', 'maxEjectionPercent', 'enforcingSuccessRate'].map(
        name => `outlierDetection.${name}`,
      ),
      'useHttp2',
    ],
  },
  {
    ...{ file: 'gloo/gloo.solo.io_v1_UpstreamGroup.yaml', group: 'gloo.solo.io', version: 'v1' },
    kind: 'UpstreamGroup',
    keep: ['destinations.weight', 'destinations.destination.upstream'],
  },
  ...[
    { file: 'servicedefaults', kind: 'ServiceDefaults', keep: ['protocol', 'localRequestTimeoutMs'] },
    {
      file: 'serviceresolvers',
      kind: 'ServiceResolver',
      keep: [
        ...['loadBalancer.policy', 'loadBalancer.hashPolicies.field', 'loadBalancer.hashPolicies.fieldValue'],
        ...['loadBalancer.hashPolicies.cookieConfig.session', 'loadBalancer.hashPolicies.cookieConfig.path'],
      ],
    },
    { file: 'servicesplitters', kind: 'ServiceSplitter', keep: ['splits.weight', 'splits.service'] },
    {
      file: 'servicerouters',
      kind: 'ServiceRouter',
      keep: [
        'routes.match',
        ...['service', 'prefixRewrite', 'requestTimeout', 'numRetries', 'retryOn'].map(name => `routes.destination.${name}`),
      ],
    },
  ].map(kind => ({
    ...kind,
    file: `consul/consul.hashicorp.com_${kind.file}.yaml`,
    group: 'consul.hashicorp.com',
    version: 'v1alpha1',
  })),
  {
    ...{ file: 'apisix/apisix.apache.org_apisixroutes.yaml', group: 'apisix.apache.org', version: 'v2' },
    kind: 'ApisixRoute',
    keep: [
      'ingressClassName',
      ...['name', 'priority', 'timeout'].map(field => `http.${field}`),
      ...['hosts', 'paths', 'methods'].map(field => `http.match.${field}`),
      ...['subject', 'op', 'value'].map(field => `http.match.exprs.${field}`),
      ...['serviceName', 'servicePort', 'weight'].map(field => `http.backends.${field}`),
      ...['name', 'enable', 'config'].map(field => `http.plugins.${field}`),
    ],
  },
  {
    ...{ file: 'apisix/apisix.apache.org_apisixupstreams.yaml', group: 'apisix.apache.org', version: 'v2' },
    kind: 'ApisixUpstream',
    keep: ['ingressClassName', 'scheme', 'retries', 'loadbalancer'],
  },
  {
    file: 'openshift/routes.crd.yaml',
    group: 'route.openshift.io',
    version: 'v1',
    kind: 'Route',
    keep: [
      ...['host', 'path', 'to', 'alternateBackends', 'port', 'wildcardPolicy'],
      ...['tls.termination', 'tls.insecureEdgeTerminationPolicy'],
    ],
  },
  {
    // The experimental channel has every field of the standard one, and retries.
    file: 'gateway-api-experimental/gateway.networking.k8s.io_httproutes.yaml',
    ...{ group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute' },
    keep: [...ROUTE_FIELDS, 'rules.timeouts', 'rules.filters.urlRewrite.path', 'rules.retry.attempts', 'rules.retry.codes'],
  },
  {
    file: 'gateway-api-standard/gateway.networking.k8s.io_grpcroutes.yaml',
    ...{ group: 'gateway.networking.k8s.io', version: 'v1', kind: 'GRPCRoute' },
    keep: ROUTE_FIELDS,
  },
];

/** Keywords that mean the same in a CRD and in draft-07. */
const KEPT = [
  ...[
    'type',
    'required',
    'enum',
    'pattern',
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
  ],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
];

/** Rules in CEL that are facts about one text, as patterns; the pattern never takes what the rule refuses. */
const PATTERN_OF_RULE = new Map([
  ["duration(self) >= duration('1ms')", '^(?=.*[1-9])([0-9]+(\\.[0-9]+)?(h|m|s)|[0-9]+ms)+$'],
]);

/** What a CRD leaves open and core Kubernetes knows: the field's name, and the core definition that it stands for. */
const CORE_TYPE_OF_FIELD = new Map([
  ['emptyDir', 'EmptyDirVolumeSource'],
  ['fieldRef', 'ObjectFieldSelector'],
  ['resourceFieldRef', 'ResourceFieldSelector'],
  ['securityContext', 'PodSecurityContext'],
]);

/**
 * What a CRD leaves open and the product itself is strict about: the configuration of APISIX's plugins that are emitted.
 * https://apisix.apache.org/docs/apisix/plugins/proxy-mirror/ and https://apisix.apache.org/docs/apisix/plugins/fault-injection/
 * @type {Map<string, Schema>}
 */
const OPEN_FIELDS = new Map([
  [
    'config',
    closed({
      host: { type: 'string', pattern: '^(http(s)?|grpc(s)?):\\/\\/[\\da-zA-Z.-]+(:\\d+)?$' },
      sample_ratio: { type: 'number', minimum: 0.00001, maximum: 1 },
      delay: closed({ duration: { type: 'number', minimum: 0 }, percentage: { type: 'integer', minimum: 0, maximum: 100 } }),
      abort: closed({
        http_status: { type: 'integer', minimum: 200 },
        percentage: { type: 'integer', minimum: 0, maximum: 100 },
      }),
    }),
  ],
]);

/** @param {any} definition a CustomResourceDefinition @param {CustomKind} wanted @param {string | undefined} source @returns {Schema} */
export function distillCustomKind(definition, { file, group, version, kind, keep }, source) {
  const served = definition.spec.versions.find((/** @type {any} */ v) => v.name === version && v.served);
  if (served === undefined) throw new Error(`${kind} of ${group} has no version ${version}`);
  const { spec } = served.schema.openAPIV3Schema.properties;
  const wanted = keep === undefined ? spec : pruned(spec, keep.map(path => path.split('.')));
  const { fields, definitions } = share({ spec: distill(wanted, 'spec') });
  const core = coreDefinitions([...CORE_TYPE_OF_FIELD.values()].filter(name => mentions(name, fields, definitions)));
  const metadata = metadataDefinitions(group, kind, mentions('TemplateMeta', fields, definitions));
  const twice = Object.keys({ ...core, ...metadata }).find(name => name in definitions);
  if (twice !== undefined) throw new Error(`two definitions are called ${twice}`);
  return kindSchema({
    apiVersion: `${group}/${version}`,
    kind,
    source: source ?? file,
    fields,
    definitions: { ...definitions, ...core, ...metadata },
  });
}

/** A node with the fields of some paths only. @param {any} node of an OpenAPI v3 schema @param {string[][]} paths @returns {any} */
function pruned(node, paths) {
  if (paths.some(path => path.length === 0)) return node;
  if (node.type === 'array') return { ...node, items: pruned(node.items, paths) };
  const names = [...new Set(paths.map(([name]) => name))];
  const properties = names.map(name => {
    if (node.properties?.[name] === undefined) throw new Error(`no field ${name} is declared`);
    const below = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    return [name, pruned(node.properties[name], below)];
  });
  return { ...withoutConditions(node), properties: Object.fromEntries(properties) };
}

/** A node without combinations that look at values: they are about fields that are not kept. @param {any} node @returns {any} */
function withoutConditions(node) {
  const conditional = ['oneOf', 'anyOf', 'allOf'].filter(word => JSON.stringify(node[word] ?? '').includes('"properties"'));
  return Object.fromEntries(Object.entries(node).filter(([word]) => !conditional.includes(word)));
}

/** @param {any} node of an OpenAPI v3 schema @param {string} key the field under which it stands @returns {Schema} */
function distill(node, key) {
  if (key === 'metadata' && node.properties?.labels !== undefined) return reference('TemplateMeta');
  if (node['x-kubernetes-preserve-unknown-fields'] === true) return openField(node, key);
  /** @type {Schema} */
  const schema = Object.fromEntries(KEPT.filter(word => word in node).map(word => [word, node[word]]));
  for (const [bound, exclusive] of [['minimum', 'exclusiveMinimum'], ['maximum', 'exclusiveMaximum']]) {
    // OpenAPI 3.0 says there whether the bound itself is one too many; draft-07 says the bound.
    if (typeof schema[exclusive] !== 'boolean') continue;
    const { [bound]: value, [exclusive]: outside } = schema;
    delete schema[outside ? bound : exclusive];
    if (outside) schema[exclusive] = value;
  }
  if (node['x-kubernetes-int-or-string'] === true) return { ...schema, type: ['integer', 'string'] };
  for (const { rule } of node['x-kubernetes-validations'] ?? []) {
    if (PATTERN_OF_RULE.has(rule)) schema.pattern = PATTERN_OF_RULE.get(rule);
  }
  const types = typesOf(node.oneOf);
  if (types !== undefined) return { ...schema, type: types };
  for (const word of ['oneOf', 'anyOf', 'allOf']) if (word in node) schema[word] = node[word].map(presence);
  return nullable(node, Object.assign(schema, below(node, key)));
}

/** The schemas of what a node holds. @param {any} node @param {string} key @returns {Schema} */
function below(node, key) {
  if (node.type === 'array') return { items: distill(node.items, key) };
  if (node.properties !== undefined) {
    const properties = Object.entries(node.properties).map(([name, value]) => [name, distill(value, name)]);
    return closed(Object.fromEntries(properties), node.required);
  }
  if (typeof node.additionalProperties === 'object') {
    return { additionalProperties: distill(node.additionalProperties, key) };
  }
  return {};
}

/** @param {any} node @param {string} key @returns {Schema} */
function openField(node, key) {
  const core = CORE_TYPE_OF_FIELD.get(key);
  if (core !== undefined) return reference(core);
  const own = OPEN_FIELDS.get(key);
  if (own !== undefined) return own;
  if (node.properties !== undefined) throw new Error(`${key} is open and has fields: say what becomes of it`);
  return { type: node.type };
}

/** The types of a value that may be of several, and nothing else is said of it. @param {any[] | undefined} choices @returns {string[] | undefined} */
const typesOf = choices =>
  choices?.every(choice => Object.keys(choice).join() === 'type') ? choices.map(({ type }) => type) : undefined;

/** Which fields may stand together: structure without fields of its own. @param {any} node @returns {Schema} */
function presence(node) {
  const words = Object.keys(node);
  const odd = words.find(word => !['required', 'not', 'oneOf', 'anyOf', 'allOf'].includes(word));
  if (odd !== undefined) throw new Error(`"${odd}" inside of a combination: say what becomes of it`);
  const entry = (/** @type {string} */ word) =>
    word === 'required' ? node[word] : word === 'not' ? presence(node[word]) : node[word].map(presence);
  return Object.fromEntries(words.map(word => [word, entry(word)]));
}

/** @param {any} node @param {Schema} schema @returns {Schema} */
function nullable(node, schema) {
  if (node.nullable !== true) return schema;
  return { ...schema, type: [schema.type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}

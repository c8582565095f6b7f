import { FEATURES, type Feature, type Support } from '../model/capabilities.ts';
import type { Provider } from '../model/provider.ts';

/** What each feature is called in the table. */
const NAMES: { readonly [feature in Feature]: string } = {
  split: 'weighted split',
  'split.several': 'more than two versions',
  'match.headers': 'match by header',
  'match.headers.several': '… several headers at once',
  'match.headers.prefix': '… by the beginning of a header',
  'match.headers.present': '… by a header, whatever it holds',
  'match.cookies': 'match by cookie',
  'match.cookies.several': '… several cookies at once',
  'match.path': 'match by path',
  'match.path.below': '… below a path, without the path itself',
  'match.method': 'match by method',
  'match.method.prefix': '… by the beginning of a method',
  'match.query': 'match by query',
  'match.query.prefix': '… by the beginning of a parameter',
  'match.query.present': '… by a parameter, whatever it holds',
  'match.grpc': 'match by gRPC service and method',
  'match.regex': 'match by regex',
  'rules.several': 'several rules, in order',
  'rules.split': 'a split of the requests of a rule',
  'rules.mirror': 'a mirror of the requests of a rule',
  mirror: 'mirror',
  'mirror.several': 'mirror to several versions',
  'fault.delay': 'fault: delay',
  'fault.abort': 'fault: abort',
  'route.hosts': 'hosts',
  'route.hosts.several': '… several of them',
  'route.hosts.wildcard': '… every host below a domain',
  'route.gateways': 'gateways',
  'route.path': 'path of the route',
  'route.rewrite': 'rewrite',
  'route.timeout': 'timeout',
  'route.retries': 'retries',
  'route.retries.perTryTimeout': '… time of each try',
  'route.outlierDetection': 'outlier detection',
  'route.circuitBreaker': 'circuit breaker',
  'route.circuitBreaker.maxConnections': '… connections',
  'route.circuitBreaker.maxPendingRequests': '… waiting requests',
  'route.circuitBreaker.maxRequests': '… requests under way',
  'route.loadBalancing': 'load balancing',
  'route.loadBalancing.round-robin': '… in turns',
  'route.loadBalancing.random': '… at random',
  'route.loadBalancing.least-request': '… by the fewest requests',
  'route.loadBalancing.hash': 'load balancing by hash',
  'route.loadBalancing.hash.header': '… of a header',
  'route.loadBalancing.hash.cookie': '… of a cookie',
  'surge.gradual': '`surge: gradual`',
  'version.service': 'versions that are existing Services',
  'version.pods': 'versions that run an image',
  'workload.drain': 'drain',
  'workload.autoscale': 'autoscaling by CPU (`autoscale`)',
  'workload.template': 'pods from a template',
  'ports.several': 'several ports',
  'ports.tcp': 'TCP ports',
};

/** `docs/providers.md`: who can do what, and what to do instead, as the compiler itself knows it. */
export function providerPage(providers: readonly Provider[]): string {
  return [
    '# Providers',
    '<!-- Written by `npm run build` from src/providers/*/capabilities.ts; do not edit. -->',
    'Yes means exactly. What a provider cannot do exactly is refused, with these words; nothing is dropped in silence.',
    summaryTable(providers),
    '## Every feature',
    capabilityTable(providers),
    ...providers.map(notes),
  ]
    .join('\n\n')
    .concat('\n');
}

/** What is asked for first, and under which word it stands in the table. */
const MAIN: readonly (readonly [word: string, feature: Feature])[] = [
  ['header', 'match.headers'],
  ['cookie', 'match.cookies'],
  ['path', 'match.path'],
  ['query', 'match.query'],
  ['mirror', 'mirror'],
  ['faults', 'fault.abort'],
  ['timeout', 'route.timeout'],
  ['retries', 'route.retries'],
  ['outliers', 'route.outlierDetection'],
  ['limits', 'route.circuitBreaker'],
  ['balancing', 'route.loadBalancing'],
];

/** Providers against what is asked for first. */
export function summaryTable(providers: readonly Provider[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = providers.map(({ name, capabilities: { features } }) => [
    name,
    splitWords(features.split, features['split.several'].can),
    ...MAIN.map(([, feature]) => (features[feature].can ? 'yes' : '–')),
  ]);
  const heads = ['provider', 'split', ...MAIN.map(([word]) => word)];
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

const splitWords = (split: Support, several: boolean): string =>
  `${split.can ? `${(split.limit?.step ?? 1) / 100} %` : '–'}${several ? '' : ', two versions'}`;

/** Features against providers. */
export function capabilityTable(providers: readonly Provider[]): string {
  const names = providers.map(provider => provider.name);
  const rows = FEATURES.map(feature => [
    NAMES[feature],
    ...providers.map(p => answer(p.capabilities.features[feature])),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(['', ...names]), line(['---', ...names.map(() => '---')]), ...rows.map(line)].join('\n');
}

const answer = (support: Support): string => (support.can ? `yes${limitWords(support)}` : 'no');

function limitWords(support: Extract<Support, { can: true }>): string {
  const step = support.limit?.step;
  return step === undefined ? '' : `, steps of ${step / 100} %`;
}

function notes({ name, capabilities }: Provider): string {
  const lines = FEATURES.flatMap(feature => {
    const support = capabilities.features[feature];
    const text = support.can ? support.note : support.instead;
    return text === undefined ? [] : [`- **${NAMES[feature]}**: ${text}`];
  });
  return [`## ${name}`, '', ...lines].join('\n');
}

import fc from 'fast-check';
import type {
  AutoscaleSpec,
  ConfigSpec,
  FaultSpec,
  MatchSpec,
  PercentSpec,
  Rollout,
  RouteSpec,
  RuleSpec,
  StepSpec,
  TextSpec,
  WorkloadSpec,
} from '../../src/model/rollout.ts';

/** Random rollouts that are right: the compiler must take every one of them. */
export const PROVIDER_NAMES = ['kubernetes', 'knative', 'istio'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

const VERSIONS = ['v1', 'v2', 'v10', 'green'] as const;

const record = <T extends object>(
  arbs: { [K in keyof T]: fc.Arbitrary<T[K]> },
  required: (keyof T)[] = [],
): fc.Arbitrary<T> => fc.record(arbs, { requiredKeys: required as never }) as fc.Arbitrary<T>;

const word = fc.constantFrom(
  'jason',
  'a b',
  'on',
  '0o14',
  '1_000',
  '.*',
  'ü',
  'x=y',
  '(?:)',
  "it's",
  '"q"',
  'a;b',
  'null',
  '12:30:45',
  '^$',
);
const regex = fc.constantFrom('[a-z]+', 'a|b', '.*canary.*', '\\d{3}');
const text: fc.Arbitrary<TextSpec> = fc.oneof(
  word,
  word.map(exact => ({ exact })),
  word.map(prefix => ({ prefix })),
  regex.map(r => ({ regex: r })),
  fc.constant({ present: true as const }),
);
const cookieWord = word.filter(w => !/[;,\s]/.test(w));
const cookieText: fc.Arbitrary<TextSpec> = fc.oneof(
  cookieWord,
  cookieWord.map(exact => ({ exact })),
  cookieWord.map(prefix => ({ prefix })),
  fc.constantFrom('[a-z]+', 'a|b', '\\d{3}', 'x\\.y').map(r => ({ regex: r })),
  fc.constant({ present: true as const }),
);
const named = (names: string[]): fc.Arbitrary<{ [name: string]: TextSpec }> =>
  fc.dictionary(fc.constantFrom(...names), text, { minKeys: 1, maxKeys: 2 });

const path = (routePath: string): fc.Arbitrary<TextSpec> => {
  const inside = fc
    .constantFrom('/cart', '/cart/items', '/')
    .map(p => (routePath === '/' ? p : `${routePath}${p === '/' ? '' : p}`));
  const plain = fc.oneof(
    inside,
    inside.map(exact => ({ exact })),
    inside.map(prefix => ({ prefix })),
  );
  return routePath === '/' ? fc.oneof(plain, fc.constant({ regex: '/v[0-9]+/.*' })) : plain;
};

const match = (routePath: string): fc.Arbitrary<MatchSpec> =>
  record<MatchSpec>({
    headers: named(['end-user', 'X-Canary', 'on', '1_000']),
    cookies: fc.dictionary(fc.constantFrom('beta', 'a.b', 'y'), cookieText, { minKeys: 1, maxKeys: 1 }),
    query: named(['debug', 'n']),
    path: path(routePath),
    method: fc.oneof(
      fc.constantFrom<TextSpec>('GET', 'POST', { prefix: 'P' }),
      fc.constant<TextSpec>({ present: true }),
    ),
  }).filter(m => Object.keys(m).length > 0);

const percent = (step: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: max / step }).map(n => round(n * step));
const round = (value: number): number => Math.round(value * 100) / 100;

/** Percentages in whole steps that total 100. */
const split = (versions: readonly string[], step: number): fc.Arbitrary<PercentSpec> =>
  fc
    .tuple(
      fc.shuffledSubarray([...versions], { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 100 / step }), { minLength: 4, maxLength: 4 }),
    )
    .map(([chosen, cuts]) => {
      const bounds = [0, ...cuts.slice(0, chosen.length - 1).sort((a, b) => a - b), 100 / step];
      return Object.fromEntries(chosen.map((version, i) => [version, round((bounds[i + 1]! - bounds[i]!) * step)]));
    });

const fault: fc.Arbitrary<FaultSpec> = record<FaultSpec>({
  delay: record({ duration: fc.constantFrom('5s', '250ms', '1m30s'), percent: percent(0.01, 100) }, ['duration']),
  abort: record({ status: fc.constantFrom(503, 404), percent: percent(0.5, 100) }, ['status']),
}).filter(f => Object.keys(f).length > 0);

const mirror = (traffic: PercentSpec, versions: readonly string[]): fc.Arbitrary<PercentSpec> => {
  const free = versions.filter(v => (traffic[v] ?? 0) !== 100);
  return free.length === 0
    ? fc.constant({})
    : fc.dictionary(fc.constantFrom(...free), percent(0.01, 100), { maxKeys: 2 });
};

const meshRule = (versions: readonly string[], routePath: string): fc.Arbitrary<RuleSpec> =>
  split(versions, 0.01).chain(traffic =>
    record<RuleSpec>(
      {
        match: fc.array(match(routePath), { minLength: 1, maxLength: 3 }),
        traffic: fc.constant(traffic),
        mirror: mirror(traffic, versions),
        fault,
      },
      ['match', 'traffic'],
    ),
  );

interface Scope {
  readonly versions: readonly string[];
  readonly routePath: string;
  readonly rules: { readonly [name: string]: RuleSpec };
}

/** Conditions that not every request meets, each by its place in a request. */
const conditionsOf = ({ path, method, headers, cookies, query }: MatchSpec): ReadonlyMap<string, TextSpec> => {
  const named = Object.entries({ headers, cookies, query }).flatMap(([part, texts]) =>
    Object.entries(texts ?? {}).map(([name, found]) => [`${part} ${name}`, found] as const),
  );
  const whole = [['path', path] as const, ['method', method] as const].flatMap(([name, found]) =>
    found === undefined || (typeof found !== 'string' && ('prefix' in found || 'present' in found))
      ? []
      : [[name, found] as const],
  );
  return new Map([...named, ...whole]);
};

/** Whether some requests of `b` are certainly none of `a`: `a` asks for more, or for another text. */
function asksElse(a: MatchSpec, b: MatchSpec): boolean {
  const given = conditionsOf(b);
  return [...conditionsOf(a)].some(([name, asked]) => {
    const other = given.get(name);
    return other === undefined || (typeof asked === 'string' && typeof other === 'string' && asked !== other);
  });
}

/** The rules that every one before leaves some requests: one that would never get any is no right rule. */
const withoutShadowed = (names: readonly string[], rules: Scope['rules']): readonly string[] =>
  names.filter((name, index) =>
    rules[name]!.match.some(own =>
      names.slice(0, index).every(before => rules[before]!.match.every(other => asksElse(other, own))),
    ),
  );

/** The rules as given or turned round, whichever keeps more of them. */
function inSomeOrder(names: readonly string[], rules: Scope['rules']): string[] {
  const [given, turned] = [names, [...names].reverse()].map(order => withoutShadowed(order, rules));
  return [...(given!.length >= turned!.length ? given! : turned!)];
}

const pause = fc.constantFrom('1h', '15m', '7d');

const meshStep = ({ versions, routePath, rules }: Scope, index: number): fc.Arbitrary<StepSpec> =>
  split(versions, 0.01).chain(traffic =>
    record(
      {
        name: fc.constant(`step-${index}`),
        traffic: fc.constant(traffic),
        mirror: mirror(traffic, versions),
        fault,
        pause,
        rules: fc.oneof(
          fc.shuffledSubarray(Object.keys(rules)).map(names => inSomeOrder(names, rules)),
          meshRule(versions, routePath).map(rule => [{ name: 'inline', ...rule }]),
        ),
      },
      ['name', 'traffic'],
    ),
  ) as fc.Arbitrary<StepSpec>;

const shorthand = (to: string, index: number, routePath: string): fc.Arbitrary<StepSpec> =>
  fc.oneof(
    fc
      .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 })
      .map(weights => ({ canary: { to, weights: weights.sort((a, b) => a - b), name: `c${index}` } })),
    fc.boolean().map(preview => ({ blueGreen: { to, preview, name: `bg${index}` } })),
    fc
      .array(match(routePath), { minLength: 1, maxLength: 2 })
      .map(m => ({ abTest: { to, match: m, name: `ab${index}` } })),
    fc.integer({ min: 1, max: 100 }).map(p => ({ shadow: { to, percent: p, name: `sh${index}` } })),
  );

const route = (routePath: string): fc.Arbitrary<RouteSpec> =>
  record<RouteSpec>({
    hosts: fc.constantFrom(['shop'], ['shop', 'shop.example.com'], ['shop.prod.svc.cluster.local']),
    gateways: fc.constantFrom(['mesh'], ['mesh', 'istio-ingress/public']),
    rewrite: fc.constant('/v2'),
    timeout: fc.constantFrom('10s', '2500ms', '1m'),
    retries: record(
      {
        attempts: fc.integer({ min: 0, max: 5 }),
        perTryTimeout: fc.constantFrom('2s', '500ms'),
        retryOn: fc.constant(['5xx', 'connect-failure']),
      },
      ['attempts'],
    ),
    outlierDetection: record({
      consecutiveErrors: fc.integer({ min: 1, max: 9 }),
      interval: fc.constant('5s'),
      maxEjectionPercent: fc.integer({ min: 1, max: 100 }),
    }),
    circuitBreaker: record({
      maxConnections: fc.integer({ min: 1, max: 99 }),
      maxPendingRequests: fc.integer({ min: 1, max: 99 }),
      maxRequests: fc.integer({ min: 1, max: 99 }),
    }).filter(c => Object.keys(c).length > 0),
    loadBalancing: fc.oneof(
      fc.constantFrom('round-robin' as const, 'random' as const, 'least-request' as const),
      fc.constant({ hash: { header: 'X-User' } }),
      fc.constant({ hash: { cookie: 'sid' } }),
    ),
  }).map(r => (routePath === '/' ? r : { ...r, path: routePath }));

const env = fc
  .tuple(
    fc.dictionary(fc.constantFrom('LOG_LEVEL', 'MODE', 'Z'), fc.oneof(word, fc.constant('multi\nline\n')), {
      maxKeys: 3,
    }),
    fc.boolean(),
  )
  // A variable that stands before the one that it refers to by name only.
  .map(([plain, refers]) => (refers ? { ...plain, A_REF: '$(Z)/x' } : plain));

const autoscale = record<AutoscaleSpec>(
  { min: fc.integer({ min: 1, max: 4 }), max: fc.integer({ min: 4, max: 30 }), cpu: fc.integer({ min: 1, max: 200 }) },
  ['min', 'max'],
);

/** File names that numbers and words of YAML would be, too; a folder apart from /tmp. */
const config = record<ConfigSpec>(
  {
    mountPath: fc.constantFrom('/config', '/etc/shop/'),
    files: fc.dictionary(
      fc.constantFrom('app.yaml', '10', 'on', '.hidden'),
      fc.oneof(word, fc.constantFrom('', 'a: 1\nb:\n  - "x"\n', '  indented\n\n')),
      { minKeys: 1, maxKeys: 3 },
    ),
  },
  ['files'],
);

const version = (index: number): fc.Arbitrary<Rollout['spec']['versions'][string]> =>
  record(
    {
      image: fc.constant(`registry.example.com/shop:${index}.0.0@sha256:${'ab'.repeat(32)}`),
      env,
      args: fc.constant(['--on', '0o14']),
      annotations: fc.constant({ 'example.com/on': 'yes' }),
      serviceAccount: fc.constant('shop-robot'),
      startup: fc.constant({ path: '/started', period: '2s' }),
      liveness: fc.constant({ grpc: true as const }),
      readiness: fc.constant({ exec: ['/bin/ready', 'on'] }),
      writable: fc.constantFrom([], ['/tmp', '/var/cache/']),
      config,
    },
    ['image'],
  );

/** A template that random versions name, by its path from the root. */
export const TEMPLATES: { readonly [path: string]: string } = {
  'rollouts/templates/shop.yaml': `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { MODE: "on" }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: shop, labels: { team: till } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { tier: web } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 3
  selector: { matchLabels: { tier: web } }
  template:
    metadata: { labels: { tier: web } }
    spec:
      serviceAccountName: shop
      containers:
        - { name: proxy, image: "registry.example.com/proxy:1.0.0" }
        - { name: shop, image: "registry.example.com/shop:0.0.0", envFrom: [{ configMapRef: { name: settings } }] }
`,
};

/** Versions that run an image, some of them in the pods of a template. */
const versionsOrTemplates = (names: readonly string[]): fc.Arbitrary<Rollout['spec']['versions']> =>
  fc
    .tuple(versionsOf(names), fc.subarray([...names]))
    .map(([specs, rendered]) =>
      Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [
          name,
          rendered.includes(name) ? { ...spec, template: 'templates/shop.yaml' } : spec,
        ]),
      ),
    );

const versionsOf = (names: readonly string[]): fc.Arbitrary<Rollout['spec']['versions']> =>
  fc
    .tuple(...names.map((_, i) => version(i)))
    .map(specs => Object.fromEntries(names.map((name, i) => [name, specs[i]!])));

/** The versions, some of them with a way of their own to say how many pods run. */
const sizedBy = (
  specs: Rollout['spec']['versions'],
  ways: { readonly [version: string]: Pick<WorkloadSpec, 'replicas' | 'autoscale'> },
): Rollout['spec']['versions'] =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, ...ways[name] }]));

const ownSize = (versions: readonly string[]): fc.Arbitrary<{ [version: string]: WorkloadSpec }> =>
  fc.dictionary(
    fc.constantFrom(...versions),
    fc.oneof(
      autoscale.map(a => ({ autoscale: a })),
      fc.integer({ min: 1, max: 9 }).map(replicas => ({ replicas })),
    ),
    { maxKeys: 2 },
  );

const named_ = { name: 'shop', namespace: 'prod' };
/** Without mirrors that mirror to nobody. */
const tidy = (spec: object): object =>
  JSON.parse(
    JSON.stringify(spec, (key, value) => (key === 'mirror' && Object.keys(value).length === 0 ? undefined : value)),
  );

const rollout = (spec: object, peak?: Peak): Rollout =>
  withCapacity(
    withoutClashes({
      apiVersion: 'surefoot.dev/v1',
      kind: 'Rollout',
      metadata: named_,
      spec: tidy(spec),
    } as unknown as Rollout),
    peak,
  );

/** A load that the pods of a random rollout carry; with a slack of 1 no pod is to spare. Absent: none is written. */
interface Peak {
  readonly peakRps: number;
  readonly slack: number;
  /** Whether the two numbers stand in two layers. */
  readonly apart: boolean;
}

const peak: fc.Arbitrary<Peak | undefined> = fc.option(
  fc.record({
    peakRps: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(0.5, 12.75)),
    slack: fc.constantFrom(1, 1.5, 20),
    apart: fc.boolean(),
  }),
  { nil: undefined, freq: 2 },
);

/** Writes a capacity that fits the pods of each version. Where there are mirrors, a version may get everything twice. */
function withCapacity(made: Rollout, load: Peak | undefined): Rollout {
  if (load === undefined) return made;
  const { workload, versions, knative: knativeOptions } = made.spec;
  const { peakRps, slack, apart } = load;
  const most = JSON.stringify(made.spec).includes('"mirror"') || JSON.stringify(made.spec).includes('"shadow"') ? 2 : 1;
  const podsOf = ({ replicas, autoscale: own }: WorkloadSpec): number | undefined => own?.min ?? replicas;
  const { maxScale } = (knativeOptions ?? {}) as { maxScale?: number };
  const entries = Object.entries(versions).map(([name, own]) => {
    if (own.service !== undefined) return [name, own];
    const pods = maxScale ?? podsOf(own) ?? podsOf(workload ?? {}) ?? 1;
    const rpsPerPod = (peakRps * most * slack) / pods;
    return [name, { ...own, capacity: apart ? { rpsPerPod } : { rpsPerPod, peakRps } }];
  });
  const shared = apart ? { workload: { ...workload, capacity: { peakRps } } } : {};
  return { ...made, spec: { ...made.spec, ...shared, versions: Object.fromEntries(entries) } };
}

/** Without templates of versions that ask for an autoscaler or files of their own. */
function withoutClashes(made: Rollout): Rollout {
  const { workload, versions } = made.spec;
  const entries = Object.entries(versions).map(([name, { template, ...own }]) => {
    const all = { ...workload, ...own };
    const clashes = all.autoscale !== undefined || all.config !== undefined;
    return [name, template === undefined || clashes ? own : { ...own, template }];
  });
  return { ...made, spec: { ...made.spec, versions: Object.fromEntries(entries) } };
}

const tape = (count: number, make: (index: number) => fc.Arbitrary<StepSpec>): fc.Arbitrary<StepSpec[]> =>
  fc
    .integer({ min: 0, max: count })
    .chain(n => fc.tuple(...Array.from({ length: n }, (_, i) => make(i)))) as fc.Arbitrary<StepSpec[]>;

/** Ports of an HTTP service; several of them only where no gateway leads to it. */
const meshPorts: fc.Arbitrary<Pick<Rollout['spec'], 'ports'>> = record({
  ports: fc.constantFrom(
    [{ name: 'http', port: 9080 }],
    [{ name: 'grpc-api', port: 9000, targetPort: 9001 }],
    [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'admin', port: 81, targetPort: 8080, protocol: 'http2' as const },
    ],
  ),
});

const istio: fc.Arbitrary<Rollout> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('/', '/api'), fc.boolean())
  .chain(([count, routePath, gradual]) => {
    const versions = VERSIONS.slice(0, count);
    return fc
      .dictionary(fc.constantFrom('testers', 'staff'), meshRule(versions, routePath), { maxKeys: 2 })
      .chain(rules => {
        const scope = { versions, routePath, rules };
        const last = versions.at(-1)!;
        const steps = tape(4, i =>
          count > 1 && i === 0 ? fc.oneof(meshStep(scope, i), shorthand(last, i, routePath)) : meshStep(scope, i),
        );
        return fc
          .record({
            steps,
            specs: versionsOrTemplates(versions),
            route: route(routePath),
            workload: fc.oneof(
              fc.record({ replicas: fc.integer({ min: 1, max: 20 }) }),
              fc.record({ autoscale }),
              fc.record({ replicas: fc.integer({ min: 1, max: 20 }), config }),
            ),
            sizes: ownSize(versions),
            services: fc.boolean(),
            ports: meshPorts,
            peak,
            // The last version is somebody else's Service.
            foreign: fc.boolean(),
            stable: fc.constantFrom(...versions.slice(0, Math.max(1, count - 1))),
          })
          .map(r =>
            rollout(
              {
                provider: 'istio',
                stable: r.stable,
                surge: gradual ? 'gradual' : 'full',
                workload: r.workload,
                versions: r.foreign
                  ? { ...sizedBy(r.specs, r.sizes), [last]: { service: 'legacy' } }
                  : sizedBy(r.specs, r.sizes),
                ...(r.route.gateways?.some(gateway => gateway !== 'mesh') ? {} : r.ports),
                route: matchesPaths(rules, r.steps) ? withoutRewrite(r.route) : r.route,
                rules,
                steps: r.steps,
                ...(r.services ? { istio: { versions: 'services' } } : {}),
              },
              r.peak,
            ),
          );
      });
  });

/** Paths of rules and a rewrite exclude each other. */
function withoutRewrite({ rewrite: _, ...rest }: RouteSpec): RouteSpec {
  return rest;
}
const matchesPaths = (...parts: unknown[]): boolean => JSON.stringify(parts).includes('"path":');

const plainStep = (traffic: PercentSpec, index: number): fc.Arbitrary<StepSpec> =>
  record({ name: fc.constant(`step-${index}`), traffic: fc.constant(traffic), pause }, [
    'name',
    'traffic',
  ]) as fc.Arbitrary<StepSpec>;

const knative: fc.Arbitrary<Rollout> = fc.integer({ min: 1, max: 4 }).chain(count => {
  const versions = VERSIONS.slice(0, count);
  const steps = tape(5, i => split(versions, 1).chain(traffic => plainStep(traffic, i)));
  return fc
    .record({
      steps,
      specs: versionsOf(versions),
      form: fc.constantFrom('service', 'configurations'),
      visibility: fc.constantFrom('public', 'cluster-local'),
      timeout: fc.constantFrom('10s', '5m'),
      bounds: record({ maxScale: fc.integer({ min: 5, max: 50 }), concurrency: fc.integer({ min: 1, max: 99 }) }),
      workload: record({ replicas: fc.integer({ min: 1, max: 5 }), config }),
      peak,
    })
    .map(r =>
      rollout(
        {
          provider: 'knative',
          stable: 'v1',
          versions: r.specs,
          route: { timeout: r.timeout },
          workload: r.workload,
          knative: { form: r.form, visibility: r.visibility, ...r.bounds },
          steps: r.steps,
        },
        r.peak,
      ),
    );
});

/** Shares that 12 pods of the stable version can carry beside them: 12 / (12 + n). */
const RATIOS = [4, 12, 36].map(pods => round((pods / (12 + pods)) * 100));

/** Versions that never share traffic, so that their numbers of pods are free. */
const autoscaledApart = <T>({ ratios, second }: { ratios: readonly number[]; second: boolean }, way: T) => ({
  ...(ratios.length === 0 ? { v1: way } : {}),
  ...(ratios.length === 0 && !second ? { v2: way } : {}),
});

const kubernetes: fc.Arbitrary<Rollout> = fc
  .record({
    ratios: fc.subarray(RATIOS),
    preview: fc.boolean(),
    back: fc.boolean(),
    second: fc.boolean(),
    joins: fc.boolean(),
    specs: versionsOrTemplates(VERSIONS),
    ports: fc.boolean(),
    autoscale: fc.option(autoscale, { nil: undefined }),
    peak,
  })
  .map(r =>
    rollout(
      {
        provider: 'kubernetes',
        stable: 'v1',
        workload: { replicas: 12 },
        versions: sizedBy(r.specs, r.autoscale === undefined ? {} : autoscaledApart(r, { autoscale: r.autoscale })),
        ...(r.ports
          ? {
              ports: [
                { name: 'http', port: 80, targetPort: 8080 },
                { name: 'grpc', port: 9090 },
              ],
            }
          : {}),
        steps: [
          ...(r.preview ? [{ name: 'preview', traffic: { v1: 100, v2: 0 } }] : []),
          ...r.ratios.map((share, i) => ({ name: `ratio-${i}`, traffic: { v1: round(100 - share), v2: share } })),
          ...(r.back ? [{ name: 'back', traffic: { v1: 100 } }] : []),
          { name: 'over', traffic: { v2: 100 }, pause: '1h' },
          ...(r.second
            ? [
                ...(r.joins ? [{ name: 'two', traffic: { v2: 60, v10: 40 } }] : []),
                { name: 'three', traffic: { v2: 60, v10: 20, green: 20 } },
                { name: 'last', traffic: { green: 100 } },
              ]
            : []),
        ],
      },
      r.peak,
    ),
  );

/** Random right rollouts of one provider. */
export const RANDOM: { readonly [name in ProviderName]: fc.Arbitrary<Rollout> } = { kubernetes, knative, istio };

/** Random right rollouts of any provider. */
export const anyRollout: fc.Arbitrary<Rollout> = fc.oneof(kubernetes, knative, istio);

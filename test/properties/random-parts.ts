import fc from 'fast-check';
import type {
  AutoscaleSpec,
  ConfigSpec,
  PercentSpec,
  Rollout,
  StepSpec,
  WorkloadSpec,
} from '../../src/model/rollout.ts';

export const VERSIONS = ['v1', 'v2', 'v10', 'green'] as const;

export const record = <T extends object>(
  arbs: { [K in keyof T]: fc.Arbitrary<T[K]> },
  required: (keyof T)[] = [],
): fc.Arbitrary<T> => fc.record(arbs, { requiredKeys: required as never }) as fc.Arbitrary<T>;

export const word = fc.constantFrom(
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
export const percent = (step: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: max / step }).map(n => round(n * step));
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Percentages in whole steps that total 100. */
export const split = (versions: readonly string[], step: number): fc.Arbitrary<PercentSpec> =>
  fc
    .tuple(
      fc.shuffledSubarray([...versions], { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 100 / step }), { minLength: 4, maxLength: 4 }),
    )
    .map(([chosen, cuts]) => {
      const bounds = [0, ...cuts.slice(0, chosen.length - 1).sort((a, b) => a - b), 100 / step];
      return Object.fromEntries(chosen.map((version, i) => [version, round((bounds[i + 1]! - bounds[i]!) * step)]));
    });

export const pause = fc.constantFrom('1h', '15m', '7d');

export const env = fc
  .tuple(
    fc.dictionary(fc.constantFrom('LOG_LEVEL', 'MODE', 'Z'), fc.oneof(word, fc.constant('multi\nline\n')), {
      maxKeys: 3,
    }),
    fc.boolean(),
  )
  // A variable that stands before the one that it refers to by name only.
  .map(([plain, refers]) => (refers ? { ...plain, A_REF: '$(Z)/x' } : plain));

export const autoscale = record<AutoscaleSpec>(
  { min: fc.integer({ min: 1, max: 4 }), max: fc.integer({ min: 4, max: 30 }), cpu: fc.integer({ min: 1, max: 200 }) },
  ['min', 'max'],
);

/** File names that numbers and words of YAML would be, too; a folder apart from /tmp. */
export const config = record<ConfigSpec>(
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

export const version = (index: number): fc.Arbitrary<Rollout['spec']['versions'][string]> =>
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
export const versionsOrTemplates = (names: readonly string[]): fc.Arbitrary<Rollout['spec']['versions']> =>
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

export const versionsOf = (names: readonly string[]): fc.Arbitrary<Rollout['spec']['versions']> =>
  fc
    .tuple(...names.map((_, i) => version(i)))
    .map(specs => Object.fromEntries(names.map((name, i) => [name, specs[i]!])));

/** The versions, some of them with a way of their own to say how many pods run. */
export const sizedBy = (
  specs: Rollout['spec']['versions'],
  ways: { readonly [version: string]: Pick<WorkloadSpec, 'replicas' | 'autoscale'> },
): Rollout['spec']['versions'] =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, ...ways[name] }]));

export const ownSize = (versions: readonly string[]): fc.Arbitrary<{ [version: string]: WorkloadSpec }> =>
  fc.dictionary(
    fc.constantFrom(...versions),
    fc.oneof(
      autoscale.map(a => ({ autoscale: a })),
      fc.integer({ min: 1, max: 9 }).map(replicas => ({ replicas })),
    ),
    { maxKeys: 2 },
  );

const named_ = { name: 'shop', namespace: 'prod', labels: { team: 'till' } };
/** Without mirrors that mirror to nobody. */
const tidy = (spec: object): object =>
  JSON.parse(
    JSON.stringify(spec, (key, value) => (key === 'mirror' && Object.keys(value).length === 0 ? undefined : value)),
  );

export const rollout = (spec: object, peak?: Peak): Rollout =>
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
export interface Peak {
  readonly peakRps: number;
  readonly slack: number;
  /** Whether the two numbers stand in two layers. */
  readonly apart: boolean;
}

export const peak: fc.Arbitrary<Peak | undefined> = fc.option(
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

export const tape = (count: number, make: (index: number) => fc.Arbitrary<StepSpec>): fc.Arbitrary<StepSpec[]> =>
  fc
    .integer({ min: 0, max: count })
    .chain(n => fc.tuple(...Array.from({ length: n }, (_, i) => make(i)))) as fc.Arbitrary<StepSpec[]>;

import type { Path } from '../diagnostics/finding.ts';
import type { Feature } from '../model/capabilities.ts';
import type {
  FaultSpec,
  MatchSpec,
  PercentSpec,
  PlainStepSpec,
  RolloutSpec,
  RuleSpec,
  StepSpec,
  WorkloadSpec,
} from '../model/rollout.ts';

import { toShare } from '../traffic/share.ts';
import type { WrittenSplit } from './nearest.ts';

/** A feature that a Rollout asks for, where, and the number it asks for where the feature has one (shares: basis points; not one that is too fine for them). */
export interface Use {
  readonly feature: Feature;
  readonly path: Path;
  readonly amount?: number;
  /** The split that the number is a part of, the same for all of its parts; absent: the number stands for itself. */
  readonly among?: WrittenSplit;
}

/** Everything that a Rollout asks of its provider, each place once. */
export function usesOf(spec: RolloutSpec): readonly Use[] {
  const rules = Object.entries(spec.rules ?? {});
  return [
    ...routeUses(spec),
    ...portUses(spec),
    ...workloadUses(spec.workload, ['spec', 'workload']),
    ...Object.entries(spec.versions).flatMap(([name, version]) => workloadUses(version, ['spec', 'versions', name])),
    ...templateUses(spec),
    ...(spec.surge === 'gradual' ? [use('surge.gradual', ['spec', 'surge'])] : []),
    ...Object.entries(spec.versions).flatMap(([name, version]) =>
      version.service === undefined
        ? [use('version.pods', ['spec', 'versions', name])]
        : [use('version.service', ['spec', 'versions', name, 'service'])],
    ),
    ...rules.flatMap(([name, rule]) => ruleUses(rule, ['spec', 'rules', name])),
    ...(spec.steps ?? []).flatMap((step, index) => stepUses(step, ['spec', 'steps', index])),
  ];
}

const use = (feature: Feature, path: Path, amount?: number, among?: WrittenSplit): Use => ({
  feature,
  path,
  ...(amount === undefined ? {} : { amount }),
  ...(among === undefined ? {} : { among }),
});

function routeUses(spec: RolloutSpec): readonly Use[] {
  const path: Path = ['spec', 'route'];
  const route = spec.route ?? {};
  const simple = (['hosts', 'gateways', 'rewrite', 'timeout', 'retries', 'outlierDetection', 'circuitBreaker'] as const)
    .filter(key => route[key] !== undefined && !(key === 'retries' && route.retries?.attempts === 0))
    .map(key => use(`route.${key}`, [...path, key]));
  const balancing = route.loadBalancing;
  return [
    ...simple,
    ...(route.path === undefined || route.path === '/' ? [] : [use('route.path', [...path, 'path'])]),
    ...(balancing === undefined
      ? []
      : [
          use(typeof balancing === 'string' ? 'route.loadBalancing' : 'route.loadBalancing.hash', [
            ...path,
            'loadBalancing',
          ]),
        ]),
  ];
}

function portUses({ ports = [] }: RolloutSpec): readonly Use[] {
  const tcp = ports.flatMap((port, i) =>
    (port.protocol ?? port.name.split('-')[0]) === 'tcp' ? [use('ports.tcp', ['spec', 'ports', i])] : [],
  );
  return [...(ports.length > 1 ? [use('ports.several', ['spec', 'ports'])] : []), ...tcp];
}

const workloadUses = (workload: WorkloadSpec | undefined, path: Path): readonly Use[] => [
  ...drainUses(workload, path),
  ...(workload?.autoscale === undefined ? [] : [use('workload.autoscale', [...path, 'autoscale'])]),
];

const drainUses = (workload: WorkloadSpec | undefined, path: Path): readonly Use[] =>
  (['drain', 'terminationGracePeriod'] as const)
    .filter(key => workload?.[key] !== undefined)
    .map(key => use('workload.drain', [...path, key]));

function templateUses({ workload, versions }: RolloutSpec): readonly Use[] {
  const own = Object.entries(versions).filter(([, version]) => version.template !== undefined);
  return [
    ...(workload?.template === undefined ? [] : [use('workload.template', ['spec', 'workload', 'template'])]),
    ...own.map(([name]) => use('workload.template', ['spec', 'versions', name, 'template'])),
  ];
}

function stepUses(step: StepSpec, path: Path): readonly Use[] {
  if ('canary' in step) {
    const { to, weights, rules } = step.canary;
    const at: Path = [...path, 'canary'];
    return [
      ...weights.flatMap((weight, i) => {
        if (weight === 0 || weight === 100) return [];
        const among = { traffic: { '': 100 - weight, [to]: weight }, weightOf: to };
        return [use('split', [...at, 'weights', i], toShare(weight), among)];
      }),
      ...inlineUses(rules, at),
    ];
  }
  if ('blueGreen' in step) return inlineUses(step.blueGreen.rules, [...path, 'blueGreen']);
  if ('abTest' in step)
    return step.abTest.match.flatMap((match, i) => matchUses(match, [...path, 'abTest', 'match', i]));
  if ('shadow' in step) return [use('mirror', [...path, 'shadow'], toShare(step.shadow.percent ?? 100))];
  return [...trafficUses(step, path), ...inlineUses(step.rules, path)];
}

const inlineUses = (rules: PlainStepSpec['rules'], path: Path): readonly Use[] =>
  (rules ?? []).flatMap((rule, i) => (typeof rule === 'string' ? [] : ruleUses(rule, [...path, 'rules', i])));

const ruleUses = (rule: RuleSpec, path: Path): readonly Use[] => [
  ...rule.match.flatMap((match, i) => matchUses(match, [...path, 'match', i])),
  ...trafficUses(rule, path),
];

interface TrafficSpec {
  readonly traffic: PercentSpec;
  readonly mirror?: PercentSpec;
  readonly fault?: FaultSpec;
}

function trafficUses(spec: TrafficSpec, path: Path): readonly Use[] {
  const positive = (percents: PercentSpec): [string, number][] =>
    Object.entries(percents).filter(([, percent]) => percent > 0);
  const split = positive(spec.traffic);
  const among = { traffic: spec.traffic };
  const mirror = positive(spec.mirror ?? {});
  return [
    ...(split.length > 1
      ? split.map(([v, percent]) => use('split', [...path, 'traffic', v], toShare(percent), among))
      : []),
    ...(split.length > 2 ? [use('split.several', [...path, 'traffic'])] : []),
    ...mirror.map(([v, percent]) => use('mirror', [...path, 'mirror', v], toShare(percent))),
    ...(mirror.length > 1 ? [use('mirror.several', [...path, 'mirror'])] : []),
    ...(spec.fault?.delay === undefined
      ? []
      : [use('fault.delay', [...path, 'fault', 'delay'], toShare(spec.fault.delay.percent ?? 100))]),
    ...(spec.fault?.abort === undefined
      ? []
      : [use('fault.abort', [...path, 'fault', 'abort'], toShare(spec.fault.abort.percent ?? 100))]),
  ];
}

function matchUses(match: MatchSpec, path: Path): readonly Use[] {
  const named = (['headers', 'cookies', 'query'] as const).flatMap(key =>
    Object.entries(match[key] ?? {}).flatMap(([name, text]) => [
      use(`match.${key}`, [...path, key, name]),
      ...regexUse(text, [...path, key, name]),
    ]),
  );
  const single = (['path', 'method'] as const).flatMap(key => {
    const text = match[key];
    return text === undefined ? [] : [use(`match.${key}`, [...path, key]), ...regexUse(text, [...path, key])];
  });
  return [...named, ...single, ...(match.grpc === undefined ? [] : [use('match.grpc', [...path, 'grpc'])])];
}

const regexUse = (text: unknown, path: Path): readonly Use[] =>
  typeof text === 'object' && text !== null && 'regex' in text ? [use('match.regex', path)] : [];

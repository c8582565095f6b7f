import type { Path } from '../diagnostics/finding.ts';
import type {
  FaultSpec,
  PercentSpec,
  PlainStepSpec,
  RolloutSpec,
  RouteSpec,
  RuleSpec,
  StepSpec,
  WorkloadSpec,
} from '../model/rollout.ts';

import { toShare } from '../traffic/share.ts';
import { belowUse, matchUses, type Use, use } from './match-uses.ts';

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

function routeUses(spec: RolloutSpec): readonly Use[] {
  const path: Path = ['spec', 'route'];
  const route = spec.route ?? {};
  const simple = (['hosts', 'gateways', 'rewrite', 'timeout', 'retries', 'outlierDetection', 'circuitBreaker'] as const)
    .filter(key => route[key] !== undefined && !(key === 'retries' && route.retries?.attempts === 0))
    .map(key => use(`route.${key}`, [...path, key]));
  return [
    ...simple,
    ...hostUses(route.hosts ?? [], [...path, 'hosts']),
    ...(route.path === undefined || route.path === '/' ? [] : [use('route.path', [...path, 'path'])]),
    ...belowUse(route.path, [...path, 'path']),
    ...(route.retries?.perTryTimeout === undefined
      ? []
      : [use('route.retries.perTryTimeout', [...path, 'retries', 'perTryTimeout'])]),
    ...LIMITS.filter(key => route.circuitBreaker?.[key] !== undefined).map(key =>
      use(`route.circuitBreaker.${key}`, [...path, 'circuitBreaker', key]),
    ),
    ...balancingUses(route.loadBalancing, [...path, 'loadBalancing']),
  ];
}

const LIMITS = ['maxConnections', 'maxPendingRequests', 'maxRequests'] as const;

const hostUses = (hosts: readonly string[], path: Path): readonly Use[] => [
  ...(hosts.length > 1 ? [use('route.hosts.several', path)] : []),
  ...hosts.flatMap((host, i) => (host.startsWith('*') ? [use('route.hosts.wildcard', [...path, i])] : [])),
];

function balancingUses(balancing: RouteSpec['loadBalancing'], path: Path): readonly Use[] {
  if (balancing === undefined) return [];
  if (typeof balancing === 'string')
    return [use('route.loadBalancing', path), use(`route.loadBalancing.${balancing}`, path)];
  const by = balancing.hash.header === undefined ? 'cookie' : 'header';
  return [
    use('route.loadBalancing', path),
    use('route.loadBalancing.hash', path),
    use(`route.loadBalancing.hash.${by}`, path),
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

const inlineUses = (rules: PlainStepSpec['rules'], path: Path): readonly Use[] => [
  ...((rules ?? []).length > 1 ? [use('rules.several', [...path, 'rules'])] : []),
  ...(rules ?? []).flatMap((rule, i) => (typeof rule === 'string' ? [] : ruleUses(rule, [...path, 'rules', i]))),
];

const ruleUses = (rule: RuleSpec, path: Path): readonly Use[] => [
  ...rule.match.flatMap((match, i) => matchUses(match, [...path, 'match', i])),
  ...(Object.values(rule.traffic).filter(percent => percent > 0).length > 1
    ? [use('rules.split', [...path, 'traffic'])]
    : []),
  ...(Object.values(rule.mirror ?? {}).some(percent => percent > 0) ? [use('rules.mirror', [...path, 'mirror'])] : []),
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

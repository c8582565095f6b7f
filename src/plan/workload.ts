import type { Path } from '../diagnostics/finding.ts';
import type { WorkloadDefaults } from '../model/default-sets.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { readDuration } from '../model/duration.ts';
import { naturally } from '../model/order.ts';
import type { Port, Probe, Workload } from '../model/plan.ts';
import type { ProbeSpec, WorkloadSpec } from '../model/rollout.ts';
import { planAutoscale } from './autoscale.ts';
import { planConfig, withoutSlash } from './config.ts';
import { seconds } from './durations.ts';
import { planEnv } from './env.ts';
import type { Report } from './report.ts';
import { planResources } from './resources.ts';
import { graceTooShort, oneProbe, tooShort } from './version-messages.ts';

/** What a workload is read against; `layer` says where a key was written. */
export interface WorkloadScope {
  readonly ports: readonly Port[];
  /** What is meant where nothing is written. */
  readonly defaults: WorkloadDefaults;
  readonly layer: (...path: readonly string[]) => Path;
  /** The name of the Rollout. */
  readonly rollout: string;
  /** Whether a value of the plain Rollout was written in surefoot.yaml. */
  readonly isOfFleet: (path: Path) => boolean;
  readonly report: Report;
}

/** A workload with every default filled in. */
export function planWorkload(spec: WorkloadSpec, scope: WorkloadScope): Workload {
  const { layer, report, defaults } = scope;
  const resources = planResources(spec, scope);
  const writable = [...new Set((spec.writable ?? defaults.writable).map(withoutSlash))];
  const drain = seconds(spec.drain ?? defaults.drain, layer('drain'), report);
  return {
    image: spec.image ?? '',
    replicas: spec.autoscale?.min ?? spec.replicas ?? defaults.replicas,
    replicasWritten: spec.replicas !== undefined,
    ...(spec.command === undefined ? {} : { command: spec.command }),
    ...(spec.args === undefined ? {} : { args: spec.args }),
    env: planEnv(spec.env ?? {}, scope),
    resources,
    readiness: planProbe('readiness', spec.readiness ?? {}, scope),
    liveness: planProbe('liveness', spec.liveness ?? {}, scope),
    ...(spec.startup === undefined ? {} : { startup: planProbe('startup', spec.startup, scope) }),
    writable,
    runAsUser: spec.runAsUser ?? defaults.runAsUser,
    ...(spec.serviceAccount === undefined ? {} : { serviceAccount: spec.serviceAccount }),
    labels: sorted(spec.labels ?? {}),
    annotations: sorted(spec.annotations ?? {}),
    drain,
    terminationGracePeriod: planGrace(spec, drain, scope),
    ...(spec.autoscale === undefined ? {} : { autoscale: planAutoscale(spec.autoscale, resources, scope) }),
    ...(spec.capacity === undefined ? {} : { capacity: spec.capacity }),
    ...(spec.config === undefined ? {} : { config: planConfig(spec.config, writable, scope) }),
  };
}

function planGrace(spec: WorkloadSpec, drain: number, { layer, report, defaults }: WorkloadScope): number {
  const text = spec.terminationGracePeriod ?? defaults.terminationGracePeriod;
  const grace = seconds(text, layer('terminationGracePeriod'), report);
  if (grace <= drain) {
    const path = spec.terminationGracePeriod === undefined ? layer('drain') : layer('terminationGracePeriod');
    report(graceTooShort({ path }, { grace: text, drain: spec.drain ?? defaults.drain }));
  }
  return grace;
}

function planProbe(name: 'readiness' | 'liveness' | 'startup', spec: ProbeSpec, scope: WorkloadScope): Probe {
  const defaults = scope.defaults[name];
  const time = (key: 'initialDelay' | 'period' | 'timeout'): number => {
    const text = spec[key];
    if (text === undefined) return defaults[key];
    const path = scope.layer(name, key);
    const value = seconds(text, path, scope.report);
    if (value === 0 && key !== 'initialDelay') scope.report(tooShort({ path }, { text }));
    return value;
  };
  return {
    ask: planAsk(name, spec, scope),
    initialDelay: time('initialDelay'),
    period: time('period'),
    timeout: time('timeout'),
    failureThreshold: spec.failureThreshold ?? defaults.failureThreshold,
  };
}

function planAsk(name: string, spec: ProbeSpec, { ports, layer, report }: WorkloadScope): Probe['ask'] {
  const ways = (['path', 'tcp', 'grpc', 'exec'] as const).filter(key => spec[key] !== undefined);
  if (ways.length > 1) report(oneProbe({ path: layer(name), on: 'key' }, { probe: name }));
  const port = spec.port ?? ports[0]?.targetPort ?? DEFAULTS.port.targetPort;
  if (spec.path !== undefined) return { kind: 'http', path: spec.path, port };
  if (spec.exec !== undefined) return { kind: 'exec', command: spec.exec };
  return { kind: spec.grpc === true ? 'grpc' : 'tcp', port };
}

const sorted = (map: { readonly [key: string]: string }): { readonly [key: string]: string } =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => naturally(a, b)));

/** Milliseconds of a pause; undefined: until someone promotes. */
export const pauseOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : readDuration(text);

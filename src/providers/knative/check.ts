import type { Finding } from '../../diagnostics/finding.ts';
import { capacityOf, podsFor } from '../../model/capacity.ts';
import { printDuration } from '../../model/duration.ts';
import { versionName } from '../../model/labels.ts';
import type { Plan, Version } from '../../model/plan.ts';
import { loadOf } from '../../traffic/load.ts';
import { FIELD_REF } from './facts.ts';
import {
  fieldRef,
  grpcPort,
  nameTaken,
  reserved,
  scaleAnnotation,
  scaleBelowPeak,
  scaleBounds,
  servicePort,
  timeoutLimit,
  timeoutSeconds,
} from './messages.ts';

/** Cluster default of `max-revision-timeout-seconds` (knative/serving config-defaults). */
const LONGEST_TIMEOUT = 600;

/** What surefoot.yaml tells about the cluster, in the shape of the schema in facts.ts. */
const factsOf = ({ cluster }: Plan) =>
  (cluster['knative'] ?? {}) as { readonly features?: readonly string[]; readonly maxRevisionTimeoutSeconds?: number };

/** What Knative cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkTimeout(plan),
  ...checkPort(plan),
  ...checkNames(plan),
  ...checkBounds(plan),
  ...checkPeak(plan),
  ...plan.versions.flatMap(version => (version.kind === 'workload' ? checkPods(plan, version) : [])),
];

function checkTimeout(plan: Plan): readonly Finding[] {
  const { timeout = 0 } = plan.route;
  const fact = factsOf(plan).maxRevisionTimeoutSeconds;
  const most = fact ?? LONGEST_TIMEOUT;
  const at = { path: ['spec', 'route', 'timeout'] };
  const params = { timeout: printDuration(timeout), seconds: Math.ceil(timeout / 1000) };
  if (params.seconds > most) {
    const known = { path: ['cluster', 'knative', 'maxRevisionTimeoutSeconds'] };
    const notes = fact === undefined ? [] : [{ at: known, text: 'the limit is written here.' }];
    return [timeoutLimit(at, { ...params, most, longest: printDuration(most * 1000) }, notes)];
  }
  if (timeout % 1000 === 0) return [];
  const nearest = [params.seconds - 1, params.seconds].filter(seconds => seconds > 0);
  return [timeoutSeconds(at, { ...params, nearest: nearest.map(seconds => printDuration(seconds * 1000)) })];
}

function checkPort({ ports }: Plan): readonly Finding[] {
  const path = ['spec', 'ports', 0];
  return ports
    .slice(0, 1)
    .flatMap(({ name, port, targetPort, protocol }) => [
      ...(name === 'http' && port === 80 ? [] : [servicePort({ path }, { name, port, targetPort, protocol })]),
      ...(protocol === 'grpc' ? [grpcPort({ path }, undefined)] : []),
    ]);
}

/** A tag is served by a Service called `<tag>-<service>`, a revision by one of its own name. */
function checkNames(plan: Plan): readonly Finding[] {
  const revisions = plan.versions.map(version => versionName(plan, version));
  return plan.versions.flatMap(version => {
    const name = `${version.name}-${plan.rollout}`;
    return revisions.includes(name)
      ? [nameTaken({ path: version.origin, on: 'key' }, { version: version.name, name })]
      : [];
  });
}

function checkBounds(plan: Plan): readonly Finding[] {
  const max = plan.options['maxScale'];
  if (typeof max !== 'number') return [];
  return plan.versions.flatMap(version => {
    const min = version.kind === 'workload' && version.workload.replicasWritten ? version.workload.replicas : 0;
    return min > max ? [scaleBounds({ path: ['spec', 'knative', 'maxScale'] }, { min, max })] : [];
  });
}

/** Versions of which maxScale allows too few pods for the peak, each with the state that needs most. */
function checkPeak({ options: { maxScale: max }, versions, states }: Plan): readonly Finding[] {
  if (typeof max !== 'number') return [];
  return versions.flatMap(version => {
    const { rpsPerPod, peakRps } = capacityOf(version) ?? {};
    if (rpsPerPod === undefined || peakRps === undefined) return [];
    const loads = states.map(({ name, rules }) => ({ state: name, share: loadOf(rules, version.name).share }));
    const most = loads.reduce((a, b) => (b.share > a.share ? b : a));
    const needed = podsFor(most.share, peakRps / rpsPerPod);
    const params = { version: version.name, ...most, max, needed, rpsPerPod, peakRps };
    return needed > max ? [scaleBelowPeak({ path: ['spec', 'knative', 'maxScale'] }, params)] : [];
  });
}

const RESERVED_ENV = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];
const RESERVED_PORTS = [8008, 8012, 8013, 8022, 9090, 9091];
const RESERVED_PATHS = ['/', '/dev', '/dev/log'];

/** What the webhook of Knative refuses in the pods of a revision. */
function checkPods(plan: Plan, { workload, origin }: Extract<Version, { kind: 'workload' }>): readonly Finding[] {
  const at = { path: origin, on: 'key' } as const;
  const taken = (what: string, known: readonly (string | number)[]): Finding =>
    reserved(at, { what, known: known.join(', ') });
  const env = workload.env.filter(v => RESERVED_ENV.includes(v.name));
  const ports = plan.ports.filter(port => RESERVED_PORTS.includes(port.targetPort));
  const paths = [...workload.writable, ...(workload.config === undefined ? [] : [workload.config.mountPath])].filter(
    path => RESERVED_PATHS.includes(path),
  );
  const annotations = Object.keys(workload.annotations).filter(key => key.startsWith('autoscaling.knative.dev/'));
  return [
    ...env.map(v => taken(`The variable ${v.name}`, RESERVED_ENV)),
    ...ports.map(port => taken(`The container port ${port.targetPort}`, RESERVED_PORTS)),
    ...paths.map(path => taken(`The path ${path}`, RESERVED_PATHS)),
    ...(plan.rollout === 'queue-proxy' ? [taken('The name queue-proxy', ['queue-proxy'])] : []),
    ...annotations.map(key => scaleAnnotation(at, { key })),
    ...(factsOf(plan).features?.includes(FIELD_REF)
      ? []
      : workload.env.filter(v => 'from' in v && v.from === 'field')
    ).map(v => fieldRef(at, { name: v.name })),
  ];
}

import type { Path } from '../diagnostics/finding.ts';
import { specFields } from './schema/rollout-schema.ts';
import { routeFields } from './schema/route.ts';
import { SHORTHANDS } from './schema/step.ts';
import { workloadFields } from './schema/workload.ts';

/** Places, in which each name that an author chose and each index is a star. */
const TOP = /^(?:spec)?$/;
const ENVIRONMENT = /^spec\.environments\.[^.]+$/;
const PODS = /^spec\.(?:workload|versions\.\*)$/;
const VERSION = /^spec\.versions\.\*$/;
const STEP = /^spec\.steps\.\*$/;
const RULE = /^spec\.rules\.\*$|\.rules\.\*$/;
const VARIABLE = /^spec\.(?:workload|versions\.\*|environments\..+\.workload)\.env\../;
const PROBE = /\.(?:readiness|liveness|startup)$/;
const ROUTE = /^spec\.route$/;
const MATCH = /\.match\.\*$/;
const SHORTHAND = /\.(?:canary|blueGreen|abTest|shadow)$/;

const IN_FULL = 'Write the traffic of every version in full, as in traffic: { v1: 90, v2: 10 }';
const IN_STEP = 'Write it in an entry of spec.steps';
const OF_SPEC = ['provider', ...Object.keys(specFields)].join(' ');
const OF_PODS = Object.keys(workloadFields).join(' ');
/** What surefoot.yaml alone says of an environment. */
const OF_FLEET = 'promotion freezes agent cluster prometheus';
const OF_ROUTE = Object.keys(routeFields).join(' ');
const OF_STEP = ['strategy', 'traffic', 'pause', ...Object.keys(SHORTHANDS)].join(' ');

/** Common slips: fields written at such a place, and what to do instead. The first that matches counts. */
const SLIPS: readonly (readonly [at: RegExp, fields: string, home: string])[] = [
  [/^$/, OF_SPEC, 'Write it under spec'],
  [/^$/, 'status', 'Delete it: the state of the cluster is not kept here'],
  [TOP, 'name namespace', 'Write it under metadata'],
  [/^metadata$/, 'annotations', 'Write it under spec.workload, for the pods'],
  [TOP, OF_PODS, 'Write it under spec.workload for all versions, or under one version'],
  [TOP, OF_ROUTE, 'Write it under spec.route'],
  [TOP, 'host gateway', 'Write hosts or gateways under spec.route, as a list'],
  [TOP, OF_STEP, IN_STEP],
  [TOP, 'mirror fault', `${IN_STEP}, or in a rule`],
  [TOP, 'match', 'Write it in a rule under spec.rules, and name the rule in a step'],
  [ENVIRONMENT, OF_FLEET, 'Write it in surefoot.yaml, under the environment of the same name'],
  [/^spec$/, OF_FLEET, 'Write it in surefoot.yaml'],
  [/^$/, 'promotion', 'Write it in surefoot.yaml, under the environment that it is about'],
  [/^defaults$/, 'freezes agent cluster prometheus', 'Write it at the top of the file, or under an environment'],
  [/^environments\.[^.]+$/, 'soak after', 'Write it under promotion, as in promotion: { after: staging, soak: 24h }'],
  [VERSION, 'traffic weight percent mirror', `${IN_STEP}, as in traffic: { v1: 90, v2: 10 }`],
  [VERSION, 'tag version', 'Write it as part of image, after a colon'],
  [VERSION, 'name', 'The key is the name of the version: delete the field'],
  [PODS, 'port ports containerPort targetPort', 'Write it under spec.ports'],
  [PODS, 'readinessProbe', 'Write readiness, as in readiness: { path: /healthz }'],
  [PODS, 'livenessProbe', 'Write liveness, as in liveness: { path: /healthz }'],
  [PODS, 'startupProbe', 'Write startup, as in startup: { path: /healthz }'],
  [PODS, 'requests limits cpu memory', 'Write it under resources, as in resources: { requests: { memory: 256Mi } }'],
  [PODS, 'serviceAccountName', 'Write serviceAccount'],
  [PODS, 'securityContext', 'Delete it: the pods are hardened anyway, and runAsUser sets the user'],
  [PODS, 'terminationGracePeriodSeconds', 'Write terminationGracePeriod with a unit, such as 30s'],
  [PODS, 'volumes volumeMounts', 'List the paths that the container may write to under writable'],
  [
    VARIABLE,
    'valueFrom',
    'Leave valueFrom out: write what it holds, as in { secretKeyRef: { name: shop, key: password } }',
  ],
  [PROBE, 'initialDelaySeconds periodSeconds timeoutSeconds', 'Leave out "Seconds" and write a unit, as in period: 5s'],
  [PROBE, 'httpGet', 'Write path and port, as in { path: /healthz, port: 8080 }'],
  [PROBE, 'tcpSocket', 'Write tcp: true, and port where it is not the first one'],
  [ROUTE, 'host', 'Write hosts, a list'],
  [ROUTE, 'gateway', 'Write gateways, a list'],
  [ROUTE, 'port ports', 'Write it under spec.ports'],
  [ROUTE, 'prefix', 'Write path'],
  [ROUTE, 'match rules', 'Write rules under spec.rules, and name them in a step'],
  [ROUTE, 'traffic weights mirror fault', IN_STEP],
  [STEP, 'weight weights setWeight', IN_FULL],
  [STEP, 'match headers cookies', 'Write a rule with it, and name the rule under rules'],
  [STEP, 'duration wait', 'Write pause, such as pause: 30m'],
  [STEP, 'replicas', 'Write it under spec.workload; the compiler scales versions by itself'],
  [STEP, 'to percent preview', 'Indent it, so that it lies within canary, blueGreen, abTest or shadow'],
  [/\.canary$/, 'weight steps', 'Write weights, a list such as [1, 5, 20, 50]'],
  [/\.shadow$/, 'weight weights', 'Write percent'],
  [SHORTHAND, 'version target', 'Write to, such as to: v2'],
  [RULE, 'headers cookies query path method grpc', 'Write it in an entry of match, as in match: [{ path: /api }]'],
  [RULE, 'weight weights to version', IN_FULL],
  [MATCH, 'header cookie params queryParams', 'Write headers, cookies or query, each a map of names'],
  [MATCH, 'uri prefix exact regex', 'Write path, as in path: { prefix: /api }'],
  [/\.abort$/, 'httpStatus code', 'Write status, such as status: 503'],
  [/\.delay$/, 'fixedDelay', 'Write duration, such as duration: 3s'],
];

/** What to do with a field that means something in another place; undefined where it means nothing anywhere. */
export function homeOf(path: Path, field: string): string | undefined {
  const place = starred(path).join('.');
  return SLIPS.find(([at, fields]) => fields.split(' ').includes(field) && at.test(place))?.[2];
}

/** Names that the author chose say nothing about the place. */
const starred = (path: Path): readonly string[] =>
  path.map((step, index) => {
    const chosen = index === 2 && path[0] === 'spec' && (path[1] === 'versions' || path[1] === 'rules');
    return chosen || typeof step === 'number' ? '*' : step;
  });

import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';
import { WHOLE } from '../../model/traffic.ts';
import { printShare } from '../../traffic/share.ts';

/** More than this the schema does not take. */
const MOST_PODS = 10_000;

/** `nearest` are the whole seconds around it. */
export const timeoutSeconds = rule<{ timeout: string; nearest: readonly string[] }>('knative/timeout-seconds', {
  what: p => `A timeout of ${p.timeout} is not a whole number of seconds.`,
  why: 'Knative counts the timeout of a revision in whole seconds.',
  fix: p => `Write ${p.nearest.map(text => `\`${text}\``).join(' or ')}.`,
});
/** `most` and `seconds`, the limit and what is asked for, in seconds. */
export const timeoutLimit = rule<{ timeout: string; most: number; longest: string; seconds: number }>(
  'knative/timeout-limit',
  {
    what: p => `A timeout of ${p.timeout} is longer than Knative takes here (${p.most} seconds).`,
    why: 'The webhook of Knative refuses a revision whose timeout is above max-revision-timeout-seconds of the cluster.',
    fix: p =>
      `Write \`${p.longest}\` or less. If config-defaults of the cluster allows more, say so in surefoot.yaml: \`cluster: { knative: { maxRevisionTimeoutSeconds: ${p.seconds} } }\`.`,
  },
);
export const servicePort = rule<{ name: string; port: number; targetPort: number; protocol: string }>('knative/port', {
  what: p =>
    `The port ${quote(p.name)} has number ${p.port}; a Knative Service answers on port 80 under the name "http".`,
  why: 'Only the port inside the container can be chosen.',
  fix: p => `Write \`{ name: http, port: 80, targetPort: ${p.targetPort}, protocol: ${p.protocol} }\`.`,
});
export const grpcPort = rule<undefined>('knative/grpc-port', {
  what: () => 'Knative does not tell gRPC from other HTTP/2.',
  why: 'The container port is marked h2c for both, so "grpc" could not be read back from the manifest.',
  fix: 'Write `protocol: http2`; gRPC works over it.',
});
export const nameTaken = rule<{ version: string; name: string }>('knative/name-taken', {
  what: p => `The tag of version ${quote(p.version)} and a revision would both be called ${quote(p.name)}.`,
  why: 'Knative keeps a Service for each tag and each revision in the same namespace; two of one name block the route (knative/serving#4206).',
  fix: 'Rename the version.',
});
export const scaleBounds = rule<{ min: number; max: number }>('knative/max-below-min', {
  what: p => `maxScale is ${p.max}, below the ${p.min} replicas that must always run.`,
  why: 'Knative refuses a revision whose upper bound is below the lower one.',
  fix: p => `Set maxScale to ${p.min} or more, or lower replicas.`,
});
/** `share`: in basis points; `needed`: pods that carry it. */
export const scaleBelowPeak = rule<{
  version: string;
  state: string;
  share: number;
  max: number;
  needed: number;
  rpsPerPod: number;
  peakRps: number;
}>('knative/max-below-peak', {
  what: p =>
    `In ${quote(p.state)} version ${quote(p.version)} gets ${p.share === WHOLE ? 'all' : `${printShare(p.share)} %`} of ${p.peakRps} requests per second, for which it needs ${p.needed} pods of ${p.rpsPerPod} each; maxScale is ${p.max}.`,
  why: 'Knative starts pods as requests need them, but never more than maxScale: at the peak requests would wait and fail.',
  fix: p =>
    p.needed > MOST_PODS
      ? `maxScale goes to ${MOST_PODS}: correct \`rpsPerPod\` or \`peakRps\`, or remove maxScale.`
      : `Write \`maxScale: ${p.needed}\` or more, or correct \`rpsPerPod\` or \`peakRps\`.`,
});
export const reserved = rule<{ what: string; known: string }>('knative/reserved', {
  what: p => `${p.what} belongs to Knative itself.`,
  why: p => `Its webhook refuses ${p.known} in a revision (knative/serving pkg/apis/serving/k8s_validation.go).`,
  fix: 'Choose another one.',
});
export const scaleAnnotation = rule<{ key: string }>('knative/scale-annotation', {
  what: p => `The annotation ${quote(p.key)} is set by hand.`,
  why: 'Bounds are checked against each other where they are written in the language; an annotation passes the check by.',
  fix: 'Use `replicas` for the least and `knative: { maxScale: … }` for the most pods; other annotations of this domain are not supported.',
});
export const fieldRef = rule<{ name: string }>('knative/field-ref', {
  what: p => `The variable ${quote(p.name)} takes its value from a field of the pod.`,
  why: 'Knative refuses that unless the cluster switches on the feature kubernetes.podspec-fieldref.',
  fix: 'Write the value, or let the application ask K_SERVICE and K_REVISION, which Knative sets. If the feature is on, say so in surefoot.yaml: `cluster: { knative: { features: [kubernetes.podspec-fieldref] } }`.',
});

/** Every mistake that only Knative knows. */
export const knativeMessages = [
  timeoutSeconds,
  timeoutLimit,
  servicePort,
  grpcPort,
  nameTaken,
  scaleBounds,
  scaleBelowPeak,
  reserved,
  scaleAnnotation,
  fieldRef,
] as const;

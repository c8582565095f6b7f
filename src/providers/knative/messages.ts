import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const timeoutSeconds = rule<{ timeout: string }>('knative/timeout-seconds', {
  what: p => `A timeout of ${p.timeout} cannot be set on a Knative revision.`,
  why: 'Knative counts it in whole seconds and refuses more than 600 unless the cluster was told otherwise.',
  fix: 'Write whole seconds from `1s` to `10m`.',
});
export const servicePort = rule<{ name: string; port: number }>('knative/port', {
  what: p =>
    `The port ${quote(p.name)} has number ${p.port}; a Knative Service answers on port 80 under the name "http".`,
  why: 'Only the port inside the container can be chosen.',
  fix: p => `Write \`{ name: http, port: 80, targetPort: ${p.port} }\`.`,
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

/** Every mistake that only Knative knows. */
export const knativeMessages = [timeoutSeconds, servicePort, grpcPort, nameTaken, scaleBounds] as const;

import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { ProbeSpec } from '../../model/rollout.ts';
import { duration, portNumber } from './amounts.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, integer, listOf, onlyTrue, prose, record, text } from './shapes.ts';

/** What the kubelet asks, and what an answer or silence leads to. */
const PURPOSE = {
  readiness: 'Whether a pod may get requests. Absent: a TCP connection to its port must succeed',
  liveness: 'Whether a pod must be restarted. Absent: a TCP connection to its port must succeed',
  startup: 'Whether a slow pod has come up; the other two probes wait for it. Absent: there is none',
};

/** The schema of one of the three probes; at most one of path, tcp, grpc or exec is written. */
export const probe = (purpose: keyof typeof PURPOSE): JsonSchema => {
  const seconds = DEFAULTS[purpose];
  const { initialDelay, period, timeout, failureThreshold } = seconds;
  return record(
    {
      path: text(PATTERNS.probePath, 1024, {
        description: 'HTTP GET on this path must answer with a status from 200 to 399.',
        examples: ['/healthz'],
      }),
      tcp: onlyTrue('A TCP connection must succeed.'),
      grpc: onlyTrue('The gRPC health service must answer SERVING.'),
      exec: listOf(prose(4096, { description: 'The program or one of its arguments.' }), {
        description: 'This command, run in the container, must end with 0.',
        min: 1,
        max: 64,
        examples: [['cat', '/tmp/ready']],
      }),
      port: portNumber("Port that is asked; absent: the first port's targetPort."),
      initialDelay: duration(
        `Wait before the first question, in whole seconds; absent: ${initialDelay}s.`,
        `${initialDelay}s`,
      ),
      period: duration(`Time between two questions, in whole seconds; absent: ${period}s.`, `${period}s`),
      timeout: duration(`How long an answer may take, in whole seconds; absent: ${timeout}s.`, `${timeout}s`),
      failureThreshold: integer(1, 1000, {
        description: `How many failures in a row count; absent: ${failureThreshold}.`,
        default: failureThreshold,
      }),
    } satisfies FieldsOf<ProbeSpec>,
    {
      description: `${PURPOSE[purpose]}. One of path, tcp, grpc or exec; none of them: tcp.`,
      examples: [{ path: '/healthz' }],
    },
  );
};

import { DEFAULTS } from '../../model/defaults.ts';
import type { PortProtocol } from '../../model/plan.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { PortSpec } from '../../model/rollout.ts';
import { portNumber } from './amounts.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, listOf, record, text, word } from './shapes.ts';

const PROTOCOLS: readonly PortProtocol[] = ['http', 'http2', 'grpc', 'tcp'];

const port = record(
  {
    name: text(PATTERNS.portName, 15, {
      description: 'Name of the port; its first part may tell the protocol, as in grpc-web.',
      examples: [DEFAULTS.port.name],
    }),
    port: portNumber('The port that clients call.'),
    targetPort: portNumber('The port that the pods listen on; absent: the same as port.'),
    protocol: word(PROTOCOLS, {
      description: 'What is spoken on it; absent: what the name begins with, else http.',
      examples: [DEFAULTS.port.protocol],
    }),
  } satisfies FieldsOf<PortSpec>,
  { description: 'A port of the service.', required: ['name', 'port'], examples: [{ name: 'http', port: 80 }] },
);

/** `spec.ports`. */
export const ports: JsonSchema = listOf(port, {
  description: `The ports of the service, the main one first; absent: one port ${DEFAULTS.port.name}, ${DEFAULTS.port.port} to ${DEFAULTS.port.targetPort}.`,
  min: 1,
  max: 16,
  default: [DEFAULTS.port],
});

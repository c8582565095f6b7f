import type { PortSpec } from '../model/rollout.ts';
import { PATTERNS } from '../read/schema/patterns.ts';
import { numberIn, objectOf, textIn } from './foreign.ts';
import type { LeftOut } from './left-out.ts';

/** Ports that a Rollout can say. */
export interface TakenPorts {
  readonly ports: readonly PortSpec[];
  /** Numbers of all ports by their name, also of those that were not taken over: probes refer to them. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly left: readonly LeftOut[];
}

const LONGEST_NAME = 15;
const TELLING = /^(?:http|http2|grpc|tcp)(?:-|$)/;

/** Takes over the ports of a container; clients are given the same numbers, because a Deployment does not say what they call. */
export function takePorts(list: readonly unknown[]): TakenPorts {
  const ports: PortSpec[] = [];
  const left: LeftOut[] = [];
  const numbers = new Map<string, number>();
  for (const entry of list.map(objectOf)) {
    const [written, port] = [textIn(entry, 'name'), numberIn(entry, 'containerPort')];
    const transport = textIn(entry, 'protocol') ?? 'TCP';
    if (written !== undefined && port !== undefined) numbers.set(written, port);
    const why =
      port === undefined
        ? 'it has no containerPort'
        : !Number.isInteger(port) || port < 1 || port > 65_535
          ? 'its number is no port'
          : transport !== 'TCP'
            ? `${transport} is not routed`
            : ports.some(other => other.port === port)
              ? 'the same number stands above'
              : undefined;
    if (why !== undefined || port === undefined) left.push({ what: `port ${written ?? port ?? '?'}`, why: why ?? '' });
    else ports.push(portOf(written, port, ports));
  }
  return { ports, numbers, left };
}

/** A name that does not tell the protocol is read as HTTP, and the file says so. */
function portOf(written: string | undefined, port: number, before: readonly PortSpec[]): PortSpec {
  const fits =
    written !== undefined &&
    written.length <= LONGEST_NAME &&
    new RegExp(PATTERNS.portName.source).test(written) &&
    before.every(other => other.name !== written);
  const name = fits ? written : before.length === 0 ? 'http' : `http-${port}`;
  return TELLING.test(name) ? { name, port } : { name, port, protocol: 'http' };
}

/** The ports that a provider can serve: Knative has one, which clients call at 80, and writes the Service itself. */
export function portsFor(provider: string, ports: readonly PortSpec[]): Pick<TakenPorts, 'ports' | 'left'> {
  const [main, ...others] = ports;
  if (provider !== 'knative' || main === undefined) return { ports, left: [] };
  return {
    ports: [{ name: 'http', port: 80, targetPort: main.targetPort ?? main.port }],
    left: others.map(({ name }) => ({ what: `port ${name}`, why: 'Knative serves one port' })),
  };
}

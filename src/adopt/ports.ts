import { DEFAULTS } from '../model/defaults.ts';
import type { PortProtocol } from '../model/plan.ts';
import type { PortSpec } from '../model/rollout.ts';
import { PATTERNS } from '../read/schema/patterns.ts';
import { numberIn, objectOf, textIn } from './foreign.ts';
import { BROKEN, type LeftOut } from './left-out.ts';

/** Ports that a Rollout can say. */
export interface TakenPorts {
  readonly ports: readonly PortSpec[];
  /** Numbers of all ports by their name, also of those that were not taken over: probes refer to them. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly left: readonly LeftOut[];
}

const LONGEST_NAME = 15;
const TELLING = /^(http|http2|grpc|tcp)(?:-|$)/;

/** Takes over the ports of a container, each under its own number. */
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
        : !isPort(port)
          ? 'its number is no port'
          : transport !== 'TCP'
            ? `${transport} is not routed`
            : ports.some(other => other.port === port)
              ? 'the same number stands above'
              : undefined;
    if (why !== undefined || port === undefined)
      left.push({ what: `port ${written ?? port ?? '?'}`, why: why ?? '', ...BROKEN });
    else ports.push(namedPort(written, { port }, ports));
  }
  return { ports, numbers, left };
}

/** Whether a value is the number of a port. */
export const isPort = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;

/** What a port has beside its name. */
interface Numbers {
  readonly port: number;
  readonly targetPort?: number;
  /** Absent: what the name tells, else HTTP. */
  readonly protocol?: PortProtocol | undefined;
}

/** A port under the name that it has, or another one where a Rollout cannot say that. What the name does not tell of the protocol the file says. */
export function namedPort(
  written: string | undefined,
  { port, targetPort = port, protocol }: Numbers,
  before: readonly PortSpec[],
): PortSpec {
  const fits =
    written !== undefined &&
    written.length <= LONGEST_NAME &&
    new RegExp(PATTERNS.portName.source).test(written) &&
    before.every(other => other.name !== written);
  const usual = protocol ?? 'http';
  const name = fits ? written : before.length === 0 ? usual : `${usual}-${port}`;
  const told = TELLING.exec(name)?.[1];
  const spoken = protocol ?? told ?? 'http';
  const target = targetPort === port ? {} : { targetPort };
  return told === spoken ? { name, port, ...target } : { name, port, ...target, protocol: spoken as PortProtocol };
}

/** The ports that clients call where no Service says it: the first HTTP port at 80, unless another one has that number. */
export function usualPorts(ports: readonly PortSpec[]): readonly PortSpec[] {
  const first = firstHttp(ports);
  if (first === undefined || ports.some(({ port }) => port === CLIENT_PORT)) return ports;
  return ports.map(one => (one === first ? portAt80(one) : one));
}

const CLIENT_PORT = DEFAULTS.port.port;

const portAt80 = ({ name, port, ...rest }: PortSpec): PortSpec => ({
  name,
  port: CLIENT_PORT,
  targetPort: port,
  ...rest,
});

const firstHttp = (ports: readonly PortSpec[]): PortSpec | undefined =>
  ports.find(({ name, protocol }) => (protocol ?? TELLING.exec(name)?.[1]) === 'http');

/** The ports that a provider can serve, some of them one only: Knative's is called at 80, and Knative writes the Service itself. */
export function portsFor(
  provider: string,
  several: boolean,
  ports: readonly PortSpec[],
): Pick<TakenPorts, 'ports' | 'left'> {
  const [main, ...others] = ports;
  if (several || main === undefined) return { ports, left: [] };
  if (provider !== 'knative') {
    const left = others.map(({ name }) => ({ what: `port ${name}`, why: `${provider} leads to one port`, ...BROKEN }));
    return { ports: [main], left };
  }
  return {
    ports: [{ name: 'http', port: 80, targetPort: main.targetPort ?? main.port }],
    left: [
      ...(main.port === CLIENT_PORT ? [] : [movedTo80(main)]),
      ...others.map(({ name }) => ({ what: `port ${name}`, why: 'Knative serves one port', ...BROKEN })),
    ],
  };
}

const movedTo80 = ({ name, port }: PortSpec): LeftOut => ({
  what: `port ${name}, number ${port}`,
  why: `clients of Knative call ${CLIENT_PORT}`,
  ...BROKEN,
});

import type { PortProtocol } from '../model/plan.ts';
import type { PortSpec } from '../model/rollout.ts';
import { numberIn, objectOf, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut } from './left-out.ts';
import { isPort, namedPort, type TakenPorts } from './ports.ts';

/** https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol; what is encrypted is not looked into. */
const PROTOCOLS: { readonly [appProtocol: string]: PortProtocol } = {
  http: 'http',
  'kubernetes.io/ws': 'http',
  http2: 'http2',
  'kubernetes.io/h2c': 'http2',
  grpc: 'grpc',
  tcp: 'tcp',
  https: 'tcp',
  tls: 'tcp',
  'kubernetes.io/wss': 'tcp',
};

/** Takes over the ports of a Service; names among its target ports are those of the container, by `numbers`. */
export function takeServicePorts(
  list: readonly unknown[],
  numbers: ReadonlyMap<string, number>,
): Pick<TakenPorts, 'ports' | 'left'> {
  const ports: PortSpec[] = [];
  const left: LeftOut[] = [];
  for (const entry of list.map(objectOf)) {
    const [name, port] = [textIn(entry, 'name'), numberIn(entry, 'port')];
    const target = valueIn(entry, 'targetPort') ?? port;
    const targetPort = typeof target === 'string' ? numbers.get(target) : target;
    const transport = textIn(entry, 'protocol') ?? 'TCP';
    const what = `port ${name ?? port ?? '?'} of the Service`;
    if (!isPort(port)) left.push({ what, why: 'its number is no port', ...BROKEN });
    else if (transport !== 'TCP') left.push({ what, why: `${transport} is not routed`, ...BROKEN });
    else if (!isPort(targetPort))
      left.push({
        what,
        why: `its targetPort ${JSON.stringify(target)} is none of the container that is taken over`,
        ...BROKEN,
      });
    else if (ports.some(other => other.port === port)) left.push({ what, why: 'the same number stands above' });
    else {
      const appProtocol = textIn(entry, 'appProtocol');
      const known = appProtocol !== undefined && Object.hasOwn(PROTOCOLS, appProtocol);
      if (appProtocol !== undefined && !known)
        left.push({ what: `${what}, appProtocol ${appProtocol}`, why: 'a Rollout routes http, http2, grpc and tcp' });
      ports.push(namedPort(name, { port, targetPort, protocol: known ? PROTOCOLS[appProtocol] : undefined }, ports));
    }
  }
  return { ports, left };
}

/** Ports of the container that clients of the Service do not call. */
export const uncalled = (own: readonly PortSpec[], called: readonly PortSpec[]): readonly LeftOut[] =>
  own
    .filter(({ port }) => called.every(other => (other.targetPort ?? other.port) !== port))
    .map(({ name }) => ({
      what: `port ${name}`,
      why: 'the Service does not name it; the container still listens on it',
    }));

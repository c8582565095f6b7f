import type { PortSpec } from '../model/rollout.ts';
import type { LeftOut } from './left-out.ts';
import { type TakenPorts, usualPorts } from './ports.ts';
import type { CalledService } from './service.ts';
import { takeServicePorts, uncalled } from './service-ports.ts';

/** The ports that clients call, and what was chosen for them. */
export interface ServedPorts {
  readonly ports: readonly PortSpec[];
  readonly left: readonly LeftOut[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** Ports as the Service says; without one clients call the first HTTP port at 80, as they do where a flag names it. */
export function servedPorts(own: TakenPorts, service: CalledService | undefined): ServedPorts {
  const called = service === undefined ? { ports: [], left: [] } : takeServicePorts(service.ports, own.numbers);
  if (service !== undefined && called.ports.length > 0) {
    const left = [...own.left, ...called.left, ...uncalled(own.ports, called.ports)];
    return { ports: called.ports, left, notes: [chosen(service)] };
  }
  const ports = usualPorts(own.ports);
  return { ports, left: [...own.left, ...called.left], notes: ports.length === 0 ? [] : [guessed(ports)] };
}

const chosen = ({ name, others }: CalledService): string =>
  others.length === 0
    ? `ports are those of Service ${name}`
    : `several Services select the pods (${[name, ...others].join(', ')}): ports are those of ${name}`;

const guessed = (ports: readonly PortSpec[]): string =>
  `no Service of the file tells what clients call: ${ports.map(wordsOf).join(', ')}; change spec.ports where they call another number`;

const wordsOf = ({ name, port, targetPort = port }: PortSpec): string => `${port} leads to ${targetPort} (${name})`;

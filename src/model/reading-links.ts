import { type KubeObject, kubeIdentity } from './kubernetes.ts';
import type { Links, PortWay, Root } from './links.ts';
import type { CoreService } from './reading-services.ts';
import { readService } from './reading-services.ts';
import { WHOLE } from './traffic.ts';

/** Name of the door that a Service is: its identity. */
export const serviceDoor = (namespace: string, name: string): string => kubeIdentity('', 'Service', namespace, name);

/** Name of the door to one port of a Service. */
export const portDoor = (service: string, port: number): string => `${service} port ${port}`;

/**
 * What a core/v1 Service says: a door to the pods of its selector, and to each of its ports; requests come in where it bears
 * the name of the rollout. Undefined where it cannot be read.
 */
export function serviceLinks(object: KubeObject, root: Root): Links | undefined {
  const service = readService(object, []);
  if (service === undefined) return undefined;
  const { identity, namespace, name, ports } = service;
  const ways = ports.map(({ port, targetPort }) => ({ door: portDoor(identity, port), target: targetPort }));
  const doors = [
    { name: identity, behind: behindService(service, ways) },
    ...ways.map(way => ({ name: way.door, behind: behindService(service, [way]) })),
  ];
  if (name !== root.rollout || namespace !== root.namespace) return { doors };
  const ask = { doors: [identity], share: WHOLE, copies: false };
  return { entry: { host: identity, precedence: 0, rules: [{ matches: [], asks: [ask] }] }, doors };
}

const behindService = ({ namespace, selector }: CoreService, ports: readonly PortWay[]) =>
  Object.keys(selector).length === 0
    ? ({ kind: 'nothing' } as const)
    : ({ kind: 'pods', namespace, labels: selector, ports } as const);

/** What a Service says where the route is an entrance from outside: calls by its name pass the route by. */
export function besideLinks(object: KubeObject, root: Root): Links | undefined {
  const links = serviceLinks(object, root);
  return links?.entry === undefined ? links : { ...links, entry: { ...links.entry, aside: true } };
}

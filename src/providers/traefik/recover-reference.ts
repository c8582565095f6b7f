import { quote } from '../../diagnostics/wording.ts';
import { kubeIdentity } from '../../model/kubernetes.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, onlyOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import { portDoor, serviceDoor } from '../../model/reading-links.ts';

/** A reference to a Service or a TraefikService, with how requests are sent there. */
export interface Reference {
  readonly kind: 'Service' | 'TraefikService';
  readonly namespace: string;
  readonly name: string;
  /** Number or name; absent: none is said, which Traefik refuses for a Service. */
  readonly port?: number | string;
  /** Absent: 1 among several. */
  readonly weight?: number;
  /** Word for the way of balancing; absent: Traefik's own. */
  readonly strategy?: string;
  /** Absent: Traefik guesses from the port. */
  readonly scheme?: string;
  readonly spot: Spot;
}

/** Fields of a reference: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/ */
const REFERENCE = ['kind', 'namespace', 'name', 'port', 'weight', 'strategy', 'scheme', 'passHostHeader', 'nativeLB'];
const KNOWN = new Set(REFERENCE);

/** Reads a reference from an object of a namespace. */
export const referenceOf = (spot: Spot, tree: Tree, home: string): Reference =>
  referenceIn(spot, fieldsOf(spot, tree, KNOWN), home);

/** Reads a reference with other fields around it. */
export const referenceAmong = (
  spot: Spot,
  tree: Tree,
  home: string,
  others: readonly string[],
): readonly [Reference, Fields] => {
  const fields = fieldsOf(spot, tree, new Set([...REFERENCE, ...others]));
  return [referenceIn(spot, fields, home), fields];
};

function referenceIn(spot: Spot, fields: Fields, home: string): Reference {
  const kind = textOf(into(spot, '.kind'), fields['kind']) ?? 'Service';
  const namespace = textOf(into(spot, '.namespace'), fields['namespace']) ?? home;
  const name = textOf(into(spot, '.name'), fields['name']) ?? '';
  const port = portOf(into(spot, '.port'), fields['port']);
  const weight = wholeOf(into(spot, '.weight'), fields['weight']);
  const strategy = textOf(into(spot, '.strategy'), fields['strategy']);
  const scheme = textOf(into(spot, '.scheme'), fields['scheme']);
  onlyOf(into(spot, '.passHostHeader'), fields['passHostHeader'], true);
  onlyOf(into(spot, '.nativeLB'), fields['nativeLB'], false);
  if (kind !== 'Service' && kind !== 'TraefikService')
    strange(spot, `${quote(kind)} is no kind that requests are sent to`);
  if (name === '' || name.includes('@')) strange(spot, `${quote(name)} is no name that is read here`);
  if (namespace !== home) strange(spot, 'another namespace is reached only where the installation allows it');
  if (kind === 'TraefikService' && [port, strategy, scheme].some(own => own !== undefined))
    strange(spot, 'port, strategy and scheme say nothing about a TraefikService');
  return {
    kind: kind === 'TraefikService' ? kind : 'Service',
    ...{ namespace, name, spot },
    ...(port === undefined ? {} : { port }),
    ...(weight === undefined ? {} : { weight }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

function portOf(spot: Spot, tree: Tree): number | string | undefined {
  if (tree === undefined || typeof tree === 'string') return tree || undefined;
  if (typeof tree === 'number' && Number.isSafeInteger(tree) && tree > 0) return tree;
  strange(spot, `${show(tree)} is no port`);
  return undefined;
}

/** Name of the door that a TraefikService is. */
export const traefikDoor = (namespace: string, name: string): string =>
  kubeIdentity('traefik.io', 'TraefikService', namespace, name);

/** Doors that must be open for a reference; a port that is not a number is left to the reader of all objects. */
export function doorsOfReference({ kind, namespace, name, port }: Reference): readonly string[] {
  if (kind === 'TraefikService') return [traefikDoor(namespace, name)];
  const service = serviceDoor(namespace, name);
  return typeof port === 'number' ? [service, portDoor(service, port)] : [service];
}

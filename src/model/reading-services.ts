import { quote } from '../diagnostics/wording.ts';
import type { KubeObject, Labels } from './kubernetes.ts';
import type { PortProtocol } from './plan.ts';
import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, itemsOf, labelsOf, onlyOf, show, strange, textOf, wholeOf } from './reading.ts';
import { headOf } from './reading-objects.ts';
import type { RecoveredPort } from './recovered.ts';

/** A core/v1 Service that routes by its selector. */
export interface CoreService {
  readonly identity: string;
  readonly name: string;
  readonly namespace: string;
  /** Empty: it selects nothing and is a name and an address only. */
  readonly selector: Labels;
  readonly ports: readonly RecoveredPort[];
  readonly annotations: Fields;
  readonly spot: Spot;
}

const APIS = ['v1'];

/** Fields of a Service that only repeat what Kubernetes does anyway, by the value that does so. */
const HARMLESS: readonly (readonly [field: string, value: string | boolean])[] = [
  ['type', 'ClusterIP'],
  ['sessionAffinity', 'None'],
  ['internalTrafficPolicy', 'Cluster'],
  ['ipFamilyPolicy', 'SingleStack'],
  ['publishNotReadyAddresses', false],
];
const NO_MARKS: ReadonlySet<string> = new Set();
const SPEC = new Set(['selector', 'ports', ...HARMLESS.map(([field]) => field)]);

/** Reads a core/v1 Service; undefined, with a problem, where it cannot be named. `marks`: labels and annotations that the caller reads himself. */
export function readService(
  object: KubeObject,
  problems: string[],
  marks: ReadonlySet<string> = NO_MARKS,
): CoreService | undefined {
  const head = headOf(object, problems, { apiVersions: APIS, labels: marks });
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, SPEC);
  for (const [field, value] of HARMLESS) onlyOf(into(spot, `.${field}`), spec[field], value);
  const selector = labelsOf(into(spot, '.selector'), spec.selector);
  const { identity, name, namespace, annotations } = head;
  const ports = readPorts(into(spot, '.ports'), spec.ports);
  return { identity, name, namespace, selector, ports, annotations, spot: head.spot };
}

const PORT = new Set(['name', 'port', 'targetPort', 'protocol', 'appProtocol']);

function readPorts(spot: Spot, tree: Tree): readonly RecoveredPort[] {
  const ports = itemsOf(spot, tree).flatMap((item, i) => readPort(into(spot, i), item));
  if (ports.length === 0) strange(spot, 'no port can be called');
  return ports;
}

function readPort(spot: Spot, tree: Tree): RecoveredPort | readonly [] {
  const fields = fieldsOf(spot, tree, PORT);
  const port = wholeOf(into(spot, '.port'), fields.port);
  // A name would have to be looked up in the pods, and may mean another number in each.
  const targetPort = fields.targetPort === undefined ? port : wholeOf(into(spot, '.targetPort'), fields.targetPort);
  if (fields.protocol !== 'TCP') strange(into(spot, '.protocol'), `${show(fields.protocol)} is not TCP`);
  const name = textOf(into(spot, '.name'), fields.name) ?? '';
  const protocol = protocolOf(spot, fields, name);
  if (port !== undefined && targetPort !== undefined) return { name, port, targetPort, protocol };
  strange(spot, 'no port number can be read');
  return [];
}

/** Words for protocols: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/ */
const PROTOCOLS: ReadonlyMap<string, PortProtocol> = new Map([
  ['http', 'http'],
  ['http2', 'http2'],
  ['kubernetes.io/h2c', 'http2'],
  ['grpc', 'grpc'],
  ['tcp', 'tcp'],
]);

function protocolOf(spot: Spot, fields: Fields, name: string): PortProtocol {
  const written = textOf(into(spot, '.appProtocol'), fields.appProtocol);
  const word = written ?? (name.startsWith('grpc-web') ? name : name.split('-', 1)[0]!);
  const protocol = PROTOCOLS.get(word);
  if (protocol === undefined) strange(spot, `${quote(word)} names no protocol that is read here`);
  return protocol ?? 'tcp';
}

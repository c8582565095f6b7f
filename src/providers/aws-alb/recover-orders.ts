import { quote } from '../../diagnostics/wording.ts';
import type { Labels } from '../../model/kubernetes.ts';
import type { LoadBalancing, PortProtocol } from '../../model/plan.ts';
import type { Spot } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';

/** Annotations that say where requests come in. */
const ENTRANCE = [
  ...['scheme', 'group.name', 'group.order', 'listen-ports', 'certificate-arn', 'ssl-redirect', 'healthcheck-path'],
] as const;
const OTHERS = new Set(['target-type', 'backend-protocol', 'backend-protocol-version', 'target-group-attributes']);

/** What the annotations say that hold for the whole Ingress. */
export interface Orders {
  /** In words, sorted as they are listed here. */
  readonly entrance: readonly string[];
  /** What is spoken with the pods; undefined: it cannot be read. */
  readonly protocol: PortProtocol | undefined;
  readonly loadBalancing: LoadBalancing;
}

/** Reads all annotations but those of actions and conditions: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
export function ordersOf(spot: Spot, orders: Labels, className: string | undefined): Orders {
  for (const name of Object.keys(orders)) {
    const known = OTHERS.has(name) || ENTRANCE.some(one => one === name) || /^(?:actions|conditions)\./.test(name);
    if (!known) strange(spot, `the annotation ${quote(name)} is not read here`);
  }
  // Instances are reached at node ports, which Services of the type ClusterIP do not have.
  if (orders['target-type'] !== 'ip') strange(spot, 'its targets are not the addresses of pods');
  if ((orders['backend-protocol'] ?? 'HTTP') !== 'HTTP') strange(spot, 'pods are not called by plain HTTP');
  const entrance = ENTRANCE.flatMap(name => (orders[name] === undefined ? [] : [`${name} ${orders[name]}`]));
  return {
    entrance: [`class ${className ?? ''}`, ...entrance],
    protocol: protocolOf(spot, orders['backend-protocol-version'] ?? 'HTTP1'),
    loadBalancing: balancingOf(spot, orders['target-group-attributes']),
  };
}

const PROTOCOLS: ReadonlyMap<string, PortProtocol> = new Map([
  ['HTTP1', 'http'],
  ['HTTP2', 'http2'],
  ['GRPC', 'grpc'],
]);

function protocolOf(spot: Spot, word: string): PortProtocol | undefined {
  const protocol = PROTOCOLS.get(word);
  if (protocol === undefined) strange(spot, `${quote(word)} is no version of a protocol`);
  return protocol;
}

const ALGORITHM = 'load_balancing.algorithm.type';
const ALGORITHMS: ReadonlyMap<string, LoadBalancing> = new Map([
  ['round_robin', { kind: 'round-robin' }],
  ['least_outstanding_requests', { kind: 'least-request' }],
  ['weighted_random', { kind: 'random' }],
]);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
function balancingOf(spot: Spot, attributes: string | undefined): LoadBalancing {
  const listed = attributes === undefined ? [] : attributes.split(',').map(one => one.trim().split('='));
  let found: LoadBalancing = { kind: 'round-robin' };
  for (const [name = '', value = ''] of listed) {
    const known = name === ALGORITHM ? ALGORITHMS.get(value) : undefined;
    if (known === undefined) strange(spot, `the attribute ${quote(`${name}=${value}`)} is not read here`);
    else found = known;
  }
  return found;
}

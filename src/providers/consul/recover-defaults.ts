import type { KubeObject } from '../../model/kubernetes.ts';
import type { PortProtocol } from '../../model/plan.ts';
import type { Spot } from '../../model/reading.ts';
import { into, show, wholeOf } from '../../model/reading.ts';
import { namedOf } from './recover-names.ts';

/** What a ServiceDefaults says of a Consul service. */
export interface Defaults {
  readonly name: string;
  readonly namespace: string;
  readonly identity: string;
  /** Undefined: none in which requests can be told apart, so that Consul takes no router or splitter over it. */
  readonly protocol: PortProtocol | undefined;
  /** Milliseconds after which the sidecars of its pods cut a request. */
  readonly limit: number;
  readonly spot: Spot;
}

const SPEC = new Set(['protocol', 'localRequestTimeoutMs']);
/** https://github.com/hashicorp/consul/blob/main/agent/structs/config_entry_discoverychain.go (IsProtocolHTTPLike) */
const HTTP: ReadonlyMap<string, PortProtocol> = new Map([
  ['http', 'http'],
  ['http2', 'http2'],
  ['grpc', 'grpc'],
]);
/** Of Envoy; Consul reads 0 as nothing said. */
const DEFAULT_LIMIT = 15_000;

/** Reads a ServiceDefaults; undefined, with a problem, where it cannot be named. */
export function readDefaults(object: KubeObject, problems: string[]): Defaults | undefined {
  const entry = namedOf(object, problems, SPEC);
  if (entry === undefined) return undefined;
  const { name, namespace, identity, spec, spot } = entry;
  const protocol = typeof spec['protocol'] === 'string' ? HTTP.get(spec['protocol']) : undefined;
  if (protocol === undefined)
    spot.problems.push(`ServiceDefaults ${name}: over ${show(spec['protocol'])} no requests can be told apart.`);
  const limit = wholeOf(into(spot, '.localRequestTimeoutMs'), spec['localRequestTimeoutMs']);
  return { name, namespace, identity, protocol, limit: limit || DEFAULT_LIMIT, spot };
}

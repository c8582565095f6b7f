import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textsOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { RecoveredRule } from '../../model/recovered.ts';
import { ISTIO } from './recover-destination-rule.ts';
import { shortHost } from './recover-host.ts';
import type { Mesh } from './recover-mesh.ts';
import { readRoute } from './recover-route.ts';

/** Routes of some hosts, not followed yet. */
export interface VirtualService {
  readonly namespace: string;
  /** Short within the namespace, as written otherwise, in the order written. */
  readonly hosts: readonly string[];
  /** Sorted; empty: callers inside the mesh. */
  readonly gateways: readonly string[];
  readonly http: Tree;
  readonly spot: Spot;
}

const SPEC = new Set(['hosts', 'gateways', 'http']);

/** Reads a VirtualService up to its routes; undefined, with a problem, where it cannot be named. */
export function readVirtualService(object: KubeObject, problems: string[]): VirtualService | undefined {
  const head = headOf(object, problems, ISTIO);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const { hosts: written, gateways, http } = fieldsOf(spot, head.spec, SPEC);
  const hosts = textsOf(into(spot, '.hosts'), written).map(host => shortHost(host, head.namespace));
  if (hosts.length === 0) strange(spot, 'it has no hosts');
  if (new Set(hosts).size < hosts.length) strange(into(spot, '.hosts'), 'one host is named twice');
  return {
    namespace: head.namespace,
    hosts,
    gateways: gatewaysOf(textsOf(into(spot, '.gateways'), gateways)),
    http,
    spot,
  };
}

/** The mesh alone is what Istio means where nobody names a gateway. */
const gatewaysOf = (written: readonly string[]): readonly string[] =>
  written.length === 1 && written[0] === 'mesh' ? [] : [...written].sort(naturally);

/** The routes in the order in which Istio tries them. */
export function rulesOf({ namespace, http, spot }: VirtualService, mesh: Mesh): readonly RecoveredRule[] {
  const inHttp = into(spot, '.http');
  const items = itemsOf(inHttp, http);
  if (items.length === 0) strange(spot, 'it has no http routes');
  for (const { name, protocol } of mesh.ports ?? []) {
    if (protocol === 'tcp') strange(spot, `the port ${quote(name)} speaks tcp, and http routes do not hold for it`);
  }
  const origin = { namespace, mesh };
  return items.map((item, i) => readRoute(into(inHttp, i), item, origin));
}

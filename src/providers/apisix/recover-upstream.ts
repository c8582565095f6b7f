import type { KubeObject } from '../../model/kubernetes.ts';
import type { LoadBalancing } from '../../model/plan.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';

/** How requests to the Service of the same name are sent on. */
export interface ApisixUpstream {
  readonly name: string;
  readonly namespace: string;
  /** Absent: the default class of the cluster. */
  readonly ingressClassName: string | undefined;
  readonly scheme: string;
  readonly balancing: LoadBalancing;
  readonly spot: Spot;
}

const APISIX = { apiVersions: ['apisix.apache.org/v2'] };
const SPEC = new Set(['ingressClassName', 'scheme', 'retries', 'loadbalancer']);

/** Reads an ApisixUpstream; undefined, with a problem, where it cannot be named. */
export function readApisixUpstream(object: KubeObject, problems: string[]): ApisixUpstream | undefined {
  const head = headOf(object, problems, APISIX);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const fields = fieldsOf(spot, head.spec, SPEC);
  const scheme = textOf(into(spot, '.scheme'), fields['scheme']) ?? 'http';
  if (scheme !== 'http' && scheme !== 'grpc') strange(into(spot, '.scheme'), `${show(scheme)} is not read here`);
  if (fields['retries'] !== 0) strange(into(spot, '.retries'), 'APISIX tries requests again, as it likes');
  return {
    name: head.name,
    namespace: head.namespace,
    ingressClassName: textOf(into(spot, '.ingressClassName'), fields['ingressClassName']),
    scheme,
    balancing: balancingOf(into(spot, '.loadbalancer'), fields['loadbalancer']),
    spot: head.spot,
  };
}

const BALANCER = new Set(['type', 'hashOn', 'key']);

/** Pods take turns where nobody says otherwise. */
function balancingOf(spot: Spot, tree: Tree): LoadBalancing {
  const { type = 'roundrobin', hashOn, key } = fieldsOf(spot, tree, BALANCER);
  if (type === 'chash') return hashOf(spot, hashOn, key);
  if (hashOn !== undefined || key !== undefined) strange(spot, 'only the type chash hashes anything');
  if (type === 'least_conn') return { kind: 'least-request' };
  if (type !== 'roundrobin') strange(into(spot, '.type'), `${show(type)} is no way of balancing that is read here`);
  return { kind: 'round-robin' };
}

function hashOf(spot: Spot, hashOn: Tree, key: Tree): LoadBalancing {
  const name = textOf(into(spot, '.key'), key) ?? '';
  if (!/^[A-Za-z0-9_-]+$/.test(name)) strange(into(spot, '.key'), `APISIX refuses the key ${show(name)}`);
  if (hashOn === 'header') return { kind: 'hash', by: 'header', name: name.toLowerCase() };
  if (hashOn !== 'cookie') strange(into(spot, '.hashOn'), `a hash of ${show(hashOn)} is not read here`);
  return { kind: 'hash', by: 'cookie', name };
}

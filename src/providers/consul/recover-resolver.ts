import type { KubeObject } from '../../model/kubernetes.ts';
import type { LoadBalancing } from '../../model/plan.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, textOf } from '../../model/reading.ts';
import { namedOf } from './recover-names.ts';

/** How requests to a Consul service are balanced between its pods. */
export interface Resolver {
  readonly name: string;
  readonly namespace: string;
  readonly loadBalancing: LoadBalancing;
  readonly spot: Spot;
}

const SPEC = new Set(['loadBalancer']);
/** Envoy's own, where Consul says nothing: https://github.com/hashicorp/consul/blob/main/agent/xds/clusters.go (injectLBToCluster) */
export const DEFAULT_BALANCING: LoadBalancing = { kind: 'round-robin' };

/** Reads a ServiceResolver; undefined, with a problem, where it cannot be named. */
export function readResolver(object: KubeObject, problems: string[]): Resolver | undefined {
  const entry = namedOf(object, problems, SPEC);
  if (entry === undefined) return undefined;
  const { name, namespace, spec, spot } = entry;
  const loadBalancing = balancingOf(into(spot, '.loadBalancer'), spec['loadBalancer']);
  return { name, namespace, loadBalancing, spot };
}

const LOAD_BALANCER = new Set(['policy', 'hashPolicies']);
const POLICIES: ReadonlyMap<string, LoadBalancing> = new Map([
  ['', DEFAULT_BALANCING],
  ['round_robin', { kind: 'round-robin' }],
  ['random', { kind: 'random' }],
  ['least_request', { kind: 'least-request' }],
]);

function balancingOf(spot: Spot, tree: Tree): LoadBalancing {
  const fields = fieldsOf(spot, tree, LOAD_BALANCER);
  const policy = textOf(into(spot, '.policy'), fields['policy']) ?? '';
  if (policy === '' && fields['policy'] !== undefined) strange(spot, 'an empty policy says nothing');
  const hashes = itemsOf(into(spot, '.hashPolicies'), fields['hashPolicies']);
  if (policy === 'ring_hash') return hashOf(into(spot, '.hashPolicies'), hashes) ?? DEFAULT_BALANCING;
  if (hashes.length > 0) strange(spot, 'only ring_hash and maglev look at hashPolicies');
  const known = POLICIES.get(policy);
  if (known === undefined) strange(into(spot, '.policy'), `${show(policy)} is no policy that is read here`);
  return known ?? DEFAULT_BALANCING;
}

const HASH = new Set(['field', 'fieldValue', 'cookieConfig', 'terminal']);
const COOKIE = new Set(['session', 'path']);

function hashOf(spot: Spot, items: readonly Tree[]): LoadBalancing | undefined {
  if (items.length !== 1) return void strange(spot, 'one policy is read here, no more and no less');
  const at = into(spot, 0);
  const { field, fieldValue, cookieConfig, terminal } = fieldsOf(at, items[0], HASH);
  const name = textOf(into(at, '.fieldValue'), fieldValue);
  onlyOf(into(at, '.terminal'), terminal, false);
  if (name === undefined || name === '') return void strange(at, 'it names nothing to hash');
  if (field === 'header') {
    if (cookieConfig !== undefined) strange(at, 'a header takes no cookieConfig');
    return { kind: 'hash', by: 'header', name };
  }
  if (field !== 'cookie') return void strange(into(at, '.field'), `${show(field)} is neither header nor cookie`);
  const inCookie = into(at, '.cookieConfig');
  const cookie = fieldsOf(inCookie, cookieConfig, COOKIE);
  // Without a session nobody sets the cookie where the client has none.
  if (cookie['session'] !== true) strange(inCookie, 'it is not the cookie of a session');
  onlyOf(into(inCookie, '.path'), cookie['path'], '/');
  return { kind: 'hash', by: 'cookie', name };
}

import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import type { Retries } from '../../model/plan.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import type { Dialect } from '../../model/reading-objects.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { Fault, Match } from '../../model/traffic.ts';
import { type Action, actionOf } from './recover-destination.ts';
import { faultOf } from './recover-fault.ts';
import { matchesOf } from './recover-match.ts';
import { type Copied, copiedOf, type Hash, hashOf, retriesOf, rewriteOf } from './recover-options.ts';
import { durationOf } from './recover-values.ts';

/** The one version of Gloo's API for routes. */
const GATEWAY: Dialect = { apiVersions: ['gateway.solo.io/v1'] };

/** An ordered list of routes, not followed yet. */
export interface Routes {
  readonly kind: 'VirtualService' | 'RouteTable';
  readonly namespace: string;
  readonly name: string;
  /** As written, sorted; empty: every host, or those of the parent. */
  readonly hosts: readonly string[];
  /** In the order in which they are tried. */
  readonly list: readonly Route[];
  readonly spot: Spot;
}

/** One route as it is written. */
export interface Route {
  readonly matches: readonly Match[];
  readonly action: Action;
  readonly copied: Copied | undefined;
  readonly hash: Hash | undefined;
  readonly fault?: Fault;
  readonly timeout?: number;
  readonly retries?: Retries;
  readonly rewrite?: string;
}

const SERVICE = new Set(['virtualHost']);
const HOST = new Set(['domains', 'routes']);
const TABLE = new Set(['weight', 'routes']);

/** Reads a VirtualService or a RouteTable; undefined, with a problem, where it cannot be named. */
export function readRoutes(object: KubeObject, kind: Routes['kind'], problems: string[]): Routes | undefined {
  const head = headOf(object, problems, GATEWAY);
  if (head === undefined) return undefined;
  const { namespace, name } = head;
  const at = into(head.spot, ' spec');
  const given = { kind, namespace, name, spot: head.spot };
  if (kind === 'RouteTable') {
    const { weight, routes } = fieldsOf(at, head.spec, TABLE);
    if (weight !== undefined && !Number.isSafeInteger(weight))
      strange(into(at, '.weight'), `${show(weight)} stands where a whole number is read`);
    return { ...given, hosts: [], list: listOf(into(at, '.routes'), routes, namespace) };
  }
  const inHost = into(at, '.virtualHost');
  const { domains, routes } = fieldsOf(inHost, fieldsOf(at, head.spec, SERVICE).virtualHost, HOST);
  const hosts = textsOf(into(inHost, '.domains'), domains);
  if (hosts.includes('')) strange(into(inHost, '.domains'), 'a host is empty');
  if (new Set(hosts).size < hosts.length) strange(into(inHost, '.domains'), 'one host is named twice');
  return { ...given, hosts: [...hosts].sort(naturally), list: listOf(into(inHost, '.routes'), routes, namespace) };
}

function listOf(spot: Spot, tree: Tree, namespace: string): readonly Route[] {
  const items = itemsOf(spot, tree);
  if (items.length === 0) strange(spot, 'there are no routes');
  return items.map((item, i) => routeOf(into(spot, i), item, namespace));
}

const ROUTE = new Set(['name', 'matchers', 'routeAction', 'options']);
const OPTIONS = new Set(['faults', 'lbHash', 'prefixRewrite', 'retries', 'shadowing', 'timeout']);

/** Envoy ends a request after so many milliseconds where nothing is said: https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts */
const DEFAULT_TIMEOUT = 15_000;

function routeOf(spot: Spot, tree: Tree, namespace: string): Route {
  const fields = fieldsOf(spot, tree, ROUTE);
  textOf(into(spot, '.name'), fields.name);
  const at = into(spot, '.options');
  const options = fieldsOf(at, fields.options, OPTIONS);
  const matches = matchesOf(into(spot, '.matchers'), fields.matchers);
  const fault = faultOf(into(at, '.faults'), options.faults);
  const timeout = durationOf(into(at, '.timeout'), options.timeout) ?? DEFAULT_TIMEOUT;
  const retries = retriesOf(into(at, '.retries'), options.retries);
  const rewrite = rewriteOf(at, options, matches);
  return {
    matches,
    action: actionOf(into(spot, '.routeAction'), fields.routeAction, namespace),
    copied: copiedOf(into(at, '.shadowing'), options.shadowing),
    hash: hashOf(into(at, '.lbHash'), options.lbHash),
    ...(fault === undefined ? {} : { fault }),
    ...(timeout === 0 ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

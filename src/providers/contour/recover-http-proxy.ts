import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { LoadBalancing, Retries } from '../../model/plan.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import { conditionsOf } from './recover-conditions.ts';
import { matchOf } from './recover-match.ts';
import { inRealOrder, type Sortable, undecided } from './recover-order.ts';
import { balancingOf, retriesOf, rewriteOf, timeoutOf } from './recover-policies.ts';
import { type Services, servicesOf } from './recover-services.ts';

/** What one host does with its requests, not followed to pods yet. */
export interface HttpProxy {
  /** Empty where there is none. */
  readonly fqdn: string;
  /** Class and certificate, in words. */
  readonly entrances: readonly string[];
  /** In the order in which Envoy tries them. */
  readonly routes: readonly Route[];
  readonly spot: Spot;
}

/** One route of an HTTPProxy. */
export interface Route extends Sortable {
  readonly services: Services;
  readonly balancing: LoadBalancing;
  /** Milliseconds; absent: none. */
  readonly timeout?: number;
  readonly retries?: Retries;
  readonly rewrite?: string;
  readonly spot: Spot;
}

const CONTOUR = { apiVersions: ['projectcontour.io/v1'] };
const SPEC = new Set(['ingressClassName', 'virtualhost', 'routes']);
const HOST = new Set(['fqdn', 'tls']);
const TLS = new Set(['secretName']);

/** Reads an HTTPProxy that is a root; undefined, with a problem, where it cannot be named. */
export function readHttpProxy(object: KubeObject, problems: string[]): HttpProxy | undefined {
  const head = headOf(object, problems, CONTOUR);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  for (const key of ['kubernetes.io/ingress.class'])
    if (head.annotations[key] !== undefined)
      strange(head.spot, `metadata holds ${quote(key)}, an order that is not read`);
  const spec = fieldsOf(spot, head.spec, SPEC);
  const virtualhost = fieldsOf(into(spot, '.virtualhost'), spec['virtualhost'], HOST);
  const fqdn = textOf(into(spot, '.virtualhost.fqdn'), virtualhost['fqdn']) ?? '';
  if (fqdn === '') strange(spot, 'it is for no host');
  const inRoutes = into(spot, '.routes');
  const items = itemsOf(inRoutes, spec['routes']);
  if (items.length === 0) strange(spot, 'it has no routes');
  const routes = inRealOrder(items.map((item, i) => routeOf(into(inRoutes, i), item, head.namespace)));
  const [unsure] = undecided(routes) ?? [];
  if (unsure !== undefined)
    strange(unsure.spot, 'Contour may try it before or after another one with as many conditions');
  const entrances = entrancesOf(spot, { ...spec, tls: virtualhost['tls'] });
  return { fqdn: fqdn.toLowerCase(), entrances, routes, spot: head.spot };
}

function entrancesOf(spot: Spot, { ingressClassName, tls }: { readonly [field: string]: Tree }): readonly string[] {
  const name = textOf(into(spot, '.ingressClassName'), ingressClassName);
  const secret = textOf(spot, fieldsOf(into(spot, '.virtualhost.tls'), tls, TLS)['secretName']);
  if (tls !== undefined && (secret === undefined || secret === '')) strange(spot, 'its certificate is not named');
  return [...(name === undefined ? [] : [`class ${name}`]), ...(secret === undefined ? [] : [`certificate ${secret}`])];
}

const ROUTE = new Set([
  'conditions',
  'services',
  'timeoutPolicy',
  'retryPolicy',
  'loadBalancerPolicy',
  'pathRewritePolicy',
]);

function routeOf(spot: Spot, tree: Tree, namespace: string): Route {
  const fields = fieldsOf(spot, tree, ROUTE);
  const conditions = conditionsOf(into(spot, '.conditions'), fields['conditions']);
  const { path } = conditions;
  const policies: Draft<Pick<Route, 'timeout' | 'retries' | 'rewrite'>> = {};
  const timeout = timeoutOf(into(spot, '.timeoutPolicy'), fields['timeoutPolicy']);
  const retries = retriesOf(into(spot, '.retryPolicy'), fields['retryPolicy']);
  const prefix = path.kind === 'prefix' ? path.value : undefined;
  const rewrite = rewriteOf(into(spot, '.pathRewritePolicy'), fields['pathRewritePolicy'], prefix);
  if (timeout !== undefined) policies.timeout = timeout;
  if (retries !== undefined) policies.retries = retries;
  if (rewrite !== undefined) policies.rewrite = rewrite;
  const services = servicesOf(into(spot, '.services'), fields['services'], namespace);
  const balancing = balancingOf(into(spot, '.loadBalancerPolicy'), fields['loadBalancerPolicy']);
  const outcome = JSON.stringify([services, policies]);
  return { conditions, match: matchOf(spot, conditions), outcome, services, balancing, ...policies, spot };
}

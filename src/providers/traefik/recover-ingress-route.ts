import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, isMap, itemsOf, onlyOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { Reference } from './recover-reference.ts';
import { type RouteRule, ruleOf } from './recover-rule.ts';
import { membersOf, TRAEFIK } from './recover-traefik-service.ts';

/** One route: the requests of a rule, and where they go. */
export interface Route extends RouteRule {
  readonly priority: number;
  /** In the order written; a lone one takes everything. */
  readonly members: readonly Reference[];
  readonly spot: Spot;
}

/** An IngressRoute; what comes in at none of its entrances never meets its routes. */
export interface IngressRoute {
  readonly namespace: string;
  /** Entry points, then the class and the Secret, in words. */
  readonly entrances: readonly string[];
  /** In the order in which Traefik tries them. */
  readonly routes: readonly Route[];
  readonly spot: Spot;
}

const SPEC = new Set(['entryPoints', 'ingressClassName', 'routes', 'tls']);
const TLS = new Set(['secretName']);
/** An order by which older releases choose the Traefik that takes a route. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** Reads an IngressRoute; undefined, with a problem, where it cannot be named. */
export function readIngressRoute(object: KubeObject, problems: string[]): IngressRoute | undefined {
  const head = headOf(object, problems, TRAEFIK);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const fields = fieldsOf(spot, head.spec, SPEC);
  const annotations: Tree = object.metadata.annotations;
  if (isMap(annotations) && annotations[CLASS_ANNOTATION] !== undefined)
    strange(head.spot, `the class stands in the annotation ${quote(CLASS_ANNOTATION)}`);
  const ingressClass = textOf(into(spot, '.ingressClassName'), fields['ingressClassName']);
  const secret = textOf(into(spot, '.tls.secretName'), fieldsOf(into(spot, '.tls'), fields['tls'], TLS)['secretName']);
  if (fields['tls'] !== undefined && secret === undefined) strange(into(spot, '.tls'), 'it names no Secret');
  const inRoutes = into(spot, '.routes');
  const routes = itemsOf(inRoutes, fields['routes']).map((item, i) => routeOf(into(inRoutes, i), item, head.namespace));
  if (routes.length === 0) strange(spot, 'it has no routes');
  return {
    namespace: head.namespace,
    entrances: [
      ...textsOf(into(spot, '.entryPoints'), fields['entryPoints']),
      ...(ingressClass === undefined ? [] : [`class ${ingressClass}`]),
      ...(secret === undefined ? [] : [`tls ${secret}`]),
    ],
    routes: byPriority(routes),
    spot: head.spot,
  };
}

/** The highest number first. Among equal ones no order is promised. */
export function byPriority(routes: readonly Route[]): readonly Route[] {
  for (const [i, { priority, spot }] of routes.entries())
    if (routes.slice(0, i).some(other => other.priority === priority))
      strange(spot, `another route has the priority ${priority} too`);
  return routes.toSorted((a, b) => b.priority - a.priority);
}

const ROUTE = new Set(['kind', 'match', 'priority', 'services', 'syntax']);

function routeOf(spot: Spot, tree: Tree, home: string): Route {
  const fields = fieldsOf(spot, tree, ROUTE);
  onlyOf(into(spot, '.kind'), fields['kind'], 'Rule');
  onlyOf(into(spot, '.syntax'), fields['syntax'], 'v3');
  const match = textOf(into(spot, '.match'), fields['match']) ?? '';
  const members = membersOf(into(spot, '.services'), fields['services'], home);
  const [first] = members;
  if (members.length === 1 && first?.weight !== undefined)
    strange(first.spot, 'Traefik ignores the weight of a lone one');
  return {
    ...ruleOf(into(spot, '.match'), match),
    priority: priorityOf(spot, fields['priority'], match),
    members,
    spot,
  };
}

/** Without a number, or with 0, the length of the rule in bytes counts: https://github.com/traefik/traefik/blob/v3.7.9/pkg/muxer/http/mux.go */
function priorityOf(spot: Spot, tree: Tree, match: string): number {
  if (typeof tree === 'number' && Number.isSafeInteger(tree) && tree !== 0) return tree;
  if (tree !== undefined && tree !== 0) strange(into(spot, '.priority'), `${show(tree)} is no whole number`);
  return new TextEncoder().encode(match).length;
}

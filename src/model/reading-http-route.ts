import type { KubeObject } from './kubernetes.ts';
import { naturally } from './order.ts';
import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, isMap, itemsOf, mapOf, show, strange, textOf, textsOf } from './reading.ts';
import { headOf } from './reading-objects.ts';

/** The kinds of the Gateway API that carry requests of HTTP. */
export type RouteKind = 'HTTPRoute' | 'GRPCRoute';

/** What a provider reads in a route, and what it understands there. */
export interface RouteDialect {
  /** Fields of one rule that count. */
  readonly fields: ReadonlySet<string>;
  /** Annotations of a route that the provider reads itself. */
  readonly annotations: ReadonlySet<string>;
  /** Names of the core group in references, besides the empty one. */
  readonly coreGroups: readonly string[];
}

/** A route of the Gateway API, its rules not read yet. */
export interface Route {
  readonly kind: RouteKind;
  readonly namespace: string;
  /** `namespace/name` of the Gateways that are its parents, sorted. */
  readonly gateways: readonly string[];
  /** `namespace/name` of the Services that are its parents, in the order written. */
  readonly services: readonly string[];
  /** Sorted; empty: every host. */
  readonly hostnames: readonly string[];
  readonly annotations: Fields;
  readonly rules: Tree;
  readonly spot: Spot;
}

const SPEC = new Set(['parentRefs', 'hostnames', 'rules']);

/** HTTPRoute is served as v1beta1 too and means the same there: https://gateway-api.sigs.k8s.io/reference/spec/ */
const API_VERSIONS: { readonly [kind in RouteKind]: readonly string[] } = {
  HTTPRoute: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'],
  GRPCRoute: ['gateway.networking.k8s.io/v1'],
};

/** Reads a route up to its rules; undefined, with a problem, where it cannot be named. */
export function readRoute(object: KubeObject, dialect: RouteDialect, problems: string[]): Route | undefined {
  const kind = object.kind === 'GRPCRoute' ? 'GRPCRoute' : 'HTTPRoute';
  const head = headOf(object, problems, { apiVersions: API_VERSIONS[kind], labels: dialect.annotations });
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const { parentRefs, hostnames, rules } = fieldsOf(spot, head.spec, SPEC);
  const parents = itemsOf(into(spot, '.parentRefs'), parentRefs).flatMap((item, i) =>
    parentOf(into(into(spot, '.parentRefs'), i), item, head.namespace, dialect),
  );
  const namesOf = (of: Parent['kind']) => parents.filter(parent => parent.kind === of).map(({ name }) => name);
  const route: Route = {
    kind,
    namespace: head.namespace,
    gateways: [...namesOf('Gateway')].sort(naturally),
    services: namesOf('Service'),
    hostnames: [...textsOf(into(spot, '.hostnames'), hostnames)].sort(naturally),
    annotations: annotationsOf(object, spot),
    rules,
    spot,
  };
  judge(route);
  return route;
}

const annotationsOf = ({ metadata }: KubeObject, spot: Spot): Fields => {
  const fields: Tree = metadata as unknown as Tree;
  return isMap(fields) ? mapOf(spot, fields['annotations']) : {};
};

/** Whom a route is for is told by its parents alone, and all of them must be of one kind. */
function judge({ gateways, services, hostnames, spot, namespace }: Route): void {
  const at = into(spot, '.parentRefs');
  const all = [...gateways, ...services];
  if (all.length === 0) strange(at, 'no parent sends it requests');
  if (new Set(all).size < all.length) strange(at, 'one parent is named twice');
  if (gateways.length > 0 && services.length > 0) strange(at, 'hosts mean nothing to callers of a Service');
  if (services.length > 1) strange(at, 'several Services have the same rules');
  if (services.some(name => !name.startsWith(`${namespace}/`))) {
    strange(at, 'it holds for the callers of its own namespace only');
  }
  if (services.length > 0 && hostnames.length > 0) strange(spot, 'its hosts mean nothing to callers of a Service');
  if (new Set(hostnames).size < hostnames.length) strange(spot, 'one host is named twice');
}

interface Parent {
  readonly kind: 'Gateway' | 'Service';
  readonly name: string;
}

const PARENT = new Set(['group', 'kind', 'namespace', 'name']);
const GROUP = 'gateway.networking.k8s.io';

/** Without a group and kind it is a Gateway: https://gateway-api.sigs.k8s.io/reference/spec/#parentreference */
function parentOf(spot: Spot, tree: Tree, home: string, { coreGroups }: RouteDialect): Parent | readonly [] {
  const fields = fieldsOf(spot, tree, PARENT);
  const group = textOf(spot, fields['group']) ?? GROUP;
  const kind = textOf(spot, fields['kind']) ?? 'Gateway';
  const namespace = textOf(spot, fields['namespace']) ?? home;
  const name = textOf(spot, fields['name']);
  if (name === undefined || name === '' || namespace === '') {
    strange(spot, 'it names no parent');
    return [];
  }
  const named = `${namespace}/${name}`;
  if (group === GROUP && kind === 'Gateway') return { kind, name: named };
  if (isCore(group, coreGroups) && kind === 'Service') return { kind, name: named };
  strange(spot, `${show(`${group}/${kind}`)} is no parent that is read here`);
  return [];
}

/** Whether a group is that of Services. */
export const isCore = (group: string, coreGroups: readonly string[]): boolean =>
  group === '' || coreGroups.includes(group);

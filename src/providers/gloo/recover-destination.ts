import type { Json } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, isMap, itemsOf, strange, textOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { uint32Of } from './recover-values.ts';

/** An object by name; a namespace that is left out is that of the routes, where Gloo fills it in. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Where a route sends requests: an Upstream, or a Service without one. */
export type Destination =
  | { readonly kind: 'upstream'; readonly upstream: Named }
  | { readonly kind: 'service'; readonly service: BackendRef };

/** One destination that gets requests; undefined where it names none that is read here. */
export interface Weighed {
  readonly destination: Destination | undefined;
  readonly weight: number;
}

const DESTINATION = new Set(['upstream', 'kube']);
const KUBE = new Set(['ref', 'port']);
const NAMED = new Set(['name', 'namespace']);

/** Reads a destination; `home` is the namespace that is meant where none is written, absent: one must be written. */
export function destinationOf(spot: Spot, tree: Tree, home?: string): Destination | undefined {
  const fields = fieldsOf(spot, tree, DESTINATION);
  const { upstream, kube } = fields;
  if ((upstream === undefined) === (kube === undefined)) strange(spot, 'Gloo wants one of upstream and kube');
  if (upstream !== undefined)
    return { kind: 'upstream', upstream: referenceOf(into(spot, '.upstream'), upstream, home) };
  if (kube === undefined) return undefined;
  const at = into(spot, '.kube');
  const { ref, port } = fieldsOf(at, kube, KUBE);
  const number = uint32Of(into(at, '.port'), port);
  return { kind: 'service', service: { ...referenceOf(into(at, '.ref'), ref), port: number ?? 0 } };
}

/** Reads a reference by name and namespace. */
export function referenceOf(spot: Spot, tree: Tree, home?: string): Named {
  const fields = fieldsOf(spot, tree, NAMED);
  const name = textOf(into(spot, '.name'), fields.name) ?? '';
  const namespace = textOf(into(spot, '.namespace'), fields.namespace) ?? home;
  if (name === '' || !namespace) strange(spot, 'it does not name an object and its namespace');
  return { name, namespace: namespace ?? '' };
}

const WEIGHED = new Set(['destination', 'weight']);
const UINT32_MAX = 4_294_967_295;

/** Weights are relative, what is left out is 0, and all of them together must be at least 1. */
export function weighedOf(spot: Spot, items: readonly Json[], home?: string): readonly Weighed[] {
  const entries = items.map((item, i) => {
    const at = into(spot, i);
    const { destination, weight } = fieldsOf(at, item, WEIGHED);
    const number = weight === null ? 0 : (uint32Of(into(at, '.weight'), weight) ?? 0);
    return { destination: destinationOf(into(at, '.destination'), destination, home), weight: number };
  });
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) strange(spot, 'Gloo refuses a total weight of 0');
  if (entries.length === 1 && total > 0 && total !== 100)
    strange(spot, `a lone destination gets everything, and its weight says ${total}`);
  if (total > UINT32_MAX) strange(spot, 'the total weight is more than Gloo can count');
  return entries.filter(({ weight }) => weight > 0);
}

/** What a route does with requests. */
export type Action =
  | { readonly kind: 'weighed'; readonly destinations: readonly Weighed[] }
  | { readonly kind: 'group'; readonly group: Named };

const ACTION = new Set(['single', 'multi', 'upstreamGroup']);
const MULTI = new Set(['destinations']);

/** Reads a `routeAction`; `home` is the namespace of the routes. */
export function actionOf(spot: Spot, tree: Tree, home: string): Action {
  const fields = fieldsOf(spot, tree, ACTION);
  const { single, multi, upstreamGroup } = fields;
  if ([single, multi, upstreamGroup].filter(isMap).length !== 1)
    strange(spot, 'requests want one of single, multi and upstreamGroup');
  if (upstreamGroup !== undefined)
    return { kind: 'group', group: referenceOf(into(spot, '.upstreamGroup'), upstreamGroup) };
  if (multi !== undefined) {
    const at = into(into(spot, '.multi'), '.destinations');
    const { destinations } = fieldsOf(into(spot, '.multi'), multi, MULTI);
    return { kind: 'weighed', destinations: weighedOf(at, itemsOf(at, destinations), home) };
  }
  if (single === undefined) return { kind: 'weighed', destinations: [] };
  return {
    kind: 'weighed',
    destinations: [{ destination: destinationOf(into(spot, '.single'), single, home), weight: 1 }],
  };
}

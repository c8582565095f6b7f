import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange } from '../../model/reading.ts';
import { namedOf, serviceOf } from './recover-names.ts';
import { countedWeights } from './weights.ts';

/** How a Consul service shares its requests between others. */
export interface Splitter {
  readonly name: string;
  readonly namespace: string;
  readonly identity: string;
  /** Those of weight 0 too: Consul looks them up all the same. */
  readonly splits: readonly Part[];
  readonly spot: Spot;
}

/** A service and its weight, in the basis points that Envoy is told. */
export interface Part {
  readonly service: string;
  readonly weight: number;
}

const SPEC = new Set(['splits']);
const SPLIT = new Set(['weight', 'service']);

/** Reads a ServiceSplitter; undefined, with a problem, where it cannot be named. */
export function readSplitter(object: KubeObject, problems: string[]): Splitter | undefined {
  const entry = namedOf(object, problems, SPEC);
  if (entry === undefined) return undefined;
  const { name, namespace, identity, spec } = entry;
  const spot = into(entry.spot, '.splits');
  const items = itemsOf(spot, spec['splits']).map((item, i) => splitOf(into(spot, i), item, name));
  if (items.length === 0) strange(spot, 'Consul refuses a splitter without splits');
  if (new Set(items.map(({ service }) => service)).size < items.length) strange(spot, 'one service is named twice');
  const { sent, isWhole } = countedWeights(items.map(({ percent }) => percent));
  if (!isWhole) strange(spot, 'Consul refuses weights that do not total 100');
  const splits = items.map(({ service }, i) => ({ service, weight: sent[i]! }));
  return { name, namespace, identity, splits, spot: entry.spot };
}

function splitOf(spot: Spot, tree: Tree, own: string): { readonly service: string; readonly percent: number } {
  const fields = fieldsOf(spot, tree, SPLIT);
  const service = serviceOf(into(spot, '.service'), fields['service'], own);
  const { weight = 0 } = fields;
  if (typeof weight === 'number' && (weight === 0 || (weight >= 0.01 && weight <= 100)))
    return { service, percent: weight };
  strange(into(spot, '.weight'), `${show(weight)} is neither 0 nor between 0.01 and 100`);
  return { service, percent: 0 };
}

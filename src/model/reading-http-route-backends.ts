import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, wholeOf } from './reading.ts';
import type { BackendRef } from './reading-backends.ts';
import { isCore } from './reading-http-route.ts';

/** One backend of a rule that gets requests; a text says why nothing answers there. */
export interface RouteBackend {
  readonly to: BackendRef | string;
  readonly weight: number;
}

/** The object that references are read in. */
export interface Home {
  readonly namespace: string;
  readonly coreGroups: readonly string[];
}

const BACKEND = new Set(['group', 'kind', 'namespace', 'name', 'port', 'weight']);
const MOST = 1_000_000;

/** The backends that get requests, with their weights; where there is none, requests are answered with 500. */
export function routeBackends(spot: Spot, tree: Tree, home: Home): readonly RouteBackend[] {
  const all = itemsOf(spot, tree).map((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, BACKEND);
    return { to: refOf(at, fields, home), weight: weightOf(at, fields) };
  });
  const [only] = all;
  if (only !== undefined && all.length === 1 && only.weight > 1) {
    strange(spot, `the weight ${only.weight} counts among others, and there are none`);
  }
  const asked = all.filter(({ weight }) => weight > 0);
  if (asked.length > 0) return asked;
  strange(spot, 'no backend gets requests');
  return [{ to: 'no backend gets requests', weight: 1 }];
}

/** 1 where none is written: https://gateway-api.sigs.k8s.io/reference/spec/#backendref */
function weightOf(spot: Spot, fields: Fields): number {
  const weight = wholeOf(into(spot, '.weight'), fields['weight']);
  if (weight !== undefined && weight > MOST) strange(spot, `the weight ${weight} is more than the API takes`);
  if (weight === undefined && fields['weight'] !== undefined) return 0;
  return weight ?? 1;
}

/** A reference to a Service, or why there is none. */
export function refOf(spot: Spot, fields: Fields, { namespace, coreGroups }: Home): BackendRef | string {
  const group = textOf(into(spot, '.group'), fields['group']) ?? '';
  const kind = textOf(into(spot, '.kind'), fields['kind']) ?? 'Service';
  const home = textOf(into(spot, '.namespace'), fields['namespace']) ?? namespace;
  const name = textOf(into(spot, '.name'), fields['name']) ?? '';
  const port = wholeOf(into(spot, '.port'), fields['port']);
  if (name === '') return odd(spot, 'a backend without a name');
  if (!isCore(group, coreGroups) || kind !== 'Service') return odd(spot, `${show(`${group}/${kind}`)} is no Service`);
  if (port === undefined) return odd(spot, `no port of Service ${name} is named`);
  // Another namespace must allow it by a ReferenceGrant, which is not ours to see.
  if (home !== namespace) return odd(spot, `Service ${name} is in another namespace`);
  return { namespace, name, port };
}

function odd(spot: Spot, reason: string): string {
  strange(spot, reason);
  return reason;
}
